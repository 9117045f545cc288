from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import Instructions
from groundwork.job.problems import ProblemsError
from groundwork.job.resolve import resolve
from groundwork.task_types import registry

from tests.unit.job.harbor_boats import (
    INPUTS,
    NOW,
    TASK,
    built_in,
    custom,
    problems,
    put,
)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("LabelAttributeName", "source", "key of the data object"),
        ("LabelAttributeName", "boats-metadata", "-metadata"),
        ("LabelAttributeName", "boats-ref", "must not end in -ref"),
        ("InputConfig.DataSource.SnsDataSource", {"SnsTopicArn": "arn:aws:sns:eu-west-1:123456789012:t"}, "streaming"),
        ("InputConfig.DataSource.S3DataSource", None, "no data source"),
        ("OutputConfig.SnsTopicArn", "arn:aws:sns:eu-west-1:123456789012:t", "by SNS"),
        ("OutputConfig.KmsKeyId", "alias/labels", "no right to use the KMS key"),
        ("OutputConfig.S3OutputPath", "s3://harbor-in/out/", "no rights on the bucket 'harbor-in'"),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", "s3://elsewhere/m", "no rights on the bucket"),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", "https://harbor-in/m", "is not an s3:// address"),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", "s3://harbor-in", "names a bucket only"),
        ("LabelCategoryConfigS3Uri", "s3://elsewhere/labels.json", "no rights on the bucket"),
        ("LabelCategoryConfigS3Uri", None, "needs a label category configuration file"),
        (
            f"{TASK}.WorkteamArn",
            "arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default",
            "The public workforce is not available in this deployment",
        ),
        (f"{TASK}.WorkteamArn", "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/", "no name"),
        (f"{TASK}.UiConfig.UiTemplateS3Uri", "s3://elsewhere/boats.html", "no rights on the bucket"),
        (f"{TASK}.UiConfig.UiTemplateS3Uri", "s3://harbor-in/ui/boats.txt", "another ending"),
        (
            f"{TASK}.UiConfig.HumanTaskUiArn",
            "arn:aws:sagemaker:eu-west-1:394669845002:human-task-ui/VideoObjectDetection",
            "takes UiTemplateS3Uri instead",
        ),
        (f"{TASK}.TaskTimeLimitInSeconds", 28_801, "28801 seconds"),
        (f"{TASK}.TaskAvailabilityLifetimeInSeconds", 2_592_001, "2592001 seconds"),
        ("Tags", [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}], "'a' stands 2 times"),
    ],
)
def test_a_rule_between_members_is_told_at_the_place_it_breaks(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    path: str,
    value: object,
    words: str,
) -> None:
    found = problems(put(request_document, path, value), context, task_types)
    assert set(found) == {path}
    assert words in found[path]


def test_a_refused_bucket_is_told_the_setting_that_lists_buckets(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "LabelCategoryConfigS3Uri", "s3://elsewhere/labels.json")
    put(request_document, "OutputConfig.S3OutputPath", "s3://elsewhere/out")
    with pytest.raises(ProblemsError) as refused:
        resolve(request_document, INPUTS, context, task_types, NOW)
    expected = {problem.path: problem.expected for problem in refused.value.problems}
    assert "dataBuckets" in expected["LabelCategoryConfigS3Uri"]
    assert "outputBuckets" in expected["OutputConfig.S3OutputPath"]


