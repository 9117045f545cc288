"""Walks through the state machine's definition and counts its state transitions.

It knows what `functions/labeling_job.asl.json` uses: Task, Choice, Map, Pass, Succeed and Fail, JSONPath, no errors.
A Distributed Map's children are STANDARD executions: every state entered is a transition, and the start of an
execution is one more.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

Json = Any
Invoke = Callable[[str, Json, bool], Json]
"""Function's name, its event, and whether the state waits for its token → the state's result."""
TOKEN = "token-of-the-waiting-state"
"""Stands for a task token; the benchmark has one machine."""
_ABSENT: Json = object()
COMPARISONS: dict[str, Callable[[Json, Json], bool]] = {
    "IsPresent": lambda found, wanted: (found is not _ABSENT) is wanted,
    "BooleanEquals": lambda found, wanted: found is wanted,
    "StringEquals": lambda found, wanted: found == wanted,
}


class MachineFailedError(RuntimeError):
    """The walk came to a Fail state."""


class MachineWalk:
    """One walk; `transitions` counts what Step Functions would bill."""

    def __init__(self, definition: Mapping[str, Json], invoke: Invoke) -> None:
        self._definition = definition
        self._invoke = invoke
        self.transitions = 0

    def run(self, given: Json) -> Json:
        """Go from the start to the end; gives the last state's output."""
        return self._execution(self._definition, given)

    def _execution(self, machine: Mapping[str, Json], data: Json) -> Json:
        self.transitions += 1
        name = machine["StartAt"]
        while True:
            self.transitions += 1
            state = machine["States"][name]
            match state["Type"]:
                case "Succeed":
                    return data
                case "Fail":
                    raise MachineFailedError(f"{name}: {state.get('Cause', state.get('Error'))}; its input: {data}")
                case "Choice":
                    name = self._choice(state, data)
                    continue
                case "Pass":
                    data = state.get("Result", data)
                case "Map":
                    self._map(state, data)
                case "Task":
                    data = self._task(state, data)
                case other:
                    raise ValueError(f"the benchmark can't walk through a state of type {other}")
            if state.get("End"):
                return data
            name = state["Next"]

    def _choice(self, state: Mapping[str, Json], data: Json) -> str:
        for rule in state["Choices"]:
            (comparison,) = (name for name in rule if name not in {"Variable", "Next"})
            if COMPARISONS[comparison](_find(rule["Variable"], data), rule[comparison]):
                return str(rule["Next"])
        return str(state["Default"])

    def _map(self, state: Mapping[str, Json], data: Json) -> None:
        for item in _find(state["ItemsPath"], data):
            given = _fill(state["ItemSelector"], data, {"Map": {"Item": {"Value": item}}})
            self._execution(state["ItemProcessor"], given)

    def _task(self, state: Mapping[str, Json], data: Json) -> Json:
        given = _fill(state["Parameters"], data, {"Task": {"Token": TOKEN}}) if "Parameters" in state else data
        waits = state["Resource"].endswith(".waitForTaskToken")
        function = given["FunctionName"] if waits else state["Resource"]
        result = self._invoke(function.strip("${}"), given["Payload"] if waits else given, waits)
        path = state.get("ResultPath", "$")
        if path is None:
            return data
        return result if path == "$" else {**data, path.removeprefix("$."): result}


def _fill(template: Mapping[str, Json], data: Json, context: Json) -> dict[str, Json]:
    filled: dict[str, Json] = {}
    for name, value in template.items():
        if name.endswith(".$"):
            source, path = (context, value[1:]) if value.startswith("$$") else (data, value)
            found = _find(path, source)
            if found is _ABSENT:
                raise KeyError(f"{value} is not in {source}")
            filled[name.removesuffix(".$")] = copy.deepcopy(found)
        else:
            filled[name] = _fill(value, data, context) if isinstance(value, Mapping) else value
    return filled


def _find(path: str, data: Json) -> Json:
    found = data
    for step in re.findall(r"\w+", path):
        try:
            found = found[int(step) if step.isdigit() else step]
        except (KeyError, IndexError):
            return _ABSENT
    return found
