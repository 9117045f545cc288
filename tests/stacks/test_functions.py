"""Folder, function and state have one name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.stacks.conftest import ROOT, Synthesized
from tests.stacks.definition import loaded, states

STAGES = {
    "manifest_ingestion",
    "prepare_job",
    "select_batch",
    "pre_annotation",
    "task_dispatch",
    "consolidation",
    "active_learning",
    "manifest_output",
}
NOT_STAGES = {"failure", "stop", "resume", "exclude", "wake", "portal_api"}
STATES_OF_NO_STAGE = {"ContinueInNewExecution": "resume", "RecordFailure": "failure"}
FOLDERS = {path.parent.relative_to(ROOT / "functions").as_posix() for path in (ROOT / "functions").rglob("handler.py")}
EXTRA_LAYERS = {
    "numpy": "Numpy",
    "liquid": "Liquid",
    "PIL": "Pillow",
    "onnxruntime": "Onnxruntime",
    "scipy": "ScikitLearn",
    "sklearn": "ScikitLearn",
}
NEEDS = {"ScikitLearn": "Numpy", "Onnxruntime": "Numpy"}
"""Layers that hold no numpy and can't do without."""
LIMIT_OF_TIMEOUT = 900


def functions(synthesized: Synthesized) -> dict[str, dict[str, Any]]:
    prefix = f"{synthesized.deployment.settings.deployment_name}-"
    return {
        function["FunctionName"].removeprefix(prefix): function
        for function in synthesized.resources("AWS::Lambda::Function").values()
    }


def test_every_folder_with_a_handler_has_a_function_and_the_other_way_round(synthesized: Synthesized) -> None:
    assert set(functions(synthesized)) == {folder.replace("/", "_") for folder in FOLDERS}


def test_every_folder_is_a_stage_or_listed_as_none() -> None:
    assert {folder.split("/")[0] for folder in FOLDERS} == STAGES | NOT_STAGES


def test_a_functions_handler_is_that_of_its_folder(synthesized: Synthesized) -> None:
    by_name = functions(synthesized)
    for folder in FOLDERS:
        handler = f"functions.{folder.replace('/', '.')}.handler.handler"
        assert by_name[folder.replace("/", "_")]["Handler"] == handler


def test_a_state_that_calls_a_function_begins_with_the_functions_name(synthesized: Synthesized) -> None:
    called: dict[str, str] = {}
    for name, state in states(loaded(synthesized)):
        arns = re.findall(r"function:(\w+)", json.dumps([state.get("Resource"), state.get("Parameters")]))
        called.update((name, arn) for arn in arns)
    assert set(called.values()) <= set(functions(synthesized))
    for name, function in called.items():
        if function == "failure":
            continue
        words = STATES_OF_NO_STAGE.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        assert words.startswith(function), f"state {name} calls {function}"


def test_every_stage_of_the_machine_is_called_by_a_state(synthesized: Synthesized) -> None:
    text = json.dumps(loaded(synthesized))
    in_machine = {folder.replace("/", "_") for folder in FOLDERS if folder.split("/")[0] in STAGES}
    assert {name for name in in_machine if f":function:{name}" not in text} == {"manifest_ingestion"}


def test_functions_run_on_the_same_runtime_processor_and_log_format(synthesized: Synthesized) -> None:
    for function in functions(synthesized).values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]
        assert function["LoggingConfig"]["LogFormat"] == "JSON"
        assert function["Timeout"] <= LIMIT_OF_TIMEOUT


def test_every_log_group_forgets(synthesized: Synthesized) -> None:
    groups = synthesized.resources("AWS::Logs::LogGroup")
    days = synthesized.deployment.settings.log_retention_days
    assert {group["RetentionInDays"] for group in groups.values()} == {days}
    assert len(groups) == len(FOLDERS) + 2, "one a function, the machine's and the portal API's"


def test_what_events_call_leaves_a_dead_letter(synthesized: Synthesized) -> None:
    with_letters = {name for name, function in functions(synthesized).items() if "DeadLetterConfig" in function}
    assert with_letters == {"manifest_ingestion", "stop", "failure", "wake"}


def test_every_variable_that_the_functions_read_is_set_for_some_of_them(synthesized: Synthesized) -> None:
    wiring = (ROOT / "functions" / "wiring.py").read_text()
    read = set(re.findall(r'alias="([A-Z_]+)"', wiring)) - {"AWS_REGION", "LOG_KEY_ARN"}
    given = {name for function in functions(synthesized).values() for name in function["Environment"]["Variables"]}
    assert read <= given


@cache
def imported(folder: str) -> frozenset[str]:
    """Import a handler in a Python of its own, and tell which of the large packages came along."""
    program = (
        "import importlib, sys; importlib.import_module(sys.argv[1]); "
        "print(*(name for name in sys.argv[2:] if name in sys.modules))"
    )
    command = [sys.executable, "-c", program, f"functions.{folder.replace('/', '.')}.handler", *EXTRA_LAYERS]
    environment = {**os.environ, "PYTHONPATH": "layers/core/python", "AWS_REGION": "eu-central-1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.split())


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_function_has_the_layers_that_it_imports(synthesized: Synthesized, folder: str) -> None:
    layers = json.dumps(functions(synthesized)[folder.replace("/", "_")]["Layers"])
    wanted = ["CoreLayer", "PowertoolsLayer", *(f"{EXTRA_LAYERS[name]}Layer" for name in imported(folder))]
    assert [name for name in wanted if name not in layers] == []


def test_a_layer_without_numpy_comes_with_that_of_numpy(synthesized: Synthesized) -> None:
    for name, function in functions(synthesized).items():
        layers = json.dumps(function["Layers"])
        assert [f"{name}: {layer}" for layer, other in NEEDS.items() if layer in layers and other not in layers] == []


def test_ingestion_is_told_whether_jobs_keep_worker_quality(synthesized: Synthesized) -> None:
    variables = functions(synthesized)["manifest_ingestion"]["Environment"]["Variables"]
    assert json.loads(variables["KEEP_WORKER_QUALITY"]) == synthesized.deployment.settings.keep_worker_quality
