-- The windows of each cell of the confusion, at most $limit of each, the most confident first.
WITH numbered AS (
    SELECT *, row_number() OVER (
        PARTITION BY expected, predicted ORDER BY confidence DESC NULLS LAST, sample_id, "window"
    ) AS place
    FROM judged
)
SELECT numbered.sample_id, samples.filename, numbered."window", decided.start_ms, decided.end_ms,
    truth.label AS expected, decision.label AS predicted, confidence
FROM numbered
JOIN labels AS truth ON truth.code = numbered.expected
JOIN labels AS decision ON decision.code = numbered.predicted
LEFT JOIN decided USING (sample_id, "window")
LEFT JOIN samples USING (sample_id)
WHERE place <= $limit
ORDER BY truth.label <> decision.label DESC, confidence DESC NULLS LAST, numbered.sample_id, numbered."window"
