-- The samples whose windows are most often wrong, the most confident first.
WITH worst AS (
    SELECT sample_id, min(expected) AS expected, count(*) AS windows,
        count(*) FILTER (expected <> predicted) AS wrong,
        coalesce((coarse(misled, 64) + fine(misled, 64)) / count(misled), 0) AS confidence
    FROM (SELECT *, CASE WHEN expected <> predicted AND top = predicted THEN confidence END AS misled FROM judged)
    GROUP BY ALL HAVING wrong * 2 > windows
    ORDER BY confidence DESC, wrong DESC, sample_id LIMIT $limit
)
SELECT worst.sample_id, samples.filename, labels.label AS expected, windows, wrong, confidence
FROM worst JOIN labels ON code = worst.expected LEFT JOIN samples USING (sample_id)
ORDER BY confidence DESC, wrong DESC, sample_id
