"""What the portal is told when something can't be done."""

from __future__ import annotations


class RefusalError(Exception):
    """An answer other than success: HTTP status, a word for the program, a sentence for the worker."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
