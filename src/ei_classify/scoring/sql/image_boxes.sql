-- The boxes of these images, and which have a partner.
SELECT sample_id, label, score, x_ratio AS x, y_ratio AS y, width_ratio AS width, height_ratio AS height,
    CASE
        WHEN number IN (SELECT number FROM matched) THEN CASE WHEN is_expected THEN 'expected' ELSE 'found' END
        WHEN is_expected THEN 'missed' ELSE 'false alarm'
    END AS state
FROM boxes WHERE sample_id IN (SELECT unnest($samples::BIGINT[])) AND is_usable ORDER BY number
