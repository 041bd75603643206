-- The confidences of some samples by window, with labels as codes. A window's key is that of its sample and its number.
SELECT first_key + "window" AS "key", labels.code, score, coalesce(truth.code, -1) AS expected
FROM confidences
JOIN scope USING (sample_id)
JOIN labels USING (label)
LEFT JOIN labels AS truth ON truth.label = expected
WHERE sample_id BETWEEN $first AND $last AND isfinite(score)
