-- Windows by score, those that are expected to be anomalies and the others.
SELECT least(floor((score - $low) / $width), $bars - 1)::INTEGER AS bar,
    CASE WHEN is_positive THEN 'anomaly' ELSE 'no anomaly' END AS series, count(*) AS windows
FROM flagged GROUP BY ALL ORDER BY ALL
