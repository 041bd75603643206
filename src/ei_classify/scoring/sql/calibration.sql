-- Windows by the tenth in which the highest confidence lies, with how often the label was right.
SELECT cluster, least(greatest(floor(confidence * 10), 0), 9)::INTEGER AS bin, count(*) AS windows,
    coarse(confidence, 64) AS confidence, fine(confidence, 64) AS confidence_rest, count(*) FILTER (top = expected) AS hits
FROM judged WHERE confidence IS NOT NULL GROUP BY ALL ORDER BY ALL
