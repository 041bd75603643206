-- The wrong windows that are farthest from the threshold.
SELECT flagged.sample_id, samples.filename, flagged."window", decided.start_ms, decided.end_ms,
    decided.expected, decided.predicted, flagged.score AS confidence,
    abs(flagged.score - $threshold) AS distance
FROM flagged JOIN decided USING (sample_id, "window") LEFT JOIN samples USING (sample_id)
WHERE (flagged.score >= $threshold) <> is_positive
ORDER BY distance DESC, sample_id, "window" LIMIT $limit
