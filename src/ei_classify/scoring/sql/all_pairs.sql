-- Everything counts, not only what pairs with another run.
CREATE OR REPLACE TEMP VIEW decided AS SELECT * FROM decided_all;
CREATE OR REPLACE TEMP VIEW confidences AS SELECT * FROM confidences_all
