"""Stopping a job."""
