"""What a finished job has written to S3: in Ground Truth's formats, and its quality figures."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import boto3
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri

from local.deployment import Deployment


@dataclass(frozen=True, slots=True)
class JobOutput:
    """The output manifest's place and lines, and labels and answers by data object."""

    manifest_uri: str
    lines: tuple[str, ...]
    labels: dict[str, str]
    answers: dict[str, list[str]]


def read_job(deployment: Deployment, name: str) -> LabelingJob:
    """Read the labeling job as it was resolved at its start; the default output path is assumed."""
    root = S3Uri(deployment.jobs_bucket, f"{name}/output/{name}")
    return LabelingJob.model_validate_json(_read(JobPaths(root).job))


def read_output(job: LabelingJob) -> JobOutput:
    """Read output manifest and worker responses of a single-label job."""
    paths = JobPaths(job.output)
    lines = _read(paths.output_manifest).decode().splitlines()
    records = [json.loads(line) for line in lines]
    names = [data_object_name(record) for record in records]
    labels = {
        name: record[job.metadata_attribute]["class-name"]
        for name, record in zip(names, records, strict=True)
        if "class-name" in record.get(job.metadata_attribute, {})
    }
    return JobOutput(str(paths.output_manifest), tuple(lines), labels, _answers(paths, names))


def read_quality(job: LabelingJob, *, seconds: float = 60) -> dict[str, Any]:
    """Read the quality figures of a job that has ended; they come a moment after its last status.

    Raises
    ------
    TimeoutError
        They did not come.
    """
    uri, deadline = JobPaths(job.output).quality, time.monotonic() + seconds
    missing = boto3.client("s3").exceptions.NoSuchKey
    while time.monotonic() < deadline:
        with suppress(missing):
            document: dict[str, Any] = json.loads(_read(uri))
            return document
        time.sleep(1)
    raise TimeoutError(f"no quality figures of {job.name} within {seconds:.0f} s")


def data_object_name(record: dict[str, Any]) -> str:
    """Name a data object by its file name, or by its text."""
    if "source-ref" in record:
        return PurePosixPath(record["source-ref"]).name
    return str(record["source"])


def _answers(paths: JobPaths, names: list[str]) -> dict[str, list[str]]:
    answers: dict[str, list[str]] = defaultdict(list)
    root = paths.annotations.child("worker-response/")
    for page in boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket=root.bucket, Prefix=root.key):
        for found in page.get("Contents", []):
            object_id = int(PurePosixPath(found["Key"]).parent.name)
            for answer in json.loads(_read(S3Uri(root.bucket, found["Key"])))["answers"]:
                answers[names[object_id]] += [value["label"] for value in answer["answerContent"].values()]
    return answers


def _read(uri: S3Uri) -> bytes:
    return boto3.client("s3").get_object(Bucket=uri.bucket, Key=uri.key)["Body"].read()
