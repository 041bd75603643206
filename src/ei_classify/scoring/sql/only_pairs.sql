-- Only windows count that pair with a window of another run.
CREATE OR REPLACE TEMP VIEW decided AS SELECT * FROM decided_all SEMI JOIN pairs USING (sample_id, "window");
CREATE OR REPLACE TEMP VIEW confidences AS
SELECT * FROM confidences_all SEMI JOIN pairs USING (sample_id, "window")
