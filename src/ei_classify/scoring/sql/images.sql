-- The images that can be judged: each of their boxes has four numbers, a label and, if detected, a score.
CREATE OR REPLACE TEMP TABLE images AS
SELECT DISTINCT sample_id, cluster FROM decided JOIN scope USING (sample_id)
WHERE sample_id NOT IN (SELECT sample_id FROM boxes WHERE NOT is_usable)
