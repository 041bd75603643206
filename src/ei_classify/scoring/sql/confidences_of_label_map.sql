-- The confidences of one key of the label map of the block.
CREATE OR REPLACE TEMP VIEW confidences_all AS
SELECT sample_id, "window", entry.key AS label, entry.value AS score, expected
FROM (
    SELECT sample_id, "window", unnest(map_entries(label_map_scores[getvariable('label_map_key')])) AS entry,
        expected_label_map.labels[getvariable('label_map_key')] AS expected
    FROM windows
    WHERE learn_block_id = getvariable('learn_block_id')
)
