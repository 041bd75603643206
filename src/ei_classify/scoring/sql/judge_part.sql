-- Judges the windows of some samples: what was expected and decided, and what the block was most confident of.
-- The earlier label wins a tie: confidences are compared as integers, to 80 binary places, with the code behind.
-- Squares are added as integers, to 60 binary places: a sum of these does not depend on the order of the rows.
INSERT INTO judged
WITH best AS (
    SELECT sample_id, "window", max(score) AS confidence,
        max((least(greatest(score, -32767), 32767) * 1208925819614629174706176e0)::HUGEINT * 4294967296 - code) AS first,
        sum((least(score * score, 1e12) * 1152921504606846976)::HUGEINT)::DOUBLE / 1152921504606846976 AS squares,
        max(score) FILTER (label = expected) AS own,
        max(code) FILTER (label = expected) AS own_code
    FROM confidences JOIN labels USING (label)
    WHERE sample_id BETWEEN $first AND $last AND isfinite(score)
    GROUP BY ALL
)
SELECT cluster, decided.sample_id, decided."window", truth.code, decision.code, correct,
    (-best.first & 4294967295)::INTEGER, confidence, squares - 2 * own + 1, own, own_code
FROM decided
JOIN scope USING (sample_id)
JOIN labels AS truth ON truth.label = decided.expected
JOIN labels AS decision ON decision.label = decided.predicted
LEFT JOIN best USING (sample_id, "window")
WHERE decided.sample_id BETWEEN $first AND $last
