"""The workers, estimated."""
