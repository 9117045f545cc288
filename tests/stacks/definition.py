"""The state machine's definition as AWS receives it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.stacks.conftest import Synthesized


def properties(synthesized: Synthesized) -> dict[str, Any]:
    (machine,) = synthesized.resources("AWS::StepFunctions::StateMachine").values()
    return machine


def substituted(synthesized: Synthesized) -> str:
    """Put in the values as CloudFormation does; references become names of an example account."""
    machine = properties(synthesized)
    values = {name: example(name, value) for name, value in machine["DefinitionSubstitutions"].items()}
    return re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], machine["DefinitionString"])


def example(name: str, value: Any) -> str:
    if value == {"Ref": "AWS::Partition"}:
        return "aws"
    assert "Fn::GetAtt" in value, f"{name} is substituted by {value}"
    return f"arn:aws:lambda:us-east-1:123456789012:function:{name}"


def states(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in document["States"].items():
        yield name, state
        if "ItemProcessor" in state:
            yield from states(state["ItemProcessor"])


def loaded(synthesized: Synthesized) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(substituted(synthesized))
    return document
