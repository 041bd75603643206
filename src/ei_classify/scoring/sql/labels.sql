-- A number for each label. The codes follow the order of the labels.
CREATE OR REPLACE TEMP TABLE labels AS
WITH pairs AS (SELECT DISTINCT expected, predicted FROM decided SEMI JOIN scope USING (sample_id))
SELECT label, (row_number() OVER (ORDER BY label) - 1)::INTEGER AS code,
    bool_or(is_expected) AS is_expected, bool_or(is_scored) AS is_scored
FROM (
    SELECT expected AS label, true AS is_expected, false AS is_scored FROM pairs
    UNION ALL
    SELECT predicted, false, false FROM pairs
    UNION ALL
    SELECT DISTINCT label, false, true FROM confidences
)
WHERE label IS NOT NULL
GROUP BY label
