"""The output manifest and the counters."""
