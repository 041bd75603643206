-- There is no one block whose confidences belong to the decisions.
CREATE OR REPLACE TEMP VIEW confidences_all AS
SELECT sample_id, "window", label, score, expected_label AS expected FROM scores WHERE false
