-- The logarithmic and the quadratic loss of the windows whose expected label has a confidence.
SELECT cluster, count(*) AS windows,
    coarse(log_loss, 64) AS log_loss, fine(log_loss, 64) AS log_loss_rest,
    coarse(brier, 64) AS brier, fine(brier, 64) AS brier_rest
FROM (SELECT *, -ln(least(greatest(own, 2.220446049250313e-16), 1)) AS log_loss FROM judged WHERE own IS NOT NULL)
GROUP BY ALL ORDER BY ALL
