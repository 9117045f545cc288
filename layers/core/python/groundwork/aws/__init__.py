"""Gateways to AWS; the only place that imports boto3."""
