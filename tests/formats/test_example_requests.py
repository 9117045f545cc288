"""The requests under examples/ pass every check of a dropped job.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, DropFiles
from groundwork.job.labeling_job import LabelingJob, ManifestVersion
from groundwork.job.resolve import Inputs, resolve
from groundwork.task_types import registry

EXAMPLES = Path(__file__).parents[2] / "examples"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:meter-{}-annotation"
CONTEXT = DropContext(
    jobs_bucket="groundwork-jobs",
    account="111122223333",
    region="eu-west-1",
    role_arn="arn:aws:iam::111122223333:role/groundwork-annotation-reader",
    default_work_team="harbor",
    customer_functions=(FUNCTION.format("pre"), FUNCTION.format("post")),
)
FILLED_IN = {
    "<jobs bucket>": "groundwork-jobs",
    "<job name>": "custom",
    "<region>": "eu-west-1",
    "<account>": "111122223333",
}


def dropped(folder: str) -> LabelingJob:
    text = (EXAMPLES / folder / "job.json").read_text()
    for placeholder, value in FILLED_IN.items():
        text = text.replace(placeholder, value)
    root = f"s3://groundwork-jobs/{folder}"
    label_file = EXAMPLES / folder / "labels.json"
    labels = label_file.read_bytes() if label_file.exists() else None
    files = DropFiles(folder, f"{root}/objects.manifest", f"{root}/labels.json" if labels else None)
    inputs = Inputs(manifest=ManifestVersion(uri=f"{root}/objects.manifest", etag="9b2cf535"), label_file=labels)
    request = complete(json.loads(text), files, CONTEXT, registry)
    return resolve(request, inputs, CONTEXT, registry, datetime(2026, 3, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("folder", "task_type", "attribute"),
    [
        ("image-classification", "ImageMultiClass", "image-classification"),
        ("text-classification", "TextMultiClass", "topic"),
        ("custom", "Custom", "meterReading"),
    ],
)
def test_an_example_can_be_dropped(folder, task_type, attribute):
    job = dropped(folder)
    assert (job.task_type, job.label_attribute, job.workers_per_object) == (task_type, attribute, 3)


def test_the_custom_example_calls_its_own_functions():
    functions = dropped("custom").functions
    assert (functions.pre, functions.post) == (FUNCTION.format("pre"), FUNCTION.format("post"))
