-- The lowest and the highest expected number, and the largest error.
SELECT coalesce(min(truth), 'inf'::DOUBLE) AS lowest, coalesce(max(truth), '-inf'::DOUBLE) AS highest,
    coalesce(max(abs(error)), 0) AS largest
FROM regressed
