"""A round is decided."""
