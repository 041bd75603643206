-- The logarithmic and the quadratic loss of the windows whose expected label has a confidence.
SELECT cluster, count(*) AS windows,
    sum(-ln(least(greatest(own, 2.220446049250313e-16), 1))) AS log_loss,
    sum(brier) AS brier
FROM judged WHERE own IS NOT NULL GROUP BY ALL
