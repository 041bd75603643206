-- The most confident label of each window of the block, if its confidence reaches the threshold. The earlier label wins a tie.
CREATE OR REPLACE TEMP VIEW decided_all AS
WITH ranked AS (
    SELECT label, (row_number() OVER (ORDER BY label))::INTEGER AS place
    FROM (SELECT DISTINCT label FROM confidences_all)
), best AS (
    SELECT sample_id, "window", any_value(expected) AS expected,
        max(struct_pack(score := score, place := -place)) AS best
    FROM confidences_all JOIN ranked USING (label)
    WHERE isfinite(score)
    GROUP BY ALL
)
SELECT best.sample_id, best."window", windows.start_ms, windows.end_ms, best.expected,
    CASE WHEN best.best.score >= getvariable('threshold') THEN ranked.label ELSE 'uncertain' END AS predicted,
    NULL::BOOLEAN AS correct
FROM best
JOIN ranked ON ranked.place = -best.best.place
JOIN windows ON windows.sample_id = best.sample_id AND windows."window" = best."window"
    AND windows.learn_block_id = getvariable('learn_block_id')
