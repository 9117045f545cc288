"""Stop a labeling job by its marker: `python -m local.stop JOB` writes `<job>/stop` to the jobs bucket."""

from __future__ import annotations

import sys

import boto3

from local.connection import connect
from local.deployment import Deployment


def stop_job(deployment: Deployment, job: str) -> None:
    """Ask a job to stop.

    Raises
    ------
    SystemExit
        There is no such drop.
    """
    s3 = boto3.client("s3")
    found = s3.list_objects_v2(Bucket=deployment.jobs_bucket, Prefix=f"{job}/job.json", MaxKeys=1)
    if not found.get("KeyCount"):
        raise SystemExit(f"no job {job!r}: s3://{deployment.jobs_bucket}/{job}/job.json does not exist")
    s3.put_object(Bucket=deployment.jobs_bucket, Key=f"{job}/stop", Body=b"")


def main() -> None:
    """Stop the job named on the command line."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        raise SystemExit("usage: make stop JOB=<job name>")
    stop_job(connect(), sys.argv[1])
    print(f"{sys.argv[1]} is asked to stop; what is labeled so far is kept (make watch JOB={sys.argv[1]})")


if __name__ == "__main__":
    main()
