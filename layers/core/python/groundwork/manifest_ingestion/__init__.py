"""A drop becomes a labeling job, or an error a person can act on."""
