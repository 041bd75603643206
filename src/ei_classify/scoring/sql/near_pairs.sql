-- Expected and detected boxes of one label whose centres are at most so far apart, the nearest first.
WITH centres AS (
    SELECT *, x_ratio + width_ratio / 2 AS x, y_ratio + height_ratio / 2 AS y
    FROM boxes SEMI JOIN images USING (sample_id)
)
SELECT seen.number AS detected, truth.number AS expected, sqrt((seen.x - truth.x) ** 2 + (seen.y - truth.y) ** 2) AS distance
FROM centres AS seen JOIN centres AS truth USING (sample_id, label)
WHERE NOT seen.is_expected AND truth.is_expected AND distance <= $distance
ORDER BY distance, detected, expected
