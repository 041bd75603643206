-- The anomaly score of each window of the block, beside the outcome that was expected.
CREATE OR REPLACE TEMP VIEW decided_all AS
SELECT windows.sample_id, windows."window", windows.start_ms, windows.end_ms,
    windows.expected_anomaly_outcome AS expected,
    CASE WHEN score >= getvariable('threshold') THEN 'anomaly' ELSE 'no anomaly' END AS predicted,
    NULL::BOOLEAN AS correct, score
FROM windows JOIN scores USING (sample_id, learn_block_id, "window")
WHERE learn_block_id = getvariable('learn_block_id') AND scores.label = 'anomaly'
