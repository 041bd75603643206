-- Windows by the expected and the found number, on a grid.
SELECT sum(truth) / count(*) AS expected, sum(score) / count(*) AS found, count(*) AS windows
FROM (SELECT *, floor((truth - $low) / $width) AS across, floor((score - $low) / $width) AS up FROM regressed)
GROUP BY across, up ORDER BY across, up
