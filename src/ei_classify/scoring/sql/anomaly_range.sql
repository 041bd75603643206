-- The lowest and the highest score.
SELECT min(score) AS low, max(score) AS high FROM flagged
