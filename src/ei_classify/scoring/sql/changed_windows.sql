-- The windows that are right in one of the runs only.
SELECT ours.sample_id, samples.filename, ours."window", decided.start_ms, decided.end_ms, ours.expected,
    theirs.predicted
FROM verdicts AS ours
JOIN other_verdicts AS theirs USING (sample_id, "window")
LEFT JOIN decided USING (sample_id, "window")
LEFT JOIN samples USING (sample_id)
WHERE ours.is_right <> theirs.is_right AND ours.is_right = $was_right
ORDER BY ours.sample_id, ours."window" LIMIT $limit
