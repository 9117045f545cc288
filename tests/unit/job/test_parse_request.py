from __future__ import annotations

from typing import Any

import pytest
from groundwork.job.parse_request import parse_object, parse_request
from groundwork.job.problems import ProblemsError

from tests.unit.job.harbor_boats import TASK, put, without


def refusals(request: dict[str, Any]) -> dict[str, tuple[str, str]]:
    with pytest.raises(ProblemsError) as refused:
        parse_request(request)
    return {problem.path: (problem.message, problem.expected) for problem in refused.value.problems}


def test_a_full_request_is_read_with_ground_truths_member_names(request_document: dict[str, Any]) -> None:
    request = parse_request(request_document)
    assert request.input_config.data_source.s3_data_source is not None
    assert request.input_config.data_source.s3_data_source.manifest_s3_uri == "s3://harbor-in/m/day1.manifest"
    assert request.human_task_config.task_keywords == ("boats", "harbor pier")
    assert request.tags[1].key == "Größe"
    assert request.groundwork.script_sources == ("https://cdn.example.com",)


def test_an_empty_kms_key_is_legal(request_document: dict[str, Any]) -> None:
    assert parse_request(put(request_document, "OutputConfig.KmsKeyId", "")).output_config.kms_key_id == ""


def test_every_member_of_automated_labeling_and_prices_is_known(request_document: dict[str, Any]) -> None:
    request_document["LabelingJobAlgorithmsConfig"] = {
        "LabelingJobAlgorithmSpecificationArn": "arn:aws:sagemaker:eu-west-1:027400017018:"
        "labeling-job-algorithm-specification/image-classification",
        "InitialActiveLearningModelArn": "arn:aws:sagemaker:eu-west-1:123456789012:model/boats",
        "LabelingJobResourceConfig": {
            "VolumeKmsKeyId": "alias/labels",
            "VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1", "subnet-2"]},
        },
    }
    price = {"AmountInUsd": {"Dollars": 0, "Cents": 3, "TenthFractionsOfACent": 6}}
    request = parse_request(put(request_document, "HumanTaskConfig.PublicWorkforceTaskPrice", price))
    assert request.labeling_job_algorithms_config is not None
    resources = request.labeling_job_algorithms_config.labeling_job_resource_config
    assert resources is not None
    assert resources.vpc_config is not None
    assert resources.vpc_config.subnets == ("subnet-1", "subnet-2")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("LabelingJobName", "a" * 64),
        ("LabelingJobName", "-boats"),
        ("LabelingJobName", "boats-"),
        ("LabelingJobName", "boats\n"),
        ("LabelingJobName", "böats"),
        ("LabelingJobName", ""),
        ("LabelAttributeName", "$boats"),
        ("LabelAttributeName", "a" * 128),
        ("LabelAttributeName", "boat_kind"),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", ""),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", "harbor-in/day1.manifest"),
        ("InputConfig.DataSource.S3DataSource.ManifestS3Uri", "s3://b/" + "k" * 1018),
        ("InputConfig.DataSource.SnsDataSource", {"SnsTopicArn": "arn:aws:sns:eu-west-1:12:topic"}),
        ("InputConfig.DataAttributes.ContentClassifiers", ["FreeOfEverything"]),
        ("OutputConfig.S3OutputPath", "file:///tmp"),
        ("OutputConfig.KmsKeyId", "a key"),
        ("OutputConfig.SnsTopicArn", ""),
        ("RoleArn", "arn:aws:iam::123:role/labeling-exec"),
        ("RoleArn", "arn:aws:iam::123456789012:user/labeling-exec"),
        ("LabelCategoryConfigS3Uri", ""),
        ("StoppingConditions.MaxHumanLabeledObjectCount", 0),
        ("StoppingConditions.MaxPercentageOfInputDatasetLabeled", 101),
        ("LabelingJobAlgorithmsConfig", {"LabelingJobAlgorithmSpecificationArn": "image-classification"}),
        (f"{TASK}.WorkteamArn", "dock-crew"),
        (f"{TASK}.WorkteamArn", "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/" + "x" * 200),
        (f"{TASK}.UiConfig.UiTemplateS3Uri", ""),
        (f"{TASK}.UiConfig.HumanTaskUiArn", "arn:aws:sagemaker::394669845002:human-task-ui/X"),
        (f"{TASK}.PreHumanTaskLambdaArn", "PRE-ImageMultiClass"),
        (f"{TASK}.TaskKeywords", []),
        (f"{TASK}.TaskKeywords", ["a", "b", "c", "d", "e", "f"]),
        (f"{TASK}.TaskKeywords", ["two  spaces"]),
        (f"{TASK}.TaskKeywords", ["k" * 31]),
        (f"{TASK}.TaskKeywords", "boats"),
        (f"{TASK}.TaskTitle", ""),
        (f"{TASK}.TaskTitle", "t" * 129),
        (f"{TASK}.TaskTitle", "a\x00b"),
        (f"{TASK}.TaskDescription", "two\nlines"),
        (f"{TASK}.TaskDescription", "d" * 256),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", 0),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", 10),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", "3"),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", 3.0),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", True),
        (f"{TASK}.TaskTimeLimitInSeconds", 29),
        (f"{TASK}.TaskAvailabilityLifetimeInSeconds", 59),
        (f"{TASK}.MaxConcurrentTaskCount", 5001),
        (f"{TASK}.MaxConcurrentTaskCount", 0),
        (f"{TASK}.PublicWorkforceTaskPrice", {"AmountInUsd": {"Cents": 100}}),
        ("Tags", [{"Key": str(number), "Value": ""} for number in range(51)]),
        ("Tags.0.Key", ""),
        ("Tags.0.Key", "a;b"),
        ("Tags.0.Value", "v" * 257),
        ("Groundwork.ConsolidationAlgorithm", "GLAD!"),
        ("Groundwork.ScriptSources", ["http://cdn.example.com"]),
        ("Groundwork.ScriptSources", ["https://cdn.example.com/lib.js"]),
        ("Groundwork.ScriptSources", ["https://cdn.example.com; script-src *"]),
    ],
)
def test_a_value_against_its_constraint_is_refused_at_its_place(
    request_document: dict[str, Any], path: str, value: object
) -> None:
    found = refusals(put(request_document, path, value))
    assert len(found) == 1
    (place,) = found
    assert place.replace("[", ".").replace("]", "").startswith(path)
    assert found[place][1]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("LabelingJobName", "a" * 63),
        ("LabelingJobName", "a--b"),
        ("LabelAttributeName", "a" * 127),
        (f"{TASK}.NumberOfHumanWorkersPerDataObject", 9),
        (f"{TASK}.TaskTimeLimitInSeconds", 30),
        (f"{TASK}.MaxConcurrentTaskCount", 5000),
        (f"{TASK}.TaskTitle", "Welches Boot? 船"),
        ("StoppingConditions.MaxPercentageOfInputDatasetLabeled", 100),
        ("RoleArn", "arn:aws-us-gov:iam::123456789012:role/path/labeling-exec"),
        ("Groundwork.ScriptSources", ["https://cdn.example.com:8443", "https://a"]),
    ],
)
def test_a_value_at_the_edge_of_its_constraint_is_accepted(
    request_document: dict[str, Any], path: str, value: object
) -> None:
    parse_request(put(request_document, path, value))


