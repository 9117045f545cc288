"""People work."""
