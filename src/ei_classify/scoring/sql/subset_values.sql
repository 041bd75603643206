-- The subsets, with the number of samples in each.
SELECT subset, count(DISTINCT sample_id) AS samples FROM subsets GROUP BY ALL ORDER BY subset NULLS LAST