@pytest.mark.parametrize(
    "path",
    [
        "LabelingJobName",
        "LabelAttributeName",
        "InputConfig",
        "InputConfig.DataSource",
        "InputConfig.DataSource.S3DataSource.ManifestS3Uri",
        "OutputConfig",
        "OutputConfig.S3OutputPath",
        "RoleArn",
        "HumanTaskConfig",
        "HumanTaskConfig.WorkteamArn",
        "HumanTaskConfig.UiConfig",
        "HumanTaskConfig.TaskTitle",
        "HumanTaskConfig.TaskDescription",
        "HumanTaskConfig.NumberOfHumanWorkersPerDataObject",
        "HumanTaskConfig.TaskTimeLimitInSeconds",
        "HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn",
    ],
)
def test_a_missing_required_member_is_named(request_document: dict[str, Any], path: str) -> None:
    without(request_document, path)
    found = refusals(request_document)
    assert found[path][0] == "missing"


def test_an_unknown_key_is_named_with_the_keys_there_are(request_document: dict[str, Any]) -> None:
    put(request_document, "HumanTaskConfig.TaskTimeLimitInSecond", 60)
    message, expected = refusals(request_document)["HumanTaskConfig.TaskTimeLimitInSecond"]
    assert message == "unknown key 'TaskTimeLimitInSecond', did you mean 'TaskTimeLimitInSeconds'?"
    assert "MaxConcurrentTaskCount" in expected


