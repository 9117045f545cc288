"""Drop a labeling job: put its files into the jobs bucket, those that start it last.

Called as `python -m local.drop FOLDER [JOB]`; without a name the job is called after the folder, with a number.
"""

from __future__ import annotations

import json
import mimetypes
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3

from local.connection import connect
from local.deployment import Deployment
from local.placeholders import fill_in, objects_beside

UPLOADS_AT_A_TIME = 8
MANIFESTS = frozenset({".manifest", ".jsonl"})
OBJECTS_LISTED = 5


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
    members: Mapping[str, Any] | None = None,
) -> None:
    """Drop the files of an example folder with a manifest of `lines`.

    Parameters
    ----------
    example
        Holds `job.json` and what it needs beside it.
    members
        Members of the request to replace; of `HumanTaskConfig` only those that are named.
    """
    request = json.loads((example / "job.json").read_text())
    human_task = request.get("HumanTaskConfig", {})
    request |= dict(members or {})
    request["HumanTaskConfig"] = human_task | request.get("HumanTaskConfig", {})
    others = {f"{name}/{file.name}": file.read_bytes() for file in example.iterdir() if _belongs_to_drop(file)}
    upload(deployment.jobs_bucket, others, "application/json")
    manifest = "".join(json.dumps(line) + "\n" for line in lines)
    started = {f"{name}/job.json": json.dumps(request, indent=2).encode()}
    upload(deployment.jobs_bucket, started, "application/json")
    upload(deployment.jobs_bucket, {f"{name}/input.manifest": manifest.encode()}, "application/jsonlines")


def drop_folder(deployment: Deployment, job: str, folder: Path) -> None:
    """Drop a folder with what lies deeper in it and what its manifests point to beside it (see `placeholders`).

    Raises
    ------
    SystemExit
        The folder lacks what every labeling job needs; nothing was put into the bucket.
    """
    needed, starts = drop_order(folder)
    contents = {file.name: file.read_bytes() for file in starts}
    _check_complete(folder, contents)
    manifests = [content for name, content in contents.items() if name != "job.json"]
    beside, without = objects_beside(folder, manifests)
    _check_there(deployment, folder, without)
    # What an earlier drop of that name was refused for says nothing about this one.
    boto3.client("s3").delete_object(Bucket=deployment.jobs_bucket, Key=f"{job}/error.json")
    own = {f"{job}/{file.relative_to(folder).as_posix()}": file for file in needed}
    upload_files(deployment.jobs_bucket, beside | own)
    for name, content in contents.items():
        filled = fill_in(content, deployment.jobs_bucket, job)
        upload(deployment.jobs_bucket, {f"{job}/{name}": filled}, _content_type(Path(name)))


def upload_files(bucket: str, files: Mapping[str, Path]) -> None:
    """Put files into a bucket, each as what its name's ending says it is."""
    by_type: dict[str, dict[str, bytes]] = defaultdict(dict)
    for key, file in files.items():
        by_type[_content_type(file)][key] = file.read_bytes()
    for content_type, contents in by_type.items():
        upload(bucket, contents, content_type)


def drop_order(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return a folder's files in two halves: first what a job needs, then what starts it, `job.json` at the end.

    A job must not start before all its manifests are there: which of several is meant is asked then.
    """
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    manifests = [file for file in files if file.parent == folder and file.suffix in MANIFESTS]
    request = [file for file in files if file == folder / "job.json"]
    starts = manifests + request
    return [file for file in files if file not in starts], starts


def refusal(deployment: Deployment, name: str) -> str | None:
    """Return the content of `error.json` when the drop was refused."""
    s3 = boto3.client("s3")
    try:
        answer = s3.get_object(Bucket=deployment.jobs_bucket, Key=f"{name}/error.json")
    except s3.exceptions.NoSuchKey:
        return None
    return answer["Body"].read().decode()


def _content_type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "binary/octet-stream"


def _check_complete(folder: Path, contents: Mapping[str, bytes]) -> None:
    if "job.json" not in contents:
        raise SystemExit(f"{folder} has no job.json: see docs/drop.md, or take a folder of examples/")
    if len(contents) == 1 and b'"ManifestS3Uri"' not in contents["job.json"]:
        raise SystemExit(f"{folder} has no manifest (*.manifest or *.jsonl), and its job.json names no ManifestS3Uri")


def _check_there(deployment: Deployment, folder: Path, keys: Sequence[str]) -> None:
    """Look in the bucket for the objects that no file was found for."""
    s3 = boto3.client("s3")
    missing = []
    for key in keys:
        try:
            s3.head_object(Bucket=deployment.jobs_bucket, Key=key)
        except s3.exceptions.ClientError:
            missing.append(key)
    if missing:
        listed = "".join(f"\n  {key}" for key in missing[:OBJECTS_LISTED])
        more = f"\n  and {len(missing) - OBJECTS_LISTED} more" if len(missing) > OBJECTS_LISTED else ""
        raise SystemExit(
            f"the manifest of {folder} names objects that are neither beside nor in that folder, nor in the bucket"
            f" {deployment.jobs_bucket}:{listed}{more}"
        )


def _belongs_to_drop(file: Path) -> bool:
    return file.is_file() and file.name != "job.json" and file.suffix not in MANIFESTS | {".md"}


def main() -> None:
    """Drop the folder named on the command line."""
    if not 2 <= len(sys.argv) <= 3 or not sys.argv[1]:
        raise SystemExit("usage: make drop FOLDER=<folder> [JOB=<job name>]")
    folder = Path(sys.argv[1])
    deployment = connect()
    job = sys.argv[2] if len(sys.argv) == 3 else next_job_name(deployment, folder.resolve().name)
    drop_folder(deployment, job, folder)
    print(f"dropped s3://{deployment.jobs_bucket}/{job}/ (make watch JOB={job})")


if __name__ == "__main__":
    main()
