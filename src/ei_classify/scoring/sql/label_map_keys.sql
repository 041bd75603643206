-- The keys of the label maps of the blocks.
SELECT DISTINCT learn_block_id AS id, unnest(map_keys(label_map_result)) AS "key" FROM windows
