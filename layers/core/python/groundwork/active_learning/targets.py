"""Quality that automatically labeled data objects keep when a job names none (spec: workflows §3.5)."""

CLASSIFICATION = 0.95
"""Share of the labels that are those of people."""
BOUNDING_BOX = 0.60
"""Mean intersection over union, missed boxes included."""
SEMANTIC_SEGMENTATION = 0.70
"""Mean intersection over union over the classes of an image but the background."""
