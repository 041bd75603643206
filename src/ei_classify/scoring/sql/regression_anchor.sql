-- A number near the expected ones, from which they are measured so that no digits are lost.
SELECT coalesce(avg(truth), 0) AS anchor FROM regressed
