-- Whether every object of an image is found, and nothing else.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT images.cluster, sample_id, "window", decided.expected, decided.predicted,
    sample_id NOT IN (SELECT sample_id FROM boxes WHERE number NOT IN (SELECT number FROM matched)) AS is_right
FROM images JOIN decided USING (sample_id)
