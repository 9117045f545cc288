"""What a folder can't know before it is dropped: the names that stand in angle brackets, and the objects at them.

`s3://<jobs bucket>/…`, `s3://<jobs bucket>/<job name>/…` and `arn:aws:lambda:<region>:<account>:…` in `job.json` and
manifests become those of the deployment. An object that a manifest names as `s3://<jobs bucket>/KEY` is taken from
beside the folder (`FOLDER/../KEY`) or from inside it (`FOLDER/KEY`), so that folders can share their images.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import boto3

BUCKET = b"s3://<jobs bucket>/"
FOLDER = BUCKET + b"<job name>/"
FUNCTION = b"arn:aws:lambda:<region>:<account>:"
_NAMED = re.compile(rb'"s3://<jobs bucket>/((?:[^"\\]|\\.)+)"')
_OWN = "<job name>/"


def fill_in(content: bytes, bucket: str, job: str) -> bytes:
    """Put the deployment's names in the place of those in angle brackets."""
    filled = content.replace(FOLDER, f"s3://{bucket}/{job}/".encode()).replace(BUCKET, f"s3://{bucket}/".encode())
    return filled.replace(FUNCTION, _functions()) if FUNCTION in filled else filled


def objects_beside(folder: Path, manifests: Iterable[bytes]) -> tuple[dict[str, Path], list[str]]:
    """Find what manifests name outside the job's own folder: the files by key, and the keys that have none."""
    files: dict[str, Path] = {}
    without: list[str] = []
    for key in dict.fromkeys(key for manifest in manifests for key in _named_keys(manifest)):
        file = _file(folder, key)
        if file is None:
            without.append(key)
        else:
            files[key] = file
    return files, without


def _named_keys(manifest: bytes) -> Iterator[str]:
    for found in _NAMED.findall(manifest):
        try:
            key: str = json.loads(b'"' + found + b'"')
        except ValueError:
            # The line is no JSON: the job's error.json will say so.
            continue
        if not key.startswith(_OWN):
            yield key


def _file(folder: Path, key: str) -> Path | None:
    path = PurePosixPath(key)
    if path.is_absolute() or ".." in path.parts:
        return None
    places = (folder.resolve().parent / path, folder / path)
    return next((place for place in places if place.is_file()), None)


def _functions() -> bytes:
    account = boto3.client("sts").get_caller_identity()["Account"]
    return f"arn:aws:lambda:{boto3.Session().region_name}:{account}:".encode()
