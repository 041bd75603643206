-- The wrong windows that the block was most confident of.
WITH wrong AS (
    SELECT * FROM judged WHERE expected <> predicted AND top = predicted
    ORDER BY confidence DESC, sample_id, "window" LIMIT $limit
)
SELECT wrong.sample_id, samples.filename, wrong."window", decided.start_ms, decided.end_ms,
    truth.label AS expected, decision.label AS predicted, confidence
FROM wrong
JOIN labels AS truth ON truth.code = wrong.expected
JOIN labels AS decision ON decision.code = wrong.predicted
LEFT JOIN decided USING (sample_id, "window")
LEFT JOIN samples USING (sample_id)
ORDER BY confidence DESC, sample_id, "window"