def test_an_unknown_key_in_a_list_is_named_with_its_position(request_document: dict[str, Any]) -> None:
    put(request_document, "Tags.1.Name", "x")
    assert refusals(request_document) == {"Tags[1].Name": ("unknown key 'Name'", "one of Key, Value")}


def test_our_own_keys_stand_only_below_groundwork(request_document: dict[str, Any]) -> None:
    request_document["ScriptSources"] = []
    put(request_document, "Groundwork.Crawl", True)
    found = refusals(request_document)
    assert set(found) == {"ScriptSources", "Groundwork.Crawl"}
    assert (
        found["Groundwork.Crawl"][1]
        == "one of TaskType, ConsolidationAlgorithm, Export, AuditLabelAttributeName, ScriptSources, KeepWorkerQuality"
    )


def test_the_python_names_of_members_are_unknown_keys(request_document: dict[str, Any]) -> None:
    request_document["role_arn"] = request_document.pop("RoleArn")
    assert set(refusals(request_document)) == {"role_arn", "RoleArn"}


def test_a_value_of_another_kind_is_told_what_belongs_there(request_document: dict[str, Any]) -> None:
    put(request_document, "HumanTaskConfig.UiConfig", ["s3://harbor-in/ui/boats.liquid"])
    put(request_document, "HumanTaskConfig.TaskTimeLimitInSeconds", "300")
    request_document["Groundwork"] = None
    found = refusals(request_document)
    assert found["HumanTaskConfig.UiConfig"] == (
        "found a list",
        "an object with the keys UiTemplateS3Uri, HumanTaskUiArn",
    )
    assert found["HumanTaskConfig.TaskTimeLimitInSeconds"] == ("found a text", "an integer of at least 30")
    assert found["Groundwork"][0] == "found null"


def test_all_refused_members_are_told_at_once(request_document: dict[str, Any]) -> None:
    put(request_document, "LabelingJobName", "no spaces please")
    put(request_document, "HumanTaskConfig.TaskKeywords", ["fine", "not;fine"])
    put(request_document, "Tags.0.Value", 7)
    assert set(refusals(request_document)) == {"LabelingJobName", "HumanTaskConfig.TaskKeywords[1]", "Tags[0].Value"}


def test_a_syntax_error_is_given_with_line_and_column() -> None:
    with pytest.raises(ProblemsError) as refused:
        parse_object(b'{\n  "LabelingJobName": "boats",\n  "RoleArn": }', "job.json", "a JSON object")
    (problem,) = refused.value.problems
    assert problem.line == 3
    assert "line 3, column 14" in problem.message
    assert problem.path == "job.json"


def test_a_file_that_is_not_utf_8_is_given_with_its_line() -> None:
    with pytest.raises(ProblemsError) as refused:
        parse_object(b'{\n"TaskTitle": "B\xf6ote"}', "job.json", "a JSON object")
    assert refused.value.problems[0].line == 2


@pytest.mark.parametrize("content", [b"[" * 100_000, b"9" * 5000])
def test_json_beyond_the_readers_limits_is_a_problem_too(content: bytes) -> None:
    with pytest.raises(ProblemsError):
        parse_object(content, "job.json", "a JSON object")


def test_a_byte_order_mark_is_tolerated() -> None:
    assert parse_object(b'\xef\xbb\xbf{"a": 1}', "job.json", "a JSON object") == {"a": 1}
