"""A drop becomes a labeling job."""
