-- The labels, in the order of their codes.
SELECT label, is_expected, is_scored FROM labels ORDER BY code
