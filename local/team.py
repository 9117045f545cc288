"""What is known of the workers of a work team, and forgetting it: `python -m local.team show|forget TEAM [WORKER]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import boto3
from groundwork.aws.object_store import ObjectStore
from groundwork.job.s3_uri import S3Uri
from groundwork.job.team_paths import TeamPaths
from groundwork.team_quality.known_quality import KnownQuality, known_quality, label_shares, spammer_score
from groundwork.team_quality.record import Known, TeamRecord

from local.connection import connect
from local.deployment import Deployment

COLUMNS = ("Worker", "Quality", "95 %", "Answers", "Gold", "Spammer score", "Jobs", "Last, UTC")
NOTHING = "-"
LABELS_SHOWN = 6
TRIES = 20


def show(deployment: Deployment, team: str) -> str:
    """Set a table for each task type and set of labels that jobs of the team kept."""
    tables = [_table(record) for _, record in _records(deployment, team)]
    return "\n\n".join(tables) or f"nothing is known of the workers of {team}: no job that keeps it has ended"


def forget(deployment: Deployment, team: str, worker: str | None) -> str:
    """Delete what is known of a team, or of one of its workers, with every former version; says what was done.

    Raises
    ------
    SystemExit
        Jobs that end keep writing the record.
    """
    touched = 0
    for uri, record in list(_records(deployment, team)):
        if worker is None:
            delete_versions(uri)
        elif record.names(worker):
            _forget_worker(uri, worker)
        else:
            continue
        touched += 1
    what = "the team" if worker is None else worker
    return f"{what} is forgotten in {touched} records of {team}" if touched else f"{team}: nothing is known of {what}"


def delete_versions(uri: S3Uri, *, but_the_latest: bool = False) -> None:
    """Delete an object for good: the jobs bucket keeps former versions for 90 days."""
    s3 = boto3.client("s3")
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=uri.bucket, Prefix=uri.key)
    for page in pages:
        for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            if entry["Key"] == uri.key and not (but_the_latest and entry["IsLatest"]):
                s3.delete_object(Bucket=uri.bucket, Key=uri.key, VersionId=entry["VersionId"])


def _forget_worker(uri: S3Uri, worker: str) -> None:
    shared = ObjectStore(boto3.client("s3")).shared(uri)
    for _ in range(TRIES):
        found = shared.find()
        if found is None:
            return
        less = TeamRecord.model_validate_json(found.content).without(worker)
        if shared.replace(found, less.model_dump_json().encode()):
            delete_versions(uri, but_the_latest=True)
            return
    raise SystemExit(f"{uri} is written by jobs that end just now: try again")


def _records(deployment: Deployment, team: str) -> Iterator[tuple[S3Uri, TeamRecord]]:
    store = ObjectStore(boto3.client("s3"))
    prefix = TeamPaths(deployment.jobs_bucket, team).prefix
    for key in sorted(store.keys(prefix)):
        uri = S3Uri(prefix.bucket, key)
        yield uri, TeamRecord.model_validate_json(store.read(uri))


def _table(record: TeamRecord) -> str:
    known = record.known()
    shares = label_shares(known.values())
    rows = [(worker, *_cells(each, known_quality(each, shares))) for worker, each in known.items()]
    rows.sort(key=lambda row: (row[1] == NOTHING, row[1], row[0]))
    lines = [COLUMNS, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    text = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join((_heading(record), "", *text))


def _heading(record: TeamRecord) -> str:
    shown = ", ".join(record.labels[:LABELS_SHOWN])
    rest = len(record.labels) - LABELS_SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    jobs = len(record.older_jobs) + len(record.jobs)
    return f"{record.work_team}, {record.task_type}, {jobs} jobs, labels {shown}{more}"


def _cells(known: Known, quality: KnownQuality | None) -> tuple[str, ...]:
    score = spammer_score(known.counts)
    return (
        NOTHING if quality is None else f"{quality.value:.2f}",
        NOTHING if quality is None else f"{quality.interval[0]:.2f} to {quality.interval[1]:.2f}",
        f"{known.answers:,}",
        f"{known.gold.right} of {known.gold.answers}" if known.gold.answers else NOTHING,
        NOTHING if score is None else f"{score:.2f}",
        str(known.jobs),
        datetime.fromtimestamp(known.last, UTC).strftime("%Y-%m-%d %H:%M"),
    )


def main(arguments: Sequence[str] = sys.argv) -> None:
    """Show or forget the team named on the command line."""
    match [argument for argument in arguments[1:] if argument]:
        case ["show", team]:
            print(show(connect(), team))
        case ["forget", team, *workers] if len(workers) <= 1:
            print(forget(connect(), team, workers[0] if workers else None))
        case _:
            raise SystemExit("usage: make team TEAM=<work team>, make forget TEAM=<work team> [WORKER=<worker id>]")


if __name__ == "__main__":
    main()
