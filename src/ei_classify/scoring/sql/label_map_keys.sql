-- The keys of the label map of a block.
SELECT DISTINCT unnest(map_keys(label_map_result)) AS "key"
FROM windows WHERE learn_block_id = $learn_block_id ORDER BY "key"
