-- The judged windows, of which there are none yet. Labels are codes.
CREATE OR REPLACE TEMP TABLE judged (
    cluster INTEGER, sample_id BIGINT, "window" BIGINT, expected INTEGER, predicted INTEGER, correct BOOLEAN,
    top INTEGER, confidence DOUBLE, brier DOUBLE, own DOUBLE, own_code INTEGER
)
