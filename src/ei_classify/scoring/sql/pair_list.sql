-- The windows that pair.
SELECT sample_id, "window" FROM pairs
