-- The learn blocks of the windows. What the server said of a block is known once the run is complete.
WITH seen AS (
    SELECT learn_block_id, max(learn_block_type) AS type
    FROM windows GROUP BY ALL
), told AS (SELECT unnest(learn_blocks) AS block FROM runs)
SELECT
    seen.learn_block_id AS id, seen.type,
    block.minimum_confidence_rating AS minimum_confidence_rating,
    list_transform(block.thresholds, lambda each: struct_pack("key" := each."key", "value" := each."value"))
        AS thresholds
FROM seen LEFT JOIN told ON seen.learn_block_id = block.id
ORDER BY id
