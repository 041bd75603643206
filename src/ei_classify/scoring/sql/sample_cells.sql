-- Samples by what was expected and what most of their windows were. The earlier label wins a tie.
WITH votes AS (
    SELECT cluster, sample_id, expected, predicted, count(*) AS windows FROM judged GROUP BY ALL
), winners AS (
    SELECT cluster, sample_id, min(expected) AS expected, max(expected) AS last_expected,
        arg_max(predicted, struct_pack(windows := windows, code := -predicted)) AS predicted
    FROM votes GROUP BY ALL
)
SELECT cluster, expected, predicted, count(*) AS samples
FROM winners WHERE expected = last_expected GROUP BY ALL ORDER BY ALL
