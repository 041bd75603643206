-- Whether each window is right.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT cluster, sample_id, "window", CASE WHEN is_positive THEN 'anomaly' ELSE 'no anomaly' END AS expected,
    CASE WHEN score >= getvariable('threshold') THEN 'anomaly' ELSE 'no anomaly' END AS predicted,
    (score >= getvariable('threshold')) = is_positive AS is_right
FROM flagged
