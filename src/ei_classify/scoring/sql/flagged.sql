-- One row per window whose outcome is expected.
CREATE OR REPLACE TEMP TABLE flagged AS
SELECT cluster, sample_id, "window", score, expected = 'anomaly' AS is_positive, correct
FROM decided JOIN scope USING (sample_id)
WHERE expected IN ('anomaly', 'no anomaly') AND isfinite(score)
