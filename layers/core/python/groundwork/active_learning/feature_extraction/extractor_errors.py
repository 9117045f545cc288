"""What keeps a feature extractor from working: for one request, for now, or for the whole job."""

from __future__ import annotations


class FeatureExtractorError(RuntimeError):
    """The extractor can't work for any object of the job: no model will label any. The text names it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"ClientError: The feature extractor {name} can't be used: {reason}")


class ExtractorBusyError(RuntimeError):
    """The extractor has no time for us before the deadline; what is done is kept, the rest is for later."""


class RefusedBodyError(ValueError):
    """A model of Bedrock does not accept one request: what was in it goes to people."""
