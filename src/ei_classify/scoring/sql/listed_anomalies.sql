-- The windows of each cell of the confusion, at most $limit of each, those farthest from the threshold first.
WITH numbered AS (
    SELECT *, score >= $threshold AS is_flagged, row_number() OVER (
        PARTITION BY is_positive, score >= $threshold ORDER BY abs(score - $threshold) DESC, sample_id, "window"
    ) AS place
    FROM flagged
)
SELECT numbered.sample_id, samples.filename, numbered."window", decided.start_ms, decided.end_ms,
    decided.expected, decided.predicted, numbered.score AS confidence
FROM numbered JOIN decided USING (sample_id, "window") LEFT JOIN samples USING (sample_id)
WHERE place <= $limit
ORDER BY is_flagged <> is_positive DESC, abs(numbered.score - $threshold) DESC, numbered.sample_id, numbered."window"
