"""One object that several may change at the same time: whoever comes second is told, and reads it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from groundwork.aws.object_errors import denied, translated
from groundwork.job.s3_uri import S3Uri

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LOST = frozenset({404, 409, 412})
"""Deleted in the meantime; another conditional write is under way; changed in the meantime."""


@dataclass(frozen=True, slots=True)
class Found:
    """The object as it was read."""

    content: bytes
    etag: str


class SharedObject:
    """Reads, and writes that take place only if nobody else wrote in between."""

    def __init__(self, client: S3Client, uri: S3Uri) -> None:
        self._client = client
        self._uri = uri

    def find(self) -> Found | None:
        """Read the object; None when there is none.

        Raises
        ------
        AccessDeniedError
            It may not be read.
        """
        try:
            answer = self._client.get_object(Bucket=self._uri.bucket, Key=self._uri.key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise translated(error, self._uri) from error
        return Found(answer["Body"].read(), answer["ETag"])

    def replace(self, found: Found | None, content: bytes) -> bool:
        """Write the object if it is still as it was found; tells whether it was written.

        Raises
        ------
        AccessDeniedError
            It may not be written.
        """
        condition: dict[str, Any] = {"IfNoneMatch": "*"} if found is None else {"IfMatch": found.etag}
        try:
            self._client.put_object(
                Bucket=self._uri.bucket, Key=self._uri.key, Body=content, ContentType="application/json", **condition
            )
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in LOST:
                return False
            raise denied(error, self._uri) or error from error
        return True
