"""Jobs: how a job is followed until its result is there."""
