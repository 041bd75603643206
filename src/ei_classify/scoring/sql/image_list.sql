-- The images that can be judged.
SELECT sample_id, cluster FROM images ORDER BY sample_id
