-- The images of the block.
CREATE OR REPLACE TEMP VIEW decided_all AS
SELECT windows.sample_id, windows."window", windows.start_ms, windows.end_ms, predictions.label AS expected,
    predictions.prediction AS predicted, predictions.correct
FROM windows LEFT JOIN predictions USING (sample_id, "window")
WHERE learn_block_id = getvariable('learn_block_id')
