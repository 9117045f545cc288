"""Going on with a job in a new execution."""
