-- The expected and the detected boxes of the images in scope, numbered, as ratios of the image.
CREATE OR REPLACE TEMP TABLE boxes AS
WITH images AS (SELECT DISTINCT sample_id, cluster FROM decided JOIN scope USING (sample_id)),
chosen AS (
    SELECT sample_id, kind = 'expected' AS is_expected, label, score, x_ratio, y_ratio, width_ratio, height_ratio
    FROM detections
    WHERE kind = 'expected' AND source = 'sample'
        OR kind = 'predicted' AND source = getvariable('source_of_boxes')
            AND (learn_block_id IS NULL OR learn_block_id = getvariable('learn_block_id'))
)
SELECT (row_number() OVER (ORDER BY sample_id, is_expected, label, score DESC, x_ratio, y_ratio))::INTEGER AS number,
    chosen.*, cluster,
    coalesce(
        isfinite(x_ratio) AND isfinite(y_ratio) AND width_ratio >= 0 AND height_ratio >= 0
            AND isfinite(width_ratio) AND isfinite(height_ratio)
            AND label IS NOT NULL AND (is_expected OR isfinite(score)),
        false
    ) AS is_usable
FROM chosen JOIN images USING (sample_id)
