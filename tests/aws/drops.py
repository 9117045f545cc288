"""A folder of the jobs bucket that a labeling job's files arrive in."""

from __future__ import annotations

import json
from typing import Any, cast

from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.job.drop_context import DropContext
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_ingestion.ingest import Ingested, Ingestion
from groundwork.task_types import registry

from tests.aws.account import IN, JOBS, NUMBER, OUT, REGION, Account, Clock, FakeMachine
from tests.aws.labeling import pictures

CONTEXT = DropContext(
    jobs_bucket=JOBS,
    account=NUMBER,
    region=REGION,
    role_arn=f"arn:aws:iam::{NUMBER}:role/groundwork-output",
    default_work_team="harbor",
    data_buckets=(IN,),
    output_buckets=(OUT,),
)
REQUEST = {"Groundwork": {"TaskType": "ImageMultiClass"}}
PATHS = JobPaths(S3Uri(JOBS, "pier/output/pier"))
FILES = {
    "job.json": json.dumps(REQUEST).encode(),
    "labels.json": b'{"document-version":"2018-11-28","labels":[{"label":"boat"},{"label":"net"}]}',
    "day.manifest": b"\n".join(pictures(2)),
}


class Drop:
    """A folder of the jobs bucket that files arrive in."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self.account, self.clock, self.machine = account, clock, FakeMachine()
        self.ingestion = Ingestion(
            store=account.store,
            jobs=account.jobs,
            machine=cast("LabelingMachine", self.machine),
            log=lambda name: account.log(name, "manifest_ingestion"),
            context=CONTEXT,
            task_types=registry,
            now=clock,
        )

    def put(self, name: str, content: bytes | None = None, folder: str = "pier") -> None:
        self.account.put(JOBS, f"{folder}/{name}", FILES[name] if content is None else content)

    def put_all(self) -> None:
        for name in FILES:
            self.put(name)

    def tell(self, name: str = "job.json", folder: str = "pier") -> Ingested:
        return self.ingestion(f"{folder}/{name}")

    def files(self) -> list[str]:
        listed = self.account.s3.list_objects_v2(Bucket=JOBS).get("Contents", [])
        return [entry["Key"] for entry in listed]

    def errors(self, folder: str = "pier") -> Any:
        body = self.account.s3.get_object(Bucket=JOBS, Key=f"{folder}/error.json")["Body"]
        return json.loads(body.read())

    def job(self) -> LabelingJob:
        return LabelingJob.model_validate(self.account.store.read_json(PATHS.job))
