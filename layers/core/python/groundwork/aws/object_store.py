"""S3: what must not be lost lives here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import ClientError

from groundwork.aws.multipart_upload import upload
from groundwork.aws.object_errors import ObjectMissingError, ObjectTooLargeError, denied, translated
from groundwork.aws.shared_object import SharedObject
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CONFLICT_TRIES = 5
"""Attempts at a conditional write that meets another one of the same key."""
READ_THREADS = 16
"""Parallel reads of many small objects; S3 answers one in 10 to 30 ms."""


@dataclass(frozen=True, slots=True)
class ObjectHead:
    """What S3 says of an object."""

    etag: str
    version_id: str | None
    size: int


class Pin(Protocol):
    """One version of an object, as a labeling job remembers its manifest."""

    @property
    def etag(self) -> str:
        """Its ETag."""

    @property
    def version_id(self) -> str | None:
        """Its version, in a versioned bucket."""


class ObjectStore:
    """Reads and writes of S3 objects; `kms_key` is the job's output key, when it has one."""

    def __init__(self, client: S3Client, kms_key: str | None = None) -> None:
        self._client = client
        self._encryption: dict[str, Any] = (
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key} if kms_key else {}
        )

    def encrypted_with(self, kms_key: str | None) -> ObjectStore:
        """Return the same store, writing under a job's own key."""
        return ObjectStore(self._client, kms_key) if kms_key else self

    def head(self, uri: S3Uri) -> ObjectHead:
        """Describe an object.

        Raises
        ------
        ObjectMissingError
            There is none.
        AccessDeniedError
            It may not be read.
        """
        try:
            answer = self._client.head_object(Bucket=uri.bucket, Key=uri.key)
        except ClientError as error:
            raise translated(error, uri) from error
        version = answer.get("VersionId")
        return ObjectHead(answer["ETag"], version if version != "null" else None, answer["ContentLength"])

    def read(self, uri: S3Uri, *, start: int | None = None, end: int | None = None, pin: Pin | None = None) -> bytes:
        """Read an object, or the bytes from `start` up to and without `end`.

        Raises
        ------
        ObjectMissingError
            There is none.
        AccessDeniedError
            It may not be read.
        ObjectChangedError
            It is not the version that was pinned.
        """
        arguments = _pinned(uri, pin)
        if start is not None and end is not None:
            if end <= start:
                return b""
            arguments["Range"] = f"bytes={start}-{end - 1}"
        try:
            answer = self._client.get_object(**arguments)
        except ClientError as error:
            raise translated(error, uri) from error
        content = answer["Body"].read()
        # A server may answer a range with the whole, as 200 and not as 206 (RFC 9110 §14.2).
        whole = answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        return content[start:end] if whole and start is not None else content

    def read_within(self, uri: S3Uri, most: int) -> bytes:
        """Read an object of at most so many bytes; of a larger one nothing is read.

        Raises
        ------
        ObjectMissingError
            There is none.
        AccessDeniedError
            It may not be read.
        ObjectTooLargeError
            It is larger.
        """
        try:
            answer = self._client.get_object(Bucket=uri.bucket, Key=uri.key)
        except ClientError as error:
            raise translated(error, uri) from error
        if answer["ContentLength"] > most:
            answer["Body"].close()
            raise ObjectTooLargeError(f"{uri} has {answer['ContentLength']:,} bytes, more than {most:,}")
        return answer["Body"].read()

    def read_json(self, uri: S3Uri) -> Any:
        """Read a JSON document."""
        return json.loads(self.read(uri))

    def find(self, uri: S3Uri) -> bytes | None:
        """Read an object that need not be there."""
        try:
            return self.read(uri)
        except ObjectMissingError:
            return None

    def find_json(self, uri: S3Uri) -> Any | None:
        """Read a JSON document that need not be there."""
        try:
            return self.read_json(uri)
        except ObjectMissingError:
            return None

    def read_many(self, uris: Iterable[S3Uri]) -> list[bytes]:
        """Read many small objects at the same time, in the order given."""
        with ThreadPoolExecutor(READ_THREADS) as pool:
            return list(pool.map(self.read, uris))

    def chunks(self, uri: S3Uri, *, pin: Pin | None = None, size: int = 1 << 20) -> Iterator[bytes]:
        """Stream an object; memory stays flat at any size."""
        try:
            body = self._client.get_object(**_pinned(uri, pin))["Body"]
        except ClientError as error:
            raise translated(error, uri) from error
        yield from body.iter_chunks(size)

    def write(self, uri: S3Uri, content: bytes, content_type: str = "application/json") -> None:
        """Write an object.

        Raises
        ------
        AccessDeniedError
            It may not be written.
        """
        try:
            self._client.put_object(
                Bucket=uri.bucket, Key=uri.key, Body=content, ContentType=content_type, **self._encryption
            )
        except ClientError as error:
            raise denied(error, uri) or error from error

    def write_json(self, uri: S3Uri, document: Any) -> None:
        """Write a JSON document."""
        self.write(uri, compact_json(document))

    def write_many(self, documents: Iterable[tuple[S3Uri, bytes]]) -> None:
        """Write many small objects at the same time."""
        with ThreadPoolExecutor(READ_THREADS) as pool:
            list(pool.map(lambda pair: self.write(*pair), documents))

    def write_new(self, uri: S3Uri, content: bytes) -> bool:
        """Write an object unless there is one already; tells whether it was written.

        Raises
        ------
        AccessDeniedError
            It may not be written.
        """
        arguments: dict[str, Any] = {"Bucket": uri.bucket, "Key": uri.key, "Body": content, "IfNoneMatch": "*"}
        for attempt in range(1, CONFLICT_TRIES + 1):
            try:
                self._client.put_object(**arguments, ContentType="application/json", **self._encryption)
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                if status == 412:
                    return False
                # 409: another conditional write of the same key is under way, and may still fail.
                if status != 409 or attempt == CONFLICT_TRIES:
                    raise denied(error, uri) or error from error
            else:
                break
        return True

    def shared(self, uri: S3Uri) -> SharedObject:
        """Open an object that several jobs change; none of them has the key it is encrypted with."""
        return SharedObject(self._client, uri)

    def write_stream(self, uri: S3Uri, pieces: Iterable[bytes], content_type: str) -> None:
        """Write an object of any size from pieces; the old one stays whole until the new one is."""
        upload(self._client, uri, pieces, ContentType=content_type, **self._encryption)

    def copy(self, source: S3Uri, target: S3Uri) -> None:
        """Copy an object inside S3 (up to 5 GB, the limit of CopyObject)."""
        self._client.copy_object(
            Bucket=target.bucket,
            Key=target.key,
            CopySource={"Bucket": source.bucket, "Key": source.key},
            **self._encryption,
        )

    def delete(self, uri: S3Uri) -> None:
        """Delete an object; no error when there is none."""
        self._client.delete_object(Bucket=uri.bucket, Key=uri.key)

    def delete_all(self, prefix: S3Uri) -> None:
        """Delete every object whose key begins with a prefix."""
        for key in list(self.keys(prefix)):
            self.delete(S3Uri(prefix.bucket, key))

    def keys(self, prefix: S3Uri) -> Iterator[str]:
        """List the keys that begin with a prefix."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=prefix.bucket, Prefix=prefix.key)
        for page in pages:
            for entry in page.get("Contents", []):
                yield entry["Key"]

    def folders(self, bucket: str) -> Iterator[str]:
        """List the folders at the top of a bucket."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Delimiter="/")
        for page in pages:
            for prefix in page.get("CommonPrefixes", []):
                yield prefix["Prefix"].rstrip("/")

    def presigned(self, uri: S3Uri, seconds: int) -> str:
        """Make a short-lived address from which a browser may read the object."""
        return self._client.generate_presigned_url(
            "get_object", Params={"Bucket": uri.bucket, "Key": uri.key}, ExpiresIn=seconds
        )


def _pinned(uri: S3Uri, pin: Pin | None) -> dict[str, Any]:
    """Ask for a version by its id, which outlives an overwrite; without one, for the object if it is still the same."""
    arguments: dict[str, Any] = {"Bucket": uri.bucket, "Key": uri.key}
    if pin is None:
        return arguments
    return arguments | ({"VersionId": pin.version_id} if pin.version_id else {"IfMatch": pin.etag})
