-- The number that the block gives for each window, beside the number that was expected.
CREATE OR REPLACE TEMP VIEW decided_all AS
SELECT scores.sample_id, scores."window", scores.start_ms, scores.end_ms,
    coalesce(scores.expected_label, predictions.label) AS expected, score::VARCHAR AS predicted, correct, score
FROM scores LEFT JOIN predictions USING (sample_id, "window")
WHERE learn_block_id = getvariable('learn_block_id') AND scores.label = 'value'
