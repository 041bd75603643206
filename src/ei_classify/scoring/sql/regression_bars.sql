-- Windows by error.
SELECT least(floor((error - $low) / $width), $bars - 1)::INTEGER AS bar, 'error' AS series, count(*) AS windows
FROM regressed GROUP BY ALL ORDER BY ALL
