-- Keeps the samples of one subset.
DELETE FROM scope
WHERE sample_id NOT IN (SELECT sample_id FROM subsets WHERE subset IS NOT DISTINCT FROM $subset)
