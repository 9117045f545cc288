"""Drop a labeling job: put its files into the jobs bucket, the manifest last."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3

from local.deployment import Deployment

UPLOADS_AT_A_TIME = 8


def next_job_name(deployment: Deployment, stem: str) -> str:
    """Return `<stem>-<n>` with the first number that no folder of the jobs bucket has."""
    pages = (
        boto3.client("s3")
        .get_paginator("list_objects_v2")
        .paginate(Bucket=deployment.jobs_bucket, Prefix=f"{stem}-", Delimiter="/")
    )
    folders = [prefix["Prefix"] for page in pages for prefix in page.get("CommonPrefixes", [])]
    numbers = [int(match[1]) for folder in folders if (match := re.fullmatch(rf"{re.escape(stem)}-(\d+)/", folder))]
    return f"{stem}-{max(numbers, default=0) + 1}"


def upload(bucket: str, files: Mapping[str, bytes], content_type: str) -> None:
    """Put files into a bucket, several at a time."""
    s3 = boto3.client("s3")

    def put(item: tuple[str, bytes]) -> None:
        s3.put_object(Bucket=bucket, Key=item[0], Body=item[1], ContentType=content_type)

    with ThreadPoolExecutor(UPLOADS_AT_A_TIME) as pool:
        list(pool.map(put, files.items()))


def drop(
    deployment: Deployment,
    name: str,
    example: Path,
    lines: Sequence[Mapping[str, Any]],
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Drop the files of an example folder with a manifest of `lines`.

    Parameters
    ----------
    example
        Holds `job.json` and what it needs beside it.
    changes
        Members of `HumanTaskConfig` to replace.
    """
    request = json.loads((example / "job.json").read_text())
    if changes:
        request["HumanTaskConfig"] = request.get("HumanTaskConfig", {}) | dict(changes)
    others = {f"{name}/{file.name}": file.read_bytes() for file in example.iterdir() if _belongs_to_drop(file)}
    upload(deployment.jobs_bucket, others, "application/json")
    manifest = "".join(json.dumps(line) + "\n" for line in lines)
    started = {f"{name}/job.json": json.dumps(request, indent=2).encode()}
    upload(deployment.jobs_bucket, started, "application/json")
    upload(deployment.jobs_bucket, {f"{name}/input.manifest": manifest.encode()}, "application/jsonlines")


def refusal(deployment: Deployment, name: str) -> str | None:
    """Return the content of `error.json` when the drop was refused."""
    s3 = boto3.client("s3")
    try:
        answer = s3.get_object(Bucket=deployment.jobs_bucket, Key=f"{name}/error.json")
    except s3.exceptions.NoSuchKey:
        return None
    return answer["Body"].read().decode()


def _belongs_to_drop(file: Path) -> bool:
    return file.is_file() and file.name != "job.json" and file.suffix not in {".manifest", ".jsonl", ".md"}
