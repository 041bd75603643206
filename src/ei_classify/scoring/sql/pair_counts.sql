-- How many windows pair.
SELECT count(*) FILTER (is_same_label) AS pairs, count(*) FILTER (NOT is_same_label) AS relabelled,
    (SELECT count(*) FROM decided_all) AS ours, (SELECT count(*) FROM other_windows) AS theirs
FROM candidates
