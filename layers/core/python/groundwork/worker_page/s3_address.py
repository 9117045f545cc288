"""S3 objects in every spelling worker templates use (spec: crowd-elements §2.3)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from groundwork.job.s3_uri import S3Uri, S3UriError

_ENDPOINT = r"s3(?:[.-](?:fips|accelerate|external-1|dualstack|[a-z]{2,3}(?:-[a-z]+)+-\d+))*\.amazonaws\.com(?:\.cn)?"
_PATH_STYLE = re.compile(_ENDPOINT)
_VIRTUAL_HOST = re.compile(rf"(?P<bucket>[a-z0-9][a-z0-9._-]*?)\.{_ENDPOINT}")


def s3_address(text: str) -> S3Uri | None:
    """Read `s3://bucket/key`, or a path-style or virtual-host-style HTTP(S) address of S3; None for anything else.

    A signature already on the address is dropped: the page shows nothing but what it was granted itself.
    """
    text = text.strip()
    uri = _http_address(text) if text.lower().startswith(("http://", "https://")) else _s3_uri(text)
    return uri if uri and uri.bucket and uri.key else None


def _s3_uri(text: str) -> S3Uri | None:
    try:
        return S3Uri.parse(text)
    except S3UriError:
        return None


def _http_address(text: str) -> S3Uri | None:
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    host = address.hostname or ""
    path = unquote(address.path.removeprefix("/"))
    if _PATH_STYLE.fullmatch(host):
        bucket, _, key = path.partition("/")
        return S3Uri(bucket, key)
    virtual = _VIRTUAL_HOST.fullmatch(host)
    return S3Uri(virtual["bucket"], path) if virtual else None
