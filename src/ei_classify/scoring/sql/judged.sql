-- One row per judged window: what was expected and decided, and what the block was most confident of. Labels are codes.
CREATE OR REPLACE TEMP TABLE judged AS
WITH best AS (
    SELECT sample_id, "window",
        max(struct_pack(score := score, code := -code)) AS best,
        sum((score - (label = expected)::INTEGER) ** 2) AS brier,
        max(score) FILTER (label = expected) AS own,
        max(code) FILTER (label = expected) AS own_code
    FROM confidences JOIN labels USING (label)
    GROUP BY ALL
)
SELECT cluster, decided.sample_id, decided."window", truth.code AS expected, decision.code AS predicted, correct,
    -best.code AS top, best.score AS confidence, brier, own, own_code
FROM decided
JOIN scope USING (sample_id)
JOIN labels AS truth ON truth.label = decided.expected
JOIN labels AS decision ON decision.label = decided.predicted
LEFT JOIN best USING (sample_id, "window")