def test_a_listed_kms_key_is_accepted_by_its_id_too(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    key = "1234abcd-12ab-34cd-56ef-1234567890ab"
    job = resolve(put(request_document, "OutputConfig.KmsKeyId", key), INPUTS, context, task_types, NOW)
    assert job.output_kms_key == key


def test_an_output_path_may_be_a_whole_bucket(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "OutputConfig.S3OutputPath", "s3://harbor-out")
    assert resolve(request_document, INPUTS, context, task_types, NOW).output_root == "s3://harbor-out/Harbor-Boats-01"


def test_a_custom_job_needs_a_template(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, f"{TASK}.UiConfig", {})
    found = problems(custom(request_document, None, None), context, task_types)
    assert set(found) == {f"{TASK}.UiConfig.UiTemplateS3Uri"}


def test_a_type_with_a_template_of_its_own_needs_none(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, f"{TASK}.UiConfig", {})
    assert resolve(request_document, INPUTS, context, task_types, NOW).template_uri is None


PAGES = "arn:aws:sagemaker:us-east-1:394669845002:human-task-ui"


def test_types_to_come_bring_their_own_rules(
    request_document: dict[str, Any], context: DropContext, more_task_types: TaskTypes
) -> None:
    masks = custom(request_document, built_in("PRE-SemanticSegmentation"), built_in("ACS-SemanticSegmentation"))
    assert problems(masks, context, more_task_types) == {
        "LabelAttributeName": "'boats' must end in -ref for task type SemanticSegmentation"
    }
    names = custom(masks, built_in("PRE-NamedEntityRecognition"), built_in("ACS-NamedEntityRecognition"))
    assert set(problems(names, context, more_task_types)) == {f"{TASK}.UiConfig.UiTemplateS3Uri"}
    put(names, f"{TASK}.UiConfig", {"HumanTaskUiArn": f"{PAGES}/VideoObjectDetection"})
    assert problems(names, context, more_task_types) == {
        f"{TASK}.UiConfig.HumanTaskUiArn": "'VideoObjectDetection' is not the page of task type NamedEntityRecognition"
    }
    put(names, f"{TASK}.UiConfig", {"HumanTaskUiArn": f"{PAGES}/NamedEntityRecognition"})
    assert resolve(names, INPUTS, context, more_task_types, NOW).template_uri is None


def test_a_way_of_consolidation_or_an_export_that_the_type_has_not_is_named(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    request_document["Groundwork"] |= {
        "ConsolidationAlgorithm": "oracle",
        "Export": ["no-such-format"],
        "AuditLabelAttributeName": "boxes",
    }
    assert problems(request_document, context, task_types) == {
        "Groundwork.ConsolidationAlgorithm": "task type ImageMultiClass has no consolidation algorithm 'oracle'",
        "Groundwork.Export": "labels of task type ImageMultiClass can't be exported as 'no-such-format'",
        "Groundwork.AuditLabelAttributeName": "task type ImageMultiClass audits no earlier label",
    }


def test_a_type_without_predictions_has_none_to_show(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.ShowPredictions", False)
    assert resolve(request_document, INPUTS, context, task_types, NOW).show_predictions is False
    verification = custom(
        request_document, built_in("PRE-VerificationBoundingBox"), built_in("ACS-VerificationBoundingBox")
    )
    assert problems(verification, context, registry) == {
        "Groundwork.ShowPredictions": "task type VerificationBoundingBox takes no predictions"
    }


def test_the_deployments_way_of_consolidation_holds_where_the_type_has_it(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    elsewhere = replace(context, consolidation_algorithm="only-of-another-type")
    assert resolve(request_document, INPUTS, elsewhere, task_types, NOW).consolidation_algorithm == "default"


def test_entities_take_their_own_page_and_the_instructions_of_the_label_file(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    names = custom(request_document, built_in("PRE-NamedEntityRecognition"), built_in("ACS-NamedEntityRecognition"))
    put(names, f"{TASK}.UiConfig", {"HumanTaskUiArn": f"{PAGES}/VideoObjectDetection"})
    label_file = f"{names['LabelCategoryConfigS3Uri']} instructions"
    assert problems(names, context, task_types) == {
        f"{TASK}.UiConfig.HumanTaskUiArn": "'VideoObjectDetection' is not the page of task type NamedEntityRecognition",
        label_file: "missing",
    }
    put(names, f"{TASK}.UiConfig", {"HumanTaskUiArn": f"{PAGES}/NamedEntityRecognition"})
    instructions = {"shortInstruction": "Mark names.", "fullInstruction": "<p>Whole names only.</p>"}
    labels = json.dumps({"labels": [{"label": "Vessel"}], "instructions": instructions}).encode()
    job = resolve(names, replace(INPUTS, label_file=labels), context, task_types, NOW)
    assert (job.template_uri, job.instructions) == (
        None,
        Instructions(short="Mark names.", full="<p>Whole names only.</p>"),
    )
