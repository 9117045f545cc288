"""Findings of cdk-nag that stand, each with the reason why."""

from __future__ import annotations

from typing import Any

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import Construct, IConstruct


def acknowledge(scope: IConstruct, rule: str, reason: str) -> None:
    """Let a finding stand on this construct and what is inside it."""
    Validations.of(scope).acknowledge(Acknowledgment(id=f"AwsSolutions-{rule}", reason=reason))


def acknowledge_wildcard(scope: Construct, arn: str, reason: str) -> None:
    """Let a policy name this one ARN although it has a wildcard in it."""
    acknowledge(scope, f"IAM5[Resource::{_flat(Stack.of(scope).resolve(arn))}]", reason)


def _flat(value: Any) -> str:
    """Write a resolved value as cdk-nag does in the name of a finding."""
    match value:
        case str():
            return value
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Fn::ImportValue": name}:
            return _flat(name)
        case {"Fn::Join": [separator, parts]}:
            return str(separator).join(_flat(part) for part in parts)
    raise TypeError(f"no known way to write {value!r} as a finding")
