-- What each cluster contributes to the areas under the curves of each label.
WITH influenced AS (
    SELECT cluster, ranked_labels.code,
        CASE WHEN label = expected THEN precision_of_positive ELSE precision_of_negative END AS of_precision,
        CASE WHEN label = expected THEN roc_of_positive ELSE roc_of_negative END AS of_roc
    FROM confidences
    JOIN scope USING (sample_id) JOIN ranked_labels USING (label)
    JOIN influences ON influences.code = ranked_labels.code AND influences.score = confidences.score
    WHERE expected IS NOT NULL
)
SELECT cluster, code,
    coarse(of_precision, $unit) AS precision, fine(of_precision, $unit) AS precision_rest,
    coarse(of_roc, $unit) AS roc, fine(of_roc, $unit) AS roc_rest
FROM influenced GROUP BY ALL ORDER BY ALL
