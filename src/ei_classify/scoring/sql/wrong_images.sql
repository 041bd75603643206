-- The images with the most confident false alarms, then those with missed objects.
SELECT verdicts.sample_id, samples.filename, verdicts."window", NULL::DOUBLE AS start_ms, NULL::DOUBLE AS end_ms,
    verdicts.expected, verdicts.predicted,
    max(score) FILTER (NOT is_expected AND number NOT IN (SELECT number FROM matched)) AS confidence
FROM verdicts JOIN boxes USING (sample_id) LEFT JOIN samples USING (sample_id)
WHERE NOT is_right GROUP BY ALL ORDER BY confidence DESC NULLS LAST, verdicts.sample_id LIMIT $limit
