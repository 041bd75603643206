-- The confidences of the windows of these samples.
SELECT sample_id, "window", label, score FROM confidences
WHERE sample_id IN (SELECT unnest($samples::BIGINT[])) ORDER BY sample_id, "window", label
