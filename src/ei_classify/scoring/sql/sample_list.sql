-- The samples of the run.
SELECT sample_id FROM scope
