-- A number amid the expected ones, from which they are measured so that no digits are lost; and how large numbers are.
SELECT coalesce(min(truth) / 2 + max(truth) / 2, 0) AS anchor,
    coalesce(greatest(max(truth) - min(truth), max(abs(error))), 0) AS largest
FROM regressed
