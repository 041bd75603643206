-- How many samples both runs have.
SELECT count(*) AS samples FROM scope JOIN other_samples USING (sample_id)
