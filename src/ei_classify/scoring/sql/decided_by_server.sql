-- What the server decided for each window.
CREATE OR REPLACE TEMP VIEW decided_all AS
SELECT sample_id, "window", start_ms, end_ms, label AS expected, prediction AS predicted, correct
FROM predictions
