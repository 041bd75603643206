-- Windows by label and confidence, with how many of them were expected to have the label.
SELECT code, score, count(*) FILTER (label = expected) AS positives, count(*) AS windows
FROM confidences JOIN scope USING (sample_id) JOIN labels USING (label)
WHERE expected IS NOT NULL AND isfinite(score)
GROUP BY ALL ORDER BY code, score
