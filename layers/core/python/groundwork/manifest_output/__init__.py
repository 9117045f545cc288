"""The augmented output manifest, and the job's counters."""
