-- The confidences of the block, and the label that the server expected where it judged the window.
CREATE OR REPLACE TEMP VIEW confidences_all AS
SELECT sample_id, "window", scores.label, score, predictions.label AS expected
FROM scores JOIN predictions USING (sample_id, "window")
WHERE learn_block_id = getvariable('learn_block_id')
