-- The lowest and the highest of the expected and the found numbers, and of the errors.
SELECT least(min(truth), min(score)) AS low, greatest(max(truth), max(score)) AS high,
    min(error) AS low_error, max(error) AS high_error
FROM regressed
