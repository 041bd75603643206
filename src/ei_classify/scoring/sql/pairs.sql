-- The windows of the same sample, number and, where both have them, times; and whether they expect the same label.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT ours.sample_id, ours."window", coalesce(ours.expected, '') = theirs.expected AS is_same_label
FROM decided_all AS ours JOIN other_windows AS theirs USING (sample_id, "window")
WHERE (ours.start_ms IS NULL OR theirs.start_ms < 0 OR ours.start_ms = theirs.start_ms)
    AND (ours.end_ms IS NULL OR theirs.end_ms < 0 OR ours.end_ms = theirs.end_ms);
CREATE OR REPLACE TEMP TABLE pairs AS SELECT sample_id, "window" FROM candidates WHERE is_same_label
