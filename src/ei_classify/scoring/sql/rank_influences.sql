-- What each cluster contributes to the areas under the curves of each label.
SELECT cluster, labels.code,
    sum(CASE WHEN label = expected THEN precision_of_positive ELSE precision_of_negative END) AS precision,
    sum(CASE WHEN label = expected THEN roc_of_positive ELSE roc_of_negative END) AS roc
FROM confidences
JOIN scope USING (sample_id) JOIN labels USING (label)
JOIN influences ON influences.code = labels.code AND influences.score = confidences.score
WHERE expected IS NOT NULL
GROUP BY ALL
