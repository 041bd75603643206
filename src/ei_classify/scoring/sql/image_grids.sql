-- The grids of these images.
SELECT sample_id, any_value(grid) AS grid
FROM anomalies WHERE learn_block_id = $learn_block_id AND sample_id IN (SELECT unnest($samples::BIGINT[]))
GROUP BY ALL ORDER BY sample_id
