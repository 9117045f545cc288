"""One labeling job through every function of ours, with people who take their time, all of it metered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import boto3

from local.bench import assumptions
from local.bench.account import ACCOUNT, BUCKET, REGION, TEAM, Clock, Functions, account, definition, worker_names
from local.bench.machine_walk import TOKEN, MachineWalk
from local.bench.meter import Meter
from local.bench.prices import Unit

JOB = "tickets"
LABELS = ("billing", "delivery", "other")
ANSWER = {"crowd-classifier": {"label": "billing"}}


def run(objects: int) -> Meter:
    """Label a text classification job and give what it took."""
    meter = Meter(assumptions.CALL_SECONDS)
    with account(meter) as pool:
        _Job(meter, pool).label(objects)
    return meter


class _Job:
    def __init__(self, meter: Meter, pool: str) -> None:
        self._meter = meter
        self._clock = Clock()
        self._functions = Functions(meter, self._clock)
        self._readers = [_Reader(name, pool, self._functions, meter) for name in worker_names()]

    def label(self, objects: int) -> None:
        for key in self._drop(objects):
            event = {
                "version": "0",
                "detail-type": "Object Created",
                "source": "aws.s3",
                "time": datetime.fromtimestamp(self._clock(), UTC).isoformat(),
                "detail": {"object": key},
            }
            self._functions.invoke("manifest_ingestion", event)
        walk = MachineWalk(definition(), self._invoke)
        walk.run({"jobKey": JOB, "execution": 1, "rebuild": False})
        self._meter.add(Unit.TRANSITION, walk.transitions)
        answered = sum(reader.submitted for reader in self._readers)
        output = boto3.client("s3").get_object(
            Bucket=BUCKET, Key=f"{JOB}/output/{JOB}/manifests/output/output.manifest"
        )
        lines = output["Body"].read().decode().splitlines()
        labeled = sum("topic-metadata" in json.loads(line) for line in lines)
        if (answered, labeled) != (objects * assumptions.WORKERS, objects):
            raise RuntimeError(f"{answered} answers and {labeled} labels for {objects} data objects")

    def _drop(self, objects: int) -> list[Mapping[str, str]]:
        request = {
            "LabelAttributeName": "topic",
            "HumanTaskConfig": {
                "TaskTitle": "What is this support ticket about?",
                "TaskDescription": "Read one message of a customer and choose its topic",
                "WorkteamArn": f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:workteam/private-crowd/{TEAM}",
                "NumberOfHumanWorkersPerDataObject": assumptions.WORKERS,
            },
            "Groundwork": {"TaskType": "TextMultiClass"},
        }
        labels = {"document-version": "2018-11-28", "labels": [{"label": label} for label in LABELS]}
        text = "Good morning, the invoice of last month was charged twice to my card; please pay one of them back."
        lines = [json.dumps({"source": f"Ticket {number}: {text}"}) + "\n" for number in range(objects)]
        files = {
            "labels.json": json.dumps(labels),
            "job.json": json.dumps(request),
            "tickets.manifest": "".join(lines),
        }
        s3 = boto3.client("s3")
        for name, content in files.items():
            s3.put_object(Bucket=BUCKET, Key=f"{JOB}/{name}", Body=content.encode())
        return [{"key": f"{JOB}/{name}"} for name in files]

    def _invoke(self, name: str, event: Any, waits: bool) -> Any:
        self._meter.released.clear()
        answer = self._functions.invoke(name, event)
        if not waits:
            return answer
        self._people_work()
        return {"reason": self._meter.released[TOKEN]}

    def _people_work(self) -> None:
        """Let the workers answer in turn, and the clock of the job ring, until the machine is released."""
        while TOKEN not in self._meter.released:
            reader = min(self._readers, key=lambda each: each.free_at)
            due = self._due()
            if due <= reader.free_at or reader.done:
                self._clock.moment = max(self._clock(), due)
                self._meter.scheduled.pop(JOB, None)
                self._meter.add(Unit.SCHEDULE)
                self._functions.invoke("wake", {"jobKey": JOB})
                continue
            self._clock.moment = max(self._clock(), reader.free_at)
            reader.turn(self._clock())

    def _due(self) -> float:
        expression = self._meter.scheduled.get(JOB)
        if expression is None:
            return float("inf")
        moment = datetime.fromisoformat(expression.removeprefix("at(").removesuffix(")"))
        return moment.replace(tzinfo=UTC).timestamp()


class _Reader:
    """One worker, whose portal reserves a task, loads its page, and submits with the next one in hand."""

    def __init__(self, name: str, pool: str, functions: Functions, meter: Meter) -> None:
        self._name = name
        self._pool = pool
        self._functions = functions
        self._meter = meter
        self._shown: dict[str, Any] | None = None
        self._reserved: dict[str, Any] | None = None
        self._after = ""
        self._listed_at = float("-inf")
        self.free_at = 0.0
        self.submitted = 0
        self.done = False

    def turn(self, now: float) -> None:
        """Submit what is in hand and go on to the next task; that takes until `free_at`."""
        if now - self._listed_at >= assumptions.LIST_SECONDS:
            self._call("GET", "/jobs")
            self._listed_at = now
        if self._shown is not None:
            self._submit(self._shown)
            self._shown, self._reserved = self._reserved, None
        if self._shown is None:
            self._shown = self._next(show=True)
        if self._shown is not None:
            self._reserved = self._next(show=False)
        self.free_at = now + assumptions.SECONDS_AN_ANSWER

    def _next(self, *, show: bool) -> dict[str, Any] | None:
        answer = self._call("POST", f"/jobs/{JOB}/tasks", {"show": show, "after": self._after})
        self._after = answer.get("after") or self._after
        task: dict[str, Any] | None = answer["task"]
        if task is None:
            self.done = answer["reason"] == "done"
            return None
        self._call("GET", task["pageUrl"])
        return task

    def _submit(self, task: Mapping[str, Any]) -> None:
        following = self._reserved
        body = {"token": task["token"], "answer": ANSWER, "timeSpentInSeconds": assumptions.SECONDS_AN_ANSWER}
        if following is not None:
            body["next"] = {"entry": following["entry"], "token": following["token"]}
        self._call("POST", f"/jobs/{JOB}/tasks/{task['entry']}/answer", body)
        self._meter.add(Unit.API_REQUEST, assumptions.SHOWN_TASK_REQUESTS)
        self.submitted += 1

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        self._meter.add(Unit.API_REQUEST)
        issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{self._pool}"
        claims = {"cognito:username": self._name, "sub": f"{self._name}-sub", "iss": issuer}
        event = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": quote(path),
            "rawQueryString": "",
            "headers": {"content-type": "application/json"},
            "requestContext": {
                "http": {"method": method, "path": path},
                "stage": "$default",
                "authorizer": {"jwt": {"claims": claims, "scopes": None}},
            },
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        answer = self._functions.invoke("portal_api", event)
        if answer["statusCode"] != 200:
            raise RuntimeError(f"{method} {path} answered {answer['statusCode']}: {answer['body'][:500]}")
        return json.loads(answer["body"]) if not path.startswith("/pages/") else None
