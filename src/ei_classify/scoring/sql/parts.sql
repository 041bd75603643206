-- Splits the samples so that each part has about $rows confidences, which fit into memory.
WITH windows AS (
    SELECT sample_id, count(*) AS windows FROM decided SEMI JOIN scope USING (sample_id) GROUP BY ALL
), labels AS (
    SELECT greatest(1, (SELECT count(*) FROM confidences) / (SELECT sum(windows) FROM windows)) AS per_window
)
SELECT min(sample_id) AS first, max(sample_id) AS last
FROM (
    SELECT sample_id, floor(sum(windows) OVER (ORDER BY sample_id) * per_window / $rows) AS part
    FROM windows, labels
)
GROUP BY part ORDER BY part
