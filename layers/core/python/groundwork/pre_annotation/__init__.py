"""A manifest line becomes the input of a worker's task."""
