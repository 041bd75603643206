-- Windows by the highest confidence, right and wrong ones.
SELECT least(greatest(floor(confidence * $bars), 0), $bars - 1)::INTEGER AS bar,
    CASE WHEN expected = predicted THEN 'right' ELSE 'wrong' END AS series, count(*) AS windows
FROM judged WHERE confidence IS NOT NULL GROUP BY ALL ORDER BY ALL
