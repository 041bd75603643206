-- Windows by score, with how many of them were expected to be anomalies.
SELECT score, count(*) FILTER (is_positive) AS positives, count(*) AS windows
FROM flagged GROUP BY ALL ORDER BY score
