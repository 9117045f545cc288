"""The one thing a gateway tells the core about concurrency."""

from __future__ import annotations


class WriteConflictError(Exception):
    """Somebody else wrote in between: read again and decide anew."""
