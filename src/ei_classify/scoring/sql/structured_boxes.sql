-- How many boxes are from the structured results of the block.
SELECT count(*) AS boxes FROM detections
WHERE kind = 'predicted' AND source = 'structured_result' AND learn_block_id = getvariable('learn_block_id')
