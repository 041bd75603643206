-- What each cluster contributes to the areas under the curves.
WITH influenced AS (
    SELECT cluster,
        CASE WHEN is_positive THEN precision_of_positive ELSE precision_of_negative END AS of_precision,
        CASE WHEN is_positive THEN roc_of_positive ELSE roc_of_negative END AS of_roc
    FROM flagged JOIN influences USING (score)
)
SELECT cluster,
    coarse(of_precision, $unit) AS precision, fine(of_precision, $unit) AS precision_rest,
    coarse(of_roc, $unit) AS roc, fine(of_roc, $unit) AS roc_rest
FROM influenced GROUP BY ALL ORDER BY ALL
