-- The largest cell of each image, beside the outcome that was expected.
CREATE OR REPLACE TEMP VIEW decided_all AS
WITH cells AS (
    SELECT sample_id, "window", start_ms, end_ms, expected_label,
        coalesce(list_max(flatten(grid)), max_score) AS score
    FROM anomalies WHERE learn_block_id = getvariable('learn_block_id')
)
SELECT cells.sample_id, cells."window", cells.start_ms, cells.end_ms,
    coalesce(windows.expected_anomaly_outcome, cells.expected_label) AS expected,
    CASE WHEN score >= getvariable('threshold') THEN 'anomaly' ELSE 'no anomaly' END AS predicted,
    correct, score
FROM cells
LEFT JOIN windows ON windows.sample_id = cells.sample_id AND windows."window" = cells."window"
    AND windows.learn_block_id = getvariable('learn_block_id')
LEFT JOIN predictions ON predictions.sample_id = cells.sample_id AND predictions."window" = cells."window"
