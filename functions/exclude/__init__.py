"""Leaving out workers of a labeling job."""
