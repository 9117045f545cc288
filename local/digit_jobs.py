"""Labeling jobs of handwritten digits: dropped and followed until a simulated workforce has labeled them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from local.deployment import Deployment
from local.digits import Digit
from local.drop import drop, upload
from local.settings import ROOT
from local.watch import watch
from local.workforce import WorkerRecord, Workforce

EXAMPLE = ROOT / "examples" / "image-classification"
TEAM = "digit-readers"


def drop_digits(
    deployment: Deployment,
    name: str,
    digits: Sequence[Digit],
    members: Mapping[str, Any] | None = None,
    **human_task: Any,
) -> None:
    """Upload the images, then drop a job that labels them; `members` of the request and of `HumanTaskConfig`."""
    images = {f"{name}/images/{digit.name}": digit.png for digit in digits}
    upload(deployment.jobs_bucket, images, "image/png")
    lines = [{"source-ref": f"s3://{deployment.jobs_bucket}/{key}"} for key in images]
    arn = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    changes = {
        "WorkteamArn": arn,
        **human_task,
        # Several runs leave several jobs with one title.
        "TaskDescription": f"Look at a handwritten digit and choose its name (labeling job {name})",
    }
    drop(deployment, name, EXAMPLE, lines, {**(members or {}), "HumanTaskConfig": changes})


def follow(deployment: Deployment, name: str, workforce: Workforce, records: Sequence[Future[WorkerRecord]]) -> None:
    """Show the progress until the job ends; a worker's error ends the demo, and so does any end but Completed."""

    def check() -> None:
        for record in records:
            if record.done():
                record.result()

    try:
        progress = watch(deployment, name, check)
    finally:
        workforce.stop()
    if progress.status != "Completed":
        raise SystemExit(f"the job ended as {progress.status}: {progress.message}")
    answers = sum(record.result().submitted for record in records)
    print(f"{name}: {progress.status}, {answers} answers by {len(records)} workers")
