"""`make demo-automated`: a model and a simulated workforce label 1,797 digits together.

The request is Ground Truth's own. Workers make no mistakes here, so that what is wrong is the model's doing.
"""

from __future__ import annotations

import json
import time

from local.behaviour import Behaviour
from local.cloud import CloudError, start
from local.deploy import DeployError, deploy_local
from local.deployment import Deployment
from local.digit_jobs import TEAM, drop_digits, follow
from local.digits import ALL, LABELS, sample_digits
from local.drop import next_job_name
from local.job_output import JobOutput, read_job, read_output, read_quality
from local.settings import default_settings
from local.workforce import Labeling, Workforce

SEED = 20261130
WORKERS = tuple(f"sorter-{number}" for number in range(1, 6))
ALGORITHM = "arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/image-classification"
TARGET = 0.95
PEOPLE_AT_ONCE = 200
"""Data objects in a round, as Ground Truth's own samples have it for so many images."""


def run_demo() -> None:
    """Deploy, drop, label, show."""
    settings = default_settings()
    start(settings)
    deployment = deploy_local(settings)
    workforce = Workforce(deployment, TEAM, WORKERS)
    workforce.sign_in()

    digits = sample_digits(ALL, SEED)
    truth = {digit.name: digit.truth for digit in digits}
    name = next_job_name(deployment, "automated-digits")
    began = time.monotonic()
    drop_digits(
        deployment,
        name,
        digits,
        {
            "LabelingJobAlgorithmsConfig": {"LabelingJobAlgorithmSpecificationArn": ALGORITHM},
            "Groundwork": {"TaskType": "ImageMultiClass", "AutomatedLabeling": {"Target": TARGET}},
        },
        NumberOfHumanWorkersPerDataObject=1,
        MaxConcurrentTaskCount=PEOPLE_AT_ONCE,
    )
    print(f"dropped s3://{deployment.jobs_bucket}/{name}/ : {len(digits)} images, automated labeling at {TARGET:.0%}")
    perfect = [Behaviour(1.0, SEED, {})] * len(WORKERS)
    records = workforce.start(Labeling(job=name, truth=truth, labels=LABELS), perfect)
    follow(deployment, name, workforce, records)
    _report(deployment, name, truth)
    print(f"from the drop to the output manifest: {time.monotonic() - began:.0f} s")


def _report(deployment: Deployment, name: str, truth: dict[str, str]) -> None:
    job = read_job(deployment, name)
    output = read_output(job)
    by_model = _by_model(output, job.metadata_attribute)
    right = sum(output.labels[data_object] == truth[data_object] for data_object in by_model)
    print(f"\noutput manifest: {output.manifest_uri}")
    print(f"labeled by people: {len(output.labels) - len(by_model)}, by the model: {len(by_model)}", end="")
    print(f" ({len(by_model) / len(output.labels):.1%})")
    if by_model:
        print(f"the model's labels that are right: {right / len(by_model):.2%}, asked for {TARGET:.0%}")
    for each in read_quality(job)["automation"]["rounds"]:
        said = "" if each["bound"] is None else f", right in {each['bound']:.3f} of all cases or more"
        said += f"; {each['reason']}" if each["reason"] else ""
        print(f"  round {each['round']}: {each['machineLabeled']} by the model, {each['forPeople']} for people{said}")


def _by_model(output: JobOutput, metadata_attribute: str) -> list[str]:
    """Name the data objects that the model labeled."""
    return [
        name
        for name, line in zip(output.labels, map(json.loads, output.lines), strict=True)
        if line[metadata_attribute]["human-annotated"] == "no"
    ]


def main() -> None:
    """Run the demo."""
    try:
        run_demo()
    except (DeployError, CloudError) as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()
