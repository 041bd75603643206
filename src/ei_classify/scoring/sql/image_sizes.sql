-- The size of each of these images.
SELECT sample_id, image_width_px AS width, image_height_px AS height
FROM samples WHERE sample_id IN (SELECT unnest($samples::BIGINT[]))
