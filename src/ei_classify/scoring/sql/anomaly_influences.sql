-- What each cluster contributes to the areas under the curves.
SELECT cluster,
    sum(CASE WHEN is_positive THEN precision_of_positive ELSE precision_of_negative END) AS precision,
    sum(CASE WHEN is_positive THEN roc_of_positive ELSE roc_of_negative END) AS roc
FROM flagged JOIN influences USING (score) GROUP BY ALL
