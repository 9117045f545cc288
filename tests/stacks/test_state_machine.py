"""The definition is valid for AWS, and the machine's role covers what it does."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from groundwork.consolidation.response import parse_response

from local.bench.machine_walk import MachineFailedError, MachineWalk
from stacks.constructs.labeling_machine import DEFINITION, definition, placeholders
from tests.formats.jobs import custom_job
from tests.stacks.conftest import ROOT, Synthesized
from tests.stacks.definition import loaded, properties, states, substituted
from tests.stacks.test_least_privilege import listed, statements

ASL_VALIDATOR = ROOT / "node_modules" / ".bin" / "asl-validator"


def test_asl_validator_accepts_the_definition(synthesized: Synthesized, tmp_path: Path) -> None:
    assert ASL_VALIDATOR.exists(), "asl-validator is not installed: run `npm ci`"
    file = tmp_path / "labeling_job.asl.json"
    file.write_text(substituted(synthesized))
    command = [str(ASL_VALIDATOR), "--json-path", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_asl_validator_refuses_a_definition_with_a_state_that_is_not_there(tmp_path: Path) -> None:
    document = json.loads(DEFINITION.read_text().replace("${partition}", "aws"))
    document["StartAt"] = "NotThere"
    file = tmp_path / "broken.asl.json"
    file.write_text(json.dumps(document))
    command = [str(ASL_VALIDATOR), "--json-path", str(file), "--no-arn-check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_every_placeholder_is_substituted_and_nothing_else(synthesized: Synthesized) -> None:
    machine = properties(synthesized)
    assert set(placeholders(machine["DefinitionString"])) == set(machine["DefinitionSubstitutions"])
    assert "${" not in substituted(synthesized)


def test_only_the_number_of_children_differs_from_the_file(synthesized: Synthesized) -> None:
    width = synthesized.deployment.settings.map_concurrency
    document, built = json.loads(DEFINITION.read_text()), json.loads(definition(width))
    maps = [state for _, state in states(built) if state["Type"] == "Map"]
    assert [state["MaxConcurrency"] for state in maps] == [width] * 8
    for _, state in [*states(document), *states(built)]:
        state.pop("MaxConcurrency", None)
    assert built == document


def test_the_machine_may_invoke_exactly_the_functions_it_names_and_the_customers(synthesized: Synthesized) -> None:
    substitutions = properties(synthesized)["DefinitionSubstitutions"]
    named = [value for value in substitutions.values() if value != {"Ref": "AWS::Partition"}]
    wanted = {json.dumps(arn) for arn in [*named, *synthesized.deployment.settings.customer_functions]}
    assert {json.dumps(arn) for arn in machine_resources(synthesized, "lambda:InvokeFunction")} == wanted


def test_the_machine_may_run_the_children_of_its_maps(synthesized: Synthesized) -> None:
    name = properties(synthesized)["StateMachineName"]
    (machine,) = machine_resources(synthesized, "states:StartExecution")
    (children,) = machine_resources(synthesized, "states:StopExecution")
    assert children in machine_resources(synthesized, "states:DescribeExecution")
    assert joined(machine) == f"arn:AWS::Partition:states:AWS::Region:AWS::AccountId:stateMachine:{name}"
    assert joined(children) == f"arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:{name}/*"


def test_every_map_is_distributed_over_standard_children(synthesized: Synthesized) -> None:
    maps = [state for _, state in states(loaded(synthesized)) if state["Type"] == "Map"]
    assert maps
    for state in maps:
        assert state["ItemProcessor"]["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
        assert "ItemReader" not in state, "a reader would need rights on S3 that the machine does not have"


def test_the_machine_keeps_the_data_of_jobs_out_of_its_own_log(synthesized: Synthesized) -> None:
    logging = properties(synthesized)["LoggingConfiguration"]
    assert logging["IncludeExecutionData"] is False
    assert logging["Level"] == "ERROR"


def test_every_call_of_a_function_is_tried_again_with_jitter(synthesized: Synthesized) -> None:
    calls = [(name, state) for name, state in states(loaded(synthesized)) if state["Type"] == "Task"]
    assert calls
    for name, state in calls:
        tries = [rule for rule in state.get("Retry", []) if rule.get("MaxAttempts") != 0]
        assert tries, name
        assert all(rule["JitterStrategy"] == "FULL" for rule in tries), name


def test_a_passing_fault_of_any_of_our_functions_fails_no_job(synthesized: Synthesized) -> None:
    calls = {name: state for name, state in states(loaded(synthesized)) if state["Type"] == "Task"}
    del calls["ConsolidationPostAnnotation"]
    for name, state in calls.items():
        if ":states:::sagemaker:" in state["Resource"]:
            continue
        attempts = {error: rule["MaxAttempts"] for rule in state["Retry"] for error in rule["ErrorEquals"]}
        assert attempts["States.TaskFailed"] >= 3, name
        assert attempts["Lambda.TooManyRequestsException"] >= 8, f"{name} gives up in a busy account"


def test_a_post_annotation_response_that_no_state_can_hold_fails_its_batch_and_not_the_job(
    synthesized: Synthesized,
) -> None:
    inner = dict(states(loaded(synthesized)))
    catches = {
        error: rule["Next"] for rule in inner["ConsolidationPostAnnotation"]["Catch"] for error in rule["ErrorEquals"]
    }
    too_large = inner[catches["States.DataLimitExceeded"]]
    assert (too_large["ResultPath"], too_large["Next"]) == ("$.answer", "ConsolidationApplyAnswer")
    response = parse_response(too_large["Result"]["response"], {7: 0}, custom_job(), datetime.now(UTC))
    assert "256 KB" in response.failures[7]


def caught(state: dict[str, Any]) -> set[tuple[str, str]]:
    """Pairs of error and next state."""
    return {(error, rule["Next"]) for rule in state.get("Catch", []) for error in rule["ErrorEquals"]}


def test_an_export_that_fails_in_whatever_way_fails_no_job(synthesized: Synthesized) -> None:
    inner = dict(states(loaded(synthesized)))
    exports = inner["ManifestOutputExport"]
    assert exports["ToleratedFailurePercentage"] == 100
    assert caught(exports) == {("States.ALL", "HasFailed")}
    assert exports["Catch"][0]["ResultPath"] is None, "an error here must not look like one of the job"
    assert caught(inner["ManifestOutputExportFormat"]) == {("States.ALL", "ManifestOutputExportFailed")}
    assert inner["ManifestOutputExportFailed"]["Parameters"]["error.$"] == "$.error"
    assert inner["HasFailed"]["Default"] == "Finished"


def test_figures_that_fail_in_whatever_way_change_neither_the_end_of_a_job_nor_its_exports(
    synthesized: Synthesized,
) -> None:
    inner = dict(states(loaded(synthesized)))
    figures, failed = inner["ManifestOutputQuality"], inner["ManifestOutputQualityFailed"]
    assert caught(figures) == {("States.ALL", "ManifestOutputQualityFailed")}
    assert figures["Catch"][0]["ResultPath"] == "$.qualityError", "an error here must not look like one of the job"
    assert caught(failed) == {("States.ALL", "HasExports")}
    assert failed["Catch"][0]["ResultPath"] is None
    assert figures["Next"] == failed["Next"] == "HasExports"
    assert inner["HasExports"]["Default"] == "HasFailed"


def test_a_round_that_is_not_the_last_passes_neither_figures_nor_exports(synthesized: Synthesized) -> None:
    document = loaded(synthesized)
    first, *others = document["States"]["IsFinished"]["Choices"]
    assert document["States"]["ManifestOutput"]["Next"] == "IsFinished"
    assert (first["Variable"], first["Next"]) == ("$.selection.finished", "ManifestOutputQuality")
    assert [each["Next"] for each in others] == ["ActiveLearningTrainer", "PreAnnotation"]


@pytest.mark.parametrize(
    ("failed", "exports", "end", "written"),
    [
        (False, [], "Finished", 0),
        (False, ["csv", "coco"], "Finished", 2),
        (True, [], "JobFailed", 0),
        (True, ["csv", "coco"], "JobFailed", 2),
    ],
)
def test_exports_are_written_whichever_way_a_job_ends_and_do_not_change_its_end(
    failed: bool, exports: list[str], end: str, written: int
) -> None:
    document = json.loads(DEFINITION.read_text())
    document["StartAt"] = "RecordFailure" if failed else "ManifestOutput"
    invoked: list[str] = []

    def invoke(name: str, event: Any, waits: bool) -> Any:
        invoked.append(name)
        return {"exports": exports} if exports and name in {"manifest_output", "failure"} else {}

    given = {"jobKey": "pier", "selection": {"finished": True, "shards": []}, "error": {}}
    if not failed:
        del given["error"]
    walk = MachineWalk(document, invoke)
    if failed:
        with pytest.raises(MachineFailedError, match=end):
            walk.run(given)
    else:
        walk.run(given)
    assert invoked.count("manifest_output_export") == written
    assert invoked.count("manifest_output_quality") == 1


def machine_resources(synthesized: Synthesized, action: str) -> list[Any]:
    return [
        resource
        for name, statement in statements(synthesized)
        if name.startswith("pipeline/LabelingMachineRole") and action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    ]


def joined(arn: dict[str, Any]) -> str:
    separator, parts = arn["Fn::Join"]
    return str(separator).join(part["Ref"] if isinstance(part, dict) else part for part in parts)
