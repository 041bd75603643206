-- Judges the windows of some samples: what was expected and decided, and what the block was most confident of.
INSERT INTO judged
SELECT cluster, sample_id, "window", truth.code, decision.code, correct,
    top, confidence, CASE WHEN own_code >= 0 THEN brier END, CASE WHEN own_code >= 0 THEN own END, nullif(own_code, -1)
FROM decided
JOIN scope USING (sample_id)
JOIN labels AS truth ON truth.label = decided.expected
JOIN labels AS decision ON decision.label = decided.predicted
LEFT JOIN best ON best."key" = first_key + "window"
WHERE sample_id BETWEEN $first AND $last
