-- How many windows there are, and how many of them do not count or do not agree.
SELECT (SELECT count(*) FROM decided SEMI JOIN scope USING (sample_id)) AS decided,
    count(*) AS windows, count(DISTINCT sample_id) AS samples,
    count(*) FILTER (correct <> ((score >= $threshold) = is_positive)) AS judged_otherwise
FROM flagged
