"""A local cloud of the tests' own: IAM enforced, TLS, deployed once, and ways to act on it as its users do."""

from __future__ import annotations

import io
import json
import os
import socket
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import boto3

from local import cloud as local_cloud
from local.deploy import deploy_local, resume_jobs
from local.deployment import Deployment
from local.drop import refusal
from local.portal_client import PortalClient, sign_in
from local.settings import ACCOUNT, REGION, CloudSettings
from local.workers import invite, new_password

CUSTOMER_FUNCTIONS = ("meter-pre-annotation", "meter-post-annotation")
"""Lambdas that custom jobs of the tests may name; `Cloud.create_function` makes them."""
MISSING_FUNCTION = "never-made"
"""A Lambda that the deployment allows and nobody has made."""
CONTEXT = {
    "customerFunctions": ",".join(
        f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}" for name in (*CUSTOMER_FUNCTIONS, MISSING_FUNCTION)
    )
}
FINAL = frozenset({"Completed", "Failed", "Stopped"})
POLL_SECONDS = 0.3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Worker:
    """An invited worker who has changed their password; `client` is signed in."""

    name: str
    password: str
    client: PortalClient


class Cloud:
    """The tests' local cloud with a deployed Groundwork."""

    def __init__(self, settings: CloudSettings, deployment: Deployment) -> None:
        self.settings = settings
        self.deployment = deployment
        self._run = f"{int(time.time()):x}"

    def job(self, name: str) -> str:
        """Name a job of this run: a cloud that is kept remembers those of earlier runs."""
        return f"{name}-{self._run}"

    @property
    def bucket(self) -> str:
        return self.deployment.jobs_bucket

    def drop(
        self,
        job: str,
        request: Mapping[str, Any],
        lines: Sequence[Mapping[str, Any]],
        files: Mapping[str, str | bytes] | None = None,
    ) -> None:
        """Put a job's files into the jobs bucket: `files` first, then `job.json`, the manifest last."""
        for name, content in (files or {}).items():
            self.put(f"{job}/{name}", content)
        self.put(f"{job}/job.json", json.dumps(request))
        self.put(f"{job}/input.manifest", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))

    def put(self, key: str, content: str | bytes) -> None:
        """Put one object into the jobs bucket."""
        boto3.client("s3").put_object(Bucket=self.bucket, Key=key, Body=content)

    def get(self, key: str) -> bytes:
        """Read one object of the jobs bucket."""
        return boto3.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def keys(self, prefix: str) -> list[str]:
        """List keys of the jobs bucket, in order."""
        pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def output_lines(self, job: str) -> list[dict[str, Any]]:
        """Read the output manifest of a job with the default output path."""
        manifest = self.get(f"{job}/output/{job}/manifests/output/output.manifest")
        return [json.loads(line) for line in manifest.decode().splitlines()]

    def record(self, job: str) -> dict[str, Any] | None:
        """Read what the queue table knows of a job."""
        table = boto3.resource("dynamodb").Table(self.deployment["QueueTable"])
        item = table.get_item(Key={"pk": f"JOB#{job.lower()}", "sk": "JOB"}, ConsistentRead=True).get("Item")
        return dict(item) if item else None

    def wait_for(self, job: str, status: str, *, seconds: float = 60.0) -> dict[str, Any]:
        """Wait until a job has a status; another final status, or a refused drop, fails at once."""

        def reached() -> dict[str, Any] | None:
            record = self.record(job)
            if record is None:
                if (problems := refusal(self.deployment, job)) is not None:
                    raise AssertionError(f"the drop {job} was refused: {problems}")
                return None
            if record["status"] != status and record["status"] in FINAL:
                raise AssertionError(f"{job} ended as {record['status']}: {record.get('failure_reason')}")
            return record if record["status"] == status else None

        return self.wait_until(reached, f"{job} is {status}", seconds=seconds)

    def wait_until(self, condition: Callable[[], T | None], what: str, *, seconds: float = 30.0) -> T:
        """Wait until `condition` gives something true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(POLL_SECONDS)
        raise AssertionError(f"not within {seconds:.0f} s: {what}")

    def worker(self, name: str, team: str) -> Worker:
        """Invite a worker and take the forced password change."""
        password = new_password()
        temporary = invite(self.deployment, name, team, renew=True)
        token = sign_in(self.deployment, name, temporary, new_password=password)
        return Worker(name, password, PortalClient(self.deployment["ApiUrl"], token))

    def sign_in_again(self, worker: Worker) -> PortalClient:
        """Open a second session of a worker, as another browser tab does."""
        return PortalClient(self.deployment["ApiUrl"], sign_in(self.deployment, worker.name, worker.password))

    def create_function(self, name: str, source: Path, *, policy: Mapping[str, Any] | None = None) -> str:
        """Create a customer's Lambda from one file with a function `handler`; returns its ARN.

        `policy` is what the function itself may do, beyond nothing.
        """
        iam, functions = boto3.client("iam"), boto3.client("lambda")
        trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        with suppress(functions.exceptions.ResourceNotFoundException):
            return functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        if policy:
            iam.put_role_policy(RoleName=name, PolicyName="rights", PolicyDocument=json.dumps(policy))
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as file:
            file.write(source, "function.py")
        return functions.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=role,
            Handler="function.handler",
            Code={"ZipFile": package.getvalue()},
            Timeout=30,
        )["FunctionArn"]

    def kill(self) -> None:
        """End server and Lambdas with SIGKILL, as a power cut would."""
        local_cloud.kill(self.settings)

    def restart(self) -> None:
        """Start again after `kill`, with the data that is on disk, and resume what was interrupted."""
        local_cloud.start(self.settings)
        resume_jobs(self.deployment)


@contextmanager
def connected(settings: CloudSettings) -> Iterator[None]:
    """Point boto3 at a local cloud, and back again: other suites must not find it."""
    before = dict(os.environ)
    settings.connect()
    boto3.DEFAULT_SESSION = None
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        boto3.DEFAULT_SESSION = None


@contextmanager
def deployed_cloud(directory: Path) -> Iterator[Cloud]:
    """Start a cloud in `directory`, deploy to it, and stop it at the end; the data stay."""
    settings = CloudSettings(directory=directory, port=_port(directory), auth=True, tls=True)
    with connected(settings):
        local_cloud.start(settings)
        try:
            yield Cloud(settings, deploy_local(settings, output=directory / "cdk.out", context=CONTEXT))
        finally:
            local_cloud.stop(settings)


def _port(directory: Path) -> int:
    """Find a free port; a directory keeps its port, for what is deployed there names it."""
    kept = directory / "port"
    if kept.exists():
        return int(kept.read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    directory.mkdir(parents=True, exist_ok=True)
    kept.write_text(str(port))
    return port
