-- How many windows are right in both runs, in one, or in neither.
SELECT
    count(*) FILTER (ours.is_right AND theirs.is_right) AS both_right,
    count(*) FILTER (ours.is_right AND NOT theirs.is_right) AS lost,
    count(*) FILTER (NOT ours.is_right AND theirs.is_right) AS won,
    count(*) FILTER (NOT ours.is_right AND NOT theirs.is_right) AS both_wrong
FROM verdicts AS ours JOIN other_verdicts AS theirs USING (sample_id, "window")
