"""The shared failure state."""
