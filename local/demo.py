"""`make demo`: a labeling job from dropped manifest to output manifest, labeled by a simulated workforce.

Everything goes the way it goes on AWS: files into the jobs bucket, workers through the portal API, progress from
CloudWatch Logs, results from S3.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from local.accuracy import measure
from local.behaviour import digit_workers
from local.cloud import CloudError, start
from local.deploy import DeployError, deploy_local
from local.deployment import Deployment
from local.digit_jobs import TEAM, drop_digits, follow
from local.digits import LABELS, Digit, sample_digits
from local.drop import next_job_name
from local.job_output import JobOutput, read_job, read_output
from local.settings import default_settings
from local.workers import invite, join_team
from local.workforce import Labeling, Workforce

SEED = 20260730
IMAGES = 200
IMAGES_BY_HAND = 10
DEFAULT_TEAM = "default"
"""The work team of jobs that name none, as cdk.json has it."""
WORKERS = tuple(f"simulated-{number}" for number in range(1, 6))
HUMAN = "me"
LINES_SHOWN = 3


def run_demo() -> None:
    """Deploy, drop, label, show."""
    began = time.monotonic()
    settings = default_settings()
    start(settings)
    deployment = deploy_local(settings)
    print(f"deployed after {time.monotonic() - began:.0f} s")
    workforce = Workforce(deployment, TEAM, WORKERS)
    workforce.sign_in()

    digits = sample_digits(IMAGES, SEED)
    name = next_job_name(deployment, "digits")
    drop_digits(deployment, name, digits, NumberOfHumanWorkersPerDataObject=3)
    print(f"dropped s3://{deployment.jobs_bucket}/{name}/ : {IMAGES} images, 3 workers each")
    truth = {digit.name: digit.truth for digit in digits}
    records = workforce.start(Labeling(job=name, truth=truth, labels=LABELS), digit_workers(SEED))
    follow(deployment, name, workforce, records)

    _report(read_output(read_job(deployment, name)), truth)
    print(f"\nfrom the deployment to the output manifest: {time.monotonic() - began:.0f} s")
    _offer_by_hand(deployment, digits[:IMAGES_BY_HAND])


def _report(output: JobOutput, truth: dict[str, str]) -> None:
    print(f"\noutput manifest: {output.manifest_uri}")
    for line in output.lines[:LINES_SHOWN]:
        print(f"  {line}")
    accuracy = measure(truth, output.labels, output.answers)
    print(f"  … {len(output.lines)} lines")
    print(f"\nlabels that are right: {accuracy.consolidated:.1%} of {accuracy.objects}")
    print(f"by plain majority vote: {accuracy.majority:.1%}")


def _offer_by_hand(deployment: Deployment, digits: Sequence[Digit]) -> None:
    """Leave a small job for the reader and say how to get to it."""
    name = next_job_name(deployment, "by-hand")
    drop_digits(deployment, name, digits, NumberOfHumanWorkersPerDataObject=1)
    password = invite(deployment, HUMAN, TEAM, renew=True)
    join_team(deployment, HUMAN, DEFAULT_TEAM)
    print(f"\nNow label by hand: the job {name} waits for you.")
    print(f"  portal    {deployment['PortalUrl']}")
    print(f"  user      {HUMAN}")
    print(f"  password  {password}   (asks for a new one at the first sign-in)")
    print(f"  progress  make watch JOB={name}")
    print(f"  output    s3://{deployment.jobs_bucket}/{name}/output/{name}/manifests/output/output.manifest")
    print("  more jobs make drop FOLDER=examples/bounding-box, or another folder of examples/")
    print("  the end   make down")


def main() -> None:
    """Run the demo."""
    try:
        run_demo()
    except (DeployError, CloudError) as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()
