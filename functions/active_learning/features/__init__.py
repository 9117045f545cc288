"""Features of data objects."""
