"""S3 addresses as Ground Truth writes them: `s3://bucket/key`, the key taken literally (spec: data-formats §1)."""

from __future__ import annotations

from dataclasses import dataclass


class S3UriError(ValueError):
    """A text that is not an address of an S3 object or prefix."""


@dataclass(frozen=True, slots=True)
class S3Uri:
    """A bucket and a key (or prefix)."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Uri:
        """Read `s3://bucket/key`.

        Raises
        ------
        S3UriError
            The text has another scheme or no bucket.
        """
        scheme, separator, rest = uri.partition("://")
        bucket, _, key = rest.partition("/")
        if scheme != "s3" or not separator or not bucket:
            raise S3UriError(f"expected s3://bucket/key, got {uri!r}")
        return cls(bucket, key)

    def child(self, name: str) -> S3Uri:
        """Address something below this prefix."""
        return S3Uri(self.bucket, f"{self.key.rstrip('/')}/{name}" if self.key else name)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"
