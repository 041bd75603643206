-- The one number of each window of these samples.
SELECT sample_id, "window", 'score' AS label, score FROM decided
WHERE sample_id IN (SELECT unnest($samples::BIGINT[])) AND isfinite(score) ORDER BY sample_id, "window"
