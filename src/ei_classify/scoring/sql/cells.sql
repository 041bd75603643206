-- Windows by what was expected and decided.
SELECT cluster, expected, predicted, count(*) AS windows FROM judged GROUP BY ALL ORDER BY ALL
