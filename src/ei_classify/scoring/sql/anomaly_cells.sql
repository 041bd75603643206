-- Windows by what was expected and what the threshold says.
SELECT cluster, is_positive, coalesce(score >= $threshold, false) AS is_flagged, count(*) AS windows
FROM flagged GROUP BY ALL ORDER BY ALL
