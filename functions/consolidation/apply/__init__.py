"""Labels of a batch."""
