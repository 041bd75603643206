-- The images that cannot be judged.
SELECT DISTINCT boxes.sample_id, samples.filename
FROM boxes LEFT JOIN samples USING (sample_id) WHERE NOT is_usable ORDER BY ALL
