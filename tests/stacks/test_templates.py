"""The templates hold up under cdk-nag and cfn-lint, and need no account."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import App, Stack, Validations
from aws_cdk.aws_s3 import Bucket
from cdk_nag import AwsSolutionsChecks
from cfnlint.api import lint
from cfnlint.config import ManualArgs

from tests.stacks.conftest import Synthesized
from tests.stacks.definition import substituted


def test_cdk_nag_has_nothing_to_find(synthesized: Synthesized) -> None:
    report = json.loads((synthesized.folder / "validation-report.json").read_text())
    assert [violation for plugin in report["pluginReports"] for violation in plugin["violations"]] == []


def test_cdk_nag_would_find_what_is_not_acknowledged(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    Bucket(Stack(app, "careless"), "Open")
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    with pytest.raises(RuntimeError, match="AwsSolutions-S10"):
        app.synth()


def test_every_acknowledged_finding_has_a_reason_of_its_own_words(synthesized: Synthesized) -> None:
    key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY
    reasons = {
        (construct.node.path, rule): reason
        for construct in synthesized.app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == key
        for rule, reason in entry.data.items()
    }
    assert len(reasons) > 20, "acknowledgments are read from where they are kept"
    assert {place: reason for place, reason in reasons.items() if len(str(reason).split()) < 6} == {}


@pytest.mark.parametrize("stack", ["data", "portal", "pipeline", "observability"])
def test_cfn_lint_has_nothing_to_find(synthesized: Synthesized, stack: str) -> None:
    template = synthesized.template(stack)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::StepFunctions::StateMachine":
            # The linter's schema wants real ARNs where placeholders stand.
            resource["Properties"]["DefinitionString"] = substituted(synthesized)
            del resource["Properties"]["DefinitionSubstitutions"]
    # W3005: the CDK writes dependencies that references imply already.
    config = ManualArgs(regions=["us-east-1", "eu-central-1"], ignore_checks=["W3005"])
    assert [str(match) for match in lint(json.dumps(template), config=config)] == []


def test_no_stack_names_an_account_or_a_region(synthesized: Synthesized) -> None:
    manifest = json.loads((synthesized.folder / "manifest.json").read_text())
    environments = {artifact["environment"] for artifact in manifest["artifacts"].values() if "environment" in artifact}
    assert environments == {"aws://unknown-account/unknown-region"}
    assert "missing" not in manifest, "something is looked up in an account at synth"


def test_no_stack_brings_a_custom_resource_of_the_cdk(synthesized: Synthesized) -> None:
    kinds = {resource["Type"] for t in synthesized.templates().values() for resource in t["Resources"].values()}
    assert not {kind for kind in kinds if kind.startswith("Custom::") or "CustomResource" in kind}


def test_the_code_asset_holds_the_functions_and_nothing_else(synthesized: Synthesized) -> None:
    assets = [folder for folder in synthesized.folder.glob("asset.*") if (folder / "functions").is_dir()]
    (code,) = assets
    files = {path.relative_to(code).as_posix() for path in code.rglob("*") if path.is_file()}
    assert {Path(file).suffix for file in files} == {".py"}
    assert {file.split("/")[0] for file in files} == {"functions"}
    assert "functions/manifest_ingestion/handler.py" in files


def test_one_code_asset_serves_all_functions(synthesized: Synthesized) -> None:
    keys = {
        json.dumps(function["Code"]["S3Key"]) for function in synthesized.resources("AWS::Lambda::Function").values()
    }
    assert len(keys) == 1
