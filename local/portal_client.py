"""The worker's side of the portal API, as the portal in a browser uses it (docs/architecture.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from local.deployment import Deployment
from local.http_client import HttpClient, Response

Json = Any


class PortalError(Exception):
    """The portal API refused a request."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class PortalTask:
    """A task that is reserved for or leased to this worker."""

    entry: int
    token: str
    page_url: str
    lease_until: float | None
    draft: Mapping[str, Json] | None
    time_spent: float


@dataclass(frozen=True, slots=True)
class NextTask:
    """What the portal offers next; without a task, `reason` is `waiting`, `done` or `stopped`."""

    task: PortalTask | None
    after: Json = None
    reason: str | None = None


def sign_in(deployment: Deployment, name: str, password: str, *, new_password: str | None = None) -> str:
    """Sign a worker in and return the ID token; takes the forced first password change with `new_password`.

    Raises
    ------
    ValueError
        Cognito asks for a new password and none was given, or asks for something else.
    """
    # A browser has no AWS credentials either.
    cognito = boto3.client("cognito-idp", config=Config(signature_version=UNSIGNED))
    client_id = deployment["UserPoolClientId"]
    answer = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    challenge = answer.get("ChallengeName")
    if challenge is None:
        return answer["AuthenticationResult"]["IdToken"]
    if challenge != "NEW_PASSWORD_REQUIRED" or new_password is None:
        raise ValueError(f"Cognito asks {name} for {challenge}")
    changed = cognito.respond_to_auth_challenge(
        ClientId=client_id,
        ChallengeName=challenge,
        Session=answer["Session"],
        ChallengeResponses={"USERNAME": name, "NEW_PASSWORD": new_password},
    )
    return changed["AuthenticationResult"]["IdToken"]


class PortalClient:
    """One signed-in worker; not shared between threads."""

    def __init__(self, api_url: str, id_token: str) -> None:
        self._api_url = api_url.rstrip("/") + "/"
        self._headers = {"Authorization": f"Bearer {id_token}", "Content-Type": "application/json"}
        self._http = HttpClient()

    def jobs(self) -> list[dict[str, Json]]:
        """List the jobs open to this worker's teams."""
        jobs: list[dict[str, Json]] = self._call("GET", "jobs")["jobs"]
        return jobs

    def next_task(self, job: str, *, after: Json = None, entry: int | None = None, show: bool = True) -> NextTask:
        """Ask for a task; `show` starts its clock, else it is only reserved."""
        body: dict[str, Json] = {"show": show}
        if after is not None:
            body["after"] = after
        if entry is not None:
            body["entry"] = entry
        answer = self._call("POST", f"jobs/{quote(job)}/tasks", body)
        found = answer.get("task")
        if found is None:
            return NextTask(None, answer.get("after"), answer.get("reason"))
        return NextTask(_task(found), answer.get("after"))

    def submit(
        self,
        job: str,
        task: PortalTask,
        answer: Mapping[str, Json],
        *,
        seconds: float,
        following: PortalTask | None = None,
    ) -> dict[str, Json]:
        """Submit an answer; `following` is the prefetched task whose clock starts with it."""
        body: dict[str, Json] = {"token": task.token, "answer": answer, "timeSpentInSeconds": seconds}
        if following is not None:
            body["next"] = {"entry": following.entry, "token": following.token}
        return self._act("POST", job, task, "answer", body)

    def show(self, job: str, task: PortalTask) -> dict[str, Json]:
        """Start the clock of a reserved task."""
        return self._act("POST", job, task, "show", {"token": task.token})

    def decline(self, job: str, task: PortalTask, *, code: str | None = None, reason: str | None = None) -> None:
        """Give a task back for good."""
        body = {"token": task.token, "code": code, "reason": reason}
        self._act("POST", job, task, "decline", {name: value for name, value in body.items() if value is not None})

    def skip(self, job: str, task: PortalTask) -> None:
        """Put a task off until nothing else is left."""
        self._act("POST", job, task, "skip", {"token": task.token})

    def save_draft(self, job: str, task: PortalTask, draft: Mapping[str, Json], *, seconds: float, stop: bool) -> None:
        """Keep unfinished work; `stop` gives the task up until the worker resumes it."""
        body = {"token": task.token, "draft": draft, "timeSpentInSeconds": seconds, "stop": stop}
        self._act("PUT", job, task, "draft", body)

    def renew(self, job: str, task: PortalTask) -> dict[str, str]:
        """Ask for fresh addresses of the task's data."""
        urls: dict[str, str] = self._act("POST", job, task, "renew", {"token": task.token})["urls"]
        return urls

    def page(self, task: PortalTask) -> str:
        """Load the task's page as the frame does: its address alone gives the right to."""
        return self.load(urljoin(self._api_url, task.page_url)).body.decode()

    def load(self, url: str) -> Response:
        """Load what a page refers to.

        Raises
        ------
        PortalError
            It does not load.
        """
        response = self._http.send("GET", url)
        if response.status != 200:
            raise PortalError(response.status, "page_error", f"{url} does not load")
        return response

    def _act(self, method: str, job: str, task: PortalTask, action: str, body: Mapping[str, Json]) -> dict[str, Json]:
        return self._call(method, f"jobs/{quote(job)}/tasks/{task.entry}/{action}", body)

    def _call(self, method: str, path: str, body: Mapping[str, Json] | None = None) -> dict[str, Json]:
        content = None if body is None else json.dumps(body).encode()
        response = self._http.send(method, self._api_url + path, headers=self._headers, body=content)
        if response.status >= 400:
            raise _error(response)
        answer: dict[str, Json] = response.json()
        return answer


def _error(response: Response) -> PortalError:
    try:
        answer = response.json()
        return PortalError(response.status, answer.get("code", "unknown"), answer.get("message", ""))
    except (ValueError, AttributeError):
        return PortalError(response.status, "unknown", response.body[:200].decode(errors="replace"))


def _task(found: Mapping[str, Json]) -> PortalTask:
    return PortalTask(
        entry=found["entry"],
        token=found["token"],
        page_url=found["pageUrl"],
        lease_until=found.get("leaseUntil"),
        draft=found.get("draft"),
        time_spent=found.get("timeSpentInSeconds", 0.0),
    )
