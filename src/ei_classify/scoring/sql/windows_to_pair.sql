-- The windows that may pair with those of another run.
SELECT sample_id, "window", coalesce(start_ms, -1) AS start_ms, coalesce(end_ms, -1) AS end_ms,
    coalesce(expected, '') AS expected
FROM decided_all
