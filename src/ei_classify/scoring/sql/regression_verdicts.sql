-- Whether each number is within the tolerance.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT cluster, sample_id, "window", expected, score::VARCHAR AS predicted, abs(error) <= getvariable('threshold') AS is_right
FROM regressed
