-- Windows by what was expected, whose confidences belong to another label.
SELECT expected, count(*) AS windows FROM judged
WHERE confidence IS NOT NULL AND own_code IS DISTINCT FROM expected
GROUP BY ALL ORDER BY ALL
