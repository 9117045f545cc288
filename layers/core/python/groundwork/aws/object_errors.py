"""What S3 refuses, as those who asked understand it."""

from __future__ import annotations

from botocore.exceptions import ClientError

from groundwork.job.s3_uri import S3Uri


class ObjectMissingError(LookupError):
    """An object that should be there is not."""


class AccessDeniedError(PermissionError):
    """S3, or the key an object is encrypted with, does not let the deployment do this."""


class ObjectChangedError(RuntimeError):
    """The object is not the version that was asked for."""


class ObjectTooLargeError(ValueError):
    """The object is larger than whoever asked for it can hold."""


def translated(error: ClientError, uri: S3Uri) -> Exception:
    """Say what an error of reading means; the error itself where it means nothing to a caller."""
    match error.response["ResponseMetadata"]["HTTPStatusCode"]:
        case 404:
            return ObjectMissingError(f"{uri} does not exist")
        case 412:
            return ObjectChangedError(f"{uri} has been overwritten since the labeling job was started")
        case _:
            return denied(error, uri) or error


def denied(error: ClientError, uri: S3Uri) -> AccessDeniedError | None:
    """Tell whether an error is a refusal."""
    if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
        return None
    return AccessDeniedError(f"access to {uri} is denied to this deployment")
