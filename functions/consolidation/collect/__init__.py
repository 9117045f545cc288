"""Answers of a batch, gathered."""
