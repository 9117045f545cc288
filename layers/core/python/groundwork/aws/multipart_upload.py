"""Objects of any size, written in parts while they are being made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from groundwork.job.s3_uri import S3Uri

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PART_BYTES = 8 * 1024 * 1024
"""Size of a part of a multipart upload; S3 wants at least 5 MiB, and at most 10,000 parts."""


def upload(client: S3Client, uri: S3Uri, pieces: Iterable[bytes], **options: Any) -> None:
    """Write an object from pieces, created with `options`; the old one stays whole until the new one is."""
    upload_id = client.create_multipart_upload(Bucket=uri.bucket, Key=uri.key, **options)["UploadId"]
    try:
        parts: list[Any] = [
            {
                "PartNumber": number,
                "ETag": client.upload_part(
                    Bucket=uri.bucket, Key=uri.key, UploadId=upload_id, PartNumber=number, Body=part
                )["ETag"],
            }
            for number, part in enumerate(_parts(pieces), start=1)
        ]
        client.complete_multipart_upload(
            Bucket=uri.bucket, Key=uri.key, UploadId=upload_id, MultipartUpload={"Parts": parts}
        )
    except BaseException:
        client.abort_multipart_upload(Bucket=uri.bucket, Key=uri.key, UploadId=upload_id)
        raise


def _parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    part = bytearray()
    for piece in pieces:
        part += piece
        if len(part) >= PART_BYTES:
            yield bytes(part)
            part.clear()
    # An upload has at least one part, also when there is nothing to say.
    yield bytes(part)
