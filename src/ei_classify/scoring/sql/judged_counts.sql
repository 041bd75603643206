-- How many windows there are, and how many of them do not count or do not agree.
SELECT
    (SELECT count(*) FROM decided SEMI JOIN scope USING (sample_id)) AS decided,
    count(*) AS windows,
    count(DISTINCT sample_id) AS samples,
    count(*) FILTER (correct IS DISTINCT FROM (expected = predicted) AND correct IS NOT NULL) AS judged_otherwise,
    count(*) FILTER (confidence IS NOT NULL AND own IS NULL) AS unscored,
    count(*) FILTER (confidence IS NOT NULL AND own_code IS DISTINCT FROM expected AND labels.is_scored) AS strays
FROM judged JOIN labels ON code = expected
