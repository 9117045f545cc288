"""A deployed Groundwork, found by its stacks' outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import boto3
from botocore.exceptions import ClientError

STACKS = ("data", "pipeline", "portal", "observability")
DEFAULT_NAME = "groundwork"


@dataclass(frozen=True, slots=True)
class Deployment:
    """The outputs of one deployment's stacks."""

    name: str
    outputs: Mapping[str, str]

    def __getitem__(self, output: str) -> str:
        if output not in self.outputs:
            raise SystemExit(f"the deployment {self.name!r} has no output {output}: deploy it again")
        return self.outputs[output]

    @property
    def jobs_bucket(self) -> str:
        """Bucket into which jobs are dropped."""
        return self["JobsBucket"]

    @property
    def user_pool(self) -> str:
        """Cognito user pool of the private workforce."""
        return self["UserPoolId"]


def deployment_name() -> str:
    """Return the name under which the stacks are deployed: `DEPLOYMENT`, or `groundwork`."""
    return os.environ.get("DEPLOYMENT", DEFAULT_NAME)


def find_deployment(name: str | None = None) -> Deployment:
    """Read the outputs of a deployment's stacks.

    Raises
    ------
    SystemExit
        Nothing is deployed under this name.
    """
    name = name or deployment_name()
    outputs = {key: value for stack in STACKS for key, value in _outputs(f"{name}-{stack}")}
    if not outputs:
        raise SystemExit(f"nothing is deployed as {name!r}: `make up` (local) or `make deploy` (AWS) does")
    return Deployment(name, outputs)


def _outputs(stack: str) -> Iterator[tuple[str, str]]:
    try:
        stacks = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return
        raise
    for found in stacks:
        for output in found.get("Outputs", []):
            yield output["OutputKey"], output["OutputValue"]
