-- Whether each window is right.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT cluster, sample_id, "window", truth.label AS expected, decision.label AS predicted,
    judged.expected = judged.predicted AS is_right
FROM judged
JOIN labels AS truth ON truth.code = judged.expected
JOIN labels AS decision ON decision.code = judged.predicted
