-- The windows with the largest errors.
SELECT regressed.sample_id, samples.filename, regressed."window", decided.start_ms, decided.end_ms,
    regressed.expected, decided.predicted, NULL::DOUBLE AS confidence, abs(error) AS distance
FROM regressed LEFT JOIN decided USING (sample_id, "window") LEFT JOIN samples USING (sample_id)
ORDER BY abs(error) DESC, sample_id, "window" LIMIT $limit
