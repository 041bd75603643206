-- A number for each label. The codes follow the order of the labels.
CREATE OR REPLACE TEMP TABLE labels AS
SELECT label, (row_number() OVER (ORDER BY label) - 1)::INTEGER AS code,
    bool_or(is_expected) AS is_expected, bool_or(is_scored) AS is_scored
FROM (
    SELECT DISTINCT expected AS label, true AS is_expected, false AS is_scored
    FROM decided SEMI JOIN scope USING (sample_id)
    UNION ALL
    SELECT DISTINCT predicted, false, false FROM decided SEMI JOIN scope USING (sample_id)
    UNION ALL
    SELECT DISTINCT label, false, true FROM confidences
)
WHERE label IS NOT NULL
GROUP BY label
