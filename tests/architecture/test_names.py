"""One word for a stage: in folders, modules, states and the documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/groundwork"
FUNCTIONS = ROOT / "functions"
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
MOST_LINES = 260
OWN_CODE = (CORE, FUNCTIONS, ROOT / "tests/aws", ROOT / "tests/functions", ROOT / "tests/architecture")


def folders() -> set[str]:
    return {path.relative_to(FUNCTIONS).parts[0] for path in FUNCTIONS.rglob("handler.py")}


def table() -> dict[str, set[str]]:
    """Stage → names of its states, as the documentation lists them."""
    part = ARCHITECTURE.split("## Stages")[1].split("Not stages:")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", part, re.MULTILINE)
    return {stage: set(re.findall(r"`(\w+)`", states)) for stage, states in rows}


def not_stages() -> list[str]:
    """What the documentation says is no stage, in its order."""
    sentence = re.search(r"^Not stages: (.*?)\.$", ARCHITECTURE, re.MULTILINE)
    assert sentence
    return re.findall(r"`(\w+)`", sentence[1])


def tasks(states: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """State → function, for every state of the machine that calls one of ours, those within Maps included."""
    for name, state in states.items():
        resource = str(state.get("Resource", "")) + json.dumps(state.get("Parameters", {}))
        for function in re.findall(r"\$\{(\w+)\}", resource):
            if function != "partition":
                yield name, function
        if "ItemProcessor" in state:
            yield from tasks(state["ItemProcessor"]["States"])


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def test_the_documentation_lists_every_function_once() -> None:
    assert len(not_stages()) == len(set(not_stages()))
    assert set(table()) & set(not_stages()) == set()
    assert set(table()) | set(not_stages()) == folders()


def test_every_stage_is_a_module_of_the_core_and_nothing_else_is_called_so() -> None:
    for stage in table():
        assert (CORE / stage / "__init__.py").is_file()
    assert not {path.name for path in CORE.iterdir() if path.is_dir()} & set(not_stages())


def test_every_state_begins_with_the_name_of_the_stage_it_calls() -> None:
    definition = json.loads((FUNCTIONS / "labeling_job.asl.json").read_text())
    called = set()
    for state, function in tasks(definition["States"]):
        stage = next((stage for stage in table() if function == stage or function.startswith(f"{stage}_")), None)
        if stage is None:
            assert function in not_stages()
            continue
        called.add(stage)
        assert state.startswith(camel(stage)), f"{state} calls {function}"
    assert called == set(table()) - {"manifest_ingestion"}


def test_the_documented_states_are_those_of_the_machine() -> None:
    definition = json.loads((FUNCTIONS / "labeling_job.asl.json").read_text())
    for stage, states in table().items():
        assert all(state.startswith(camel(stage)) for state in states)
        assert states <= set(definition["States"])


def test_every_handler_has_an_event_beside_it_and_every_event_a_handler() -> None:
    handlers = {path.parent for path in FUNCTIONS.rglob("handler.py")}
    assert {path.parent for path in FUNCTIONS.rglob("event.json")} == handlers


@pytest.mark.parametrize("folder", OWN_CODE, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_files_stay_small(folder: Path) -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    names = {path.stem for folder in OWN_CODE for path in folder.rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc"}
