"""Leave out workers of a labeling job: `python -m local.exclude JOB WORKER[,WORKER…]`; without a worker, nobody."""

from __future__ import annotations

import json
import sys

import boto3

from local.connection import connect
from local.deployment import Deployment


def exclude_workers(deployment: Deployment, job: str, workers: list[str]) -> bool:
    """Leave out these workers and no others; tells whether the job, which has ended, is consolidated again.

    Raises
    ------
    SystemExit
        It can't be done, with the reason.
    """
    payload = json.dumps({"jobKey": job.lower(), "workers": workers}).encode()
    answer = boto3.client("lambda").invoke(FunctionName=deployment["ExcludeFunction"], Payload=payload)
    told = json.loads(answer["Payload"].read())
    if not told.get("excluded"):
        raise SystemExit(f"{job}: {told.get('reason') or told.get('errorMessage')}")
    return bool(told["again"])


def main() -> None:
    """Leave out the workers named on the command line."""
    if len(sys.argv) != 3 or not sys.argv[1]:
        raise SystemExit("usage: make exclude JOB=<job name> WORKER=<worker id>[,<worker id>…]")
    workers = [worker for worker in sys.argv[2].split(",") if worker]
    again = exclude_workers(connect(), sys.argv[1], workers)
    when = "it is consolidated again now" if again else "from the next consolidation on"
    print(f"{sys.argv[1]} leaves out {', '.join(workers) or 'nobody'}: {when} (make watch JOB={sys.argv[1]})")


if __name__ == "__main__":
    main()
