"""Manifest lines become task inputs."""
