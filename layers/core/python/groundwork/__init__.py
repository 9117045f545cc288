"""Groundwork: an open Ground Truth. The pure core of the pipeline, laid out by stage."""
