-- Windows by the highest hundredth that their confidence reaches, and whether it reaches the block's threshold.
WITH floored AS (
    SELECT expected, top, predicted, confidence, floor(confidence * 100) AS step
    FROM judged WHERE confidence IS NOT NULL
)
SELECT
    CASE
        WHEN confidence < step / 100 THEN step - 1
        WHEN confidence >= (step + 1) / 100 THEN step + 1
        ELSE step
    END::INTEGER AS step,
    coalesce(confidence >= $threshold, true) AS reaches,
    coalesce(predicted = $anomaly, false) AS is_anomaly,
    expected, top, count(*) AS windows
FROM floored GROUP BY ALL ORDER BY ALL
