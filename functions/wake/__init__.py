"""The clock of a waiting job."""
