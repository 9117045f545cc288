"""Answers become labels."""
