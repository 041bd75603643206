-- Windows that the server decided otherwise than the threshold says.
SELECT count(*) AS windows FROM judged
WHERE confidence IS NOT NULL AND predicted IS DISTINCT FROM $anomaly
    AND predicted IS DISTINCT FROM CASE WHEN confidence >= $threshold THEN top ELSE $uncertain END
