-- The confidences of the block, and the label that it was expected to find.
CREATE OR REPLACE TEMP VIEW confidences_all AS
SELECT sample_id, "window", label, score, expected_label AS expected
FROM scores
WHERE learn_block_id = getvariable('learn_block_id')
