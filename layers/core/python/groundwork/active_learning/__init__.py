"""Automated data labeling: what a model may label, and which data objects people label next."""
