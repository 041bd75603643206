-- Detected boxes by confidence, those with a partner and the false alarms.
SELECT least(greatest(floor(score * $bars), 0), $bars - 1)::INTEGER AS bar,
    CASE WHEN number IN (SELECT number FROM matched) THEN 'right' ELSE 'false alarm' END AS series,
    count(*) AS windows
FROM boxes WHERE NOT is_expected AND is_usable GROUP BY ALL ORDER BY ALL
