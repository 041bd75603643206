-- How many windows there are, and how many of them do not count or do not agree.
SELECT
    (SELECT count(*) FROM decided SEMI JOIN scope USING (sample_id)) AS decided,
    count(*) AS windows,
    count(DISTINCT sample_id) AS samples,
    count(*) FILTER (correct IS DISTINCT FROM (expected = predicted) AND correct IS NOT NULL) AS judged_otherwise,
    count(*) FILTER (confidence IS NOT NULL AND own IS NULL) AS unscored,
    -- Windows that the server decided otherwise than the threshold says.
    count(*) FILTER (
        confidence IS NOT NULL AND predicted IS DISTINCT FROM $anomaly
        AND predicted IS DISTINCT FROM CASE WHEN confidence >= $threshold THEN top ELSE $uncertain END
    ) AS disagreements
FROM judged
