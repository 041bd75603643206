-- The sums that the figures follow from, by cluster.
SELECT cluster, count(*) AS windows, count(DISTINCT sample_id) AS samples,
    coarse(abs(error), $unit) AS absolute, fine(abs(error), $unit) AS absolute_rest,
    coarse(error, $unit) AS error, fine(error, $unit) AS error_rest,
    coarse(error * error, $unit * $unit) AS squared, fine(error * error, $unit * $unit) AS squared_rest,
    coarse(truth - $anchor, $unit) AS truth, fine(truth - $anchor, $unit) AS truth_rest,
    coarse((truth - $anchor) * (truth - $anchor), $unit * $unit) AS truth_squared,
    fine((truth - $anchor) * (truth - $anchor), $unit * $unit) AS truth_squared_rest,
    count(*) FILTER (abs(error) <= $tolerance) AS within
FROM regressed GROUP BY ALL ORDER BY ALL
