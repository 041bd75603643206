-- Splits the samples so that each part has about a million windows, which fit into memory.
SELECT min(sample_id) AS first, max(sample_id) AS last
FROM (
    SELECT sample_id, ntile((SELECT 1 + count(*) // 1000000 FROM decided)) OVER (ORDER BY sample_id) AS part
    FROM scope
)
GROUP BY part ORDER BY part
