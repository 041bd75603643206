-- The boxes of these images, in the order of their numbers.
SELECT number, sample_id, cluster, is_expected, label, score, x_ratio, y_ratio, width_ratio, height_ratio
FROM boxes SEMI JOIN images USING (sample_id) ORDER BY number
