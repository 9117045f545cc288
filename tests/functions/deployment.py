"""The functions in an account in memory: events, calls of the portal, and fakes for what moto does not have."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.aws.account import Account, Clock, FakeMachine, FakeSchedule
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job

FUNCTIONS = Path(__file__).parents[2] / "functions"


@dataclass
class Context:
    """What Lambda tells a function of itself."""

    function_name: str = "portal_api"
    memory_limit_in_mb: int = 1024
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:portal_api"
    aws_request_id: str = "8f507cfc-xmpl-4697-b07a-ac58fc914c95"

    def get_remaining_time_in_millis(self) -> int:
        """Ten minutes."""
        return 600_000


def event(folder: str) -> dict[str, Any]:
    """Read the event beside a handler."""
    document: dict[str, Any] = json.loads((FUNCTIONS / folder / "event.json").read_text())
    return document


def call(folder: str, document: dict[str, Any]) -> Any:
    """Call a handler as Lambda does."""
    module = import_module(f"functions.{folder.replace('/', '.')}.handler")
    answer = module.handler(copy.deepcopy(document), Context())
    json.dumps(answer)
    return answer


@dataclass
class Reply:
    """What API Gateway passes on."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Deployment:
    """The account with a user pool, in which a worker has signed in."""

    account: Account
    clock: Clock
    machine: FakeMachine
    schedule: FakeSchedule
    cognito: Any
    pool: str
    usernames: dict[str, str] = field(default_factory=dict)

    def invite(self, name: str, team: str | None = "harbor") -> None:
        """Make a worker."""
        user = self.cognito.admin_create_user(
            UserPoolId=self.pool,
            Username=f"{name}@example.com",
            UserAttributes=[{"Name": "email", "Value": f"{name}@example.com"}],
        )["User"]
        self.usernames[name] = user["Username"]
        if team:
            self.cognito.admin_add_user_to_group(UserPoolId=self.pool, Username=user["Username"], GroupName=team)

    def labeling(self, objects: int = 3, **changes: Any) -> Labeling:
        """Record a job as ingestion does, so that the functions find it."""
        job = image_job(**{"workers_per_object": 1, "arn": f"{ARN}/pier-kind", **changes})
        fakes = {"machine": self.machine, "schedule": self.schedule}
        return Labeling.begin(self.account, self.clock, job, pictures(objects), **fakes)

    def portal(self, method: str, path: str, body: Any = None, worker: str = "ada") -> Reply:
        """Call the portal's API."""
        document = event("portal_api")
        http = document["requestContext"]["http"]
        http["method"], http["path"], document["rawPath"] = method, path, path
        document["routeKey"] = document["requestContext"]["routeKey"] = f"{method} {path}"
        claims = document["requestContext"]["authorizer"]["jwt"]["claims"]
        username = self.usernames.get(worker, worker)
        claims |= {"cognito:username": username, "sub": username, "email": f"{worker}@example.com"}
        if body is not None:
            document["body"] = body if isinstance(body, str) else json.dumps(body)
            document["headers"]["content-type"] = "application/json"
        answer = call("portal_api", document)
        text = answer.get("body") or ""
        kind = answer["headers"].get("Content-Type", "")
        return Reply(answer["statusCode"], json.loads(text) if "json" in kind else text, answer["headers"])

    def task(self, worker: str = "ada", **request: Any) -> dict[str, Any]:
        """Take a task."""
        reply = self.portal("POST", "/jobs/pier-kind/tasks", {"show": True, **request}, worker)
        assert reply.status == 200, reply.body
        task: dict[str, Any] = reply.body["task"]
        return task


ARN = "arn:aws:sagemaker:us-east-1:123456789012:labeling-job"
ANSWER = {"answer": label("net"), "timeSpentInSeconds": 2.5}


def refusal(reply: Reply) -> tuple[int, str]:
    assert set(reply.body) == {"code", "message"}
    assert reply.body["message"]
    return reply.status, reply.body["code"]


def act(deployment: Deployment, task: dict[str, Any], action: str, body: dict[str, Any], worker: str = "ada") -> Reply:
    method = "PUT" if action == "draft" else "POST"
    path = f"/jobs/pier-kind/tasks/{task['entry']}/{action}"
    return deployment.portal(method, path, {"token": task["token"], **body}, worker)
