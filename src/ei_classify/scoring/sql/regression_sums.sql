-- The sums that the figures follow from, by cluster.
SELECT cluster, count(*) AS windows, count(DISTINCT sample_id) AS samples,
    sum(abs(error)) AS absolute, sum(error) AS error, sum(error * error) AS squared,
    sum(truth - $anchor) AS truth, sum((truth - $anchor) * (truth - $anchor)) AS truth_squared,
    max(abs(error)) AS largest,
    count(*) FILTER (abs(error) <= $tolerance) AS within
FROM regressed GROUP BY ALL
