"""The labeling job: its request, its rules, its names and its states."""
