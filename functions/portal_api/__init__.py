"""The worker portal's API."""
