-- Sums that depend neither on the order of the values nor on how these are split: whole numbers of 2^-60 units.
-- Each is two numbers, so that sums of them are exact as well: `coarse` counts 2^-20 units, and `fine` the rest.
CREATE OR REPLACE TEMP MACRO ticks(x, unit) AS
    sum(CASE WHEN x IS NOT NULL THEN (greatest(least(x / unit, 1e12), -1e12) * 1152921504606846976)::HUGEINT END);
CREATE OR REPLACE TEMP MACRO coarse(x, unit) AS (ticks(x, unit) // 1099511627776)::DOUBLE / 1048576 * unit;
CREATE OR REPLACE TEMP MACRO fine(x, unit) AS
    (ticks(x, unit) % 1099511627776)::DOUBLE / 1152921504606846976 * unit
