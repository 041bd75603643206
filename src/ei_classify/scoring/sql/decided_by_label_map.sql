-- What the block decided for one key of its label map.
CREATE OR REPLACE TEMP VIEW decided_all AS
SELECT sample_id, "window", start_ms, end_ms,
    expected_label_map.labels[getvariable('label_map_key')] AS expected,
    label_map_result[getvariable('label_map_key')] AS predicted,
    NULL::BOOLEAN AS correct
FROM windows
WHERE learn_block_id = getvariable('learn_block_id')
    AND label_map_result[getvariable('label_map_key')] IS NOT NULL
