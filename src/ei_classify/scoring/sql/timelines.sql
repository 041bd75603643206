-- The windows of these samples, in the order of time.
SELECT sample_id, "window", start_ms, end_ms, expected, predicted
FROM decided WHERE sample_id IN (SELECT unnest($samples::BIGINT[]))
QUALIFY row_number() OVER (PARTITION BY sample_id ORDER BY "window") <= $limit
ORDER BY sample_id, "window"
