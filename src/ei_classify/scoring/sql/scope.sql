-- The samples that are scored, with the cluster of each: a hash of its id, which is the same on every machine.
CREATE OR REPLACE TEMP TABLE scope AS
SELECT sample_id, (md5_number_lower(sample_id::VARCHAR) % 16384)::INTEGER AS cluster
FROM (SELECT sample_id FROM samples UNION SELECT sample_id FROM predictions)
WHERE sample_id IS NOT NULL
