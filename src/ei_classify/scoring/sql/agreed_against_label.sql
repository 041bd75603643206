-- The windows that all variants give the same label, which is not the expected one.
WITH agreed AS (
    SELECT sample_id, "window", min(start_ms) AS start_ms, min(end_ms) AS end_ms,
        any_value(label) AS expected, any_value(prediction) AS predicted
    FROM (FROM predictions UNION ALL BY NAME FROM other_predictions)
    GROUP BY ALL
    HAVING count(f1) = 0 AND count(*) = $variants AND count(DISTINCT prediction) = 1 AND count(DISTINCT label) = 1
        AND any_value(prediction) <> any_value(label)
        AND any_value(prediction) NOT IN ('uncertain', 'anomaly')
        AND bool_and(correct IS NOT TRUE)
        AND TRY_CAST(any_value(prediction) AS DOUBLE) IS NULL
)
SELECT agreed.*, samples.filename FROM agreed LEFT JOIN samples USING (sample_id)
ORDER BY sample_id, "window" LIMIT $limit
