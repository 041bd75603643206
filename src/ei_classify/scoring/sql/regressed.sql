-- One row per window with two numbers. Errors are predicted minus expected.
CREATE OR REPLACE TEMP TABLE regressed AS
SELECT cluster, sample_id, "window", expected, truth, score, score - truth AS error, correct
FROM (SELECT *, TRY_CAST(expected AS DOUBLE) AS truth FROM decided JOIN scope USING (sample_id))
WHERE isfinite(truth) AND isfinite(score)
