-- Whether each window is right.
SELECT sample_id, "window", predicted, is_right FROM verdicts
