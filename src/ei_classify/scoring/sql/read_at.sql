-- When the run was read.
SELECT strftime(min(read_at), '%Y-%m-%dT%H:%M:%SZ') AS read_at FROM runs
