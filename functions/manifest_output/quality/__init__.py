"""The quality figures and their report."""
