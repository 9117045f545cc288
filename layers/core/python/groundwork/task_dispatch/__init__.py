"""The queue people work on: slots, leases and the sliding window."""
