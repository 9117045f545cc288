from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import LabelingJob, ManifestVersion
from groundwork.job.problems import Problem, ProblemsError, error_document
from groundwork.job.resolve import Inputs, input_addresses, not_found, resolve
from groundwork.job.s3_uri import S3Uri

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
MANIFEST = ManifestVersion(uri="s3://harbor-in/m/day1.manifest", etag="9b2cf535f27731c974343645", version_id="v1")
LABELS = b'{"document-version": "2018-11-28", "labels": [{"label": "ferry"}, {"label": "buoy"}]}'
INPUTS = Inputs(manifest=MANIFEST, label_file=LABELS)
TASK = "HumanTaskConfig"
PRE = f"{TASK}.PreHumanTaskLambdaArn"
POST = f"{TASK}.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn"
OWN_PRE = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-pre"
OWN_POST = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-post"


def built_in(name: str) -> str:
    return f"arn:aws:lambda:ap-south-1:565803892007:function:{name}"


def put(request: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Set a member; None takes it away."""
    *parents, last = path.split(".")
    part: Any = request
    for step in parents:
        part = part.setdefault(step, {})
    if value is None:
        part.pop(last, None)
    else:
        part[last] = value
    return request


def custom(request: dict[str, Any], pre: str | None, post: str | None) -> dict[str, Any]:
    put(request, PRE, pre)
    put(request, POST, post)
    if post is None:
        put(request, f"{TASK}.AnnotationConsolidationConfig", None)
    return request


def problems(
    request: dict[str, Any], context: DropContext, types: TaskTypes, inputs: Inputs = INPUTS
) -> dict[str, str]:
    with pytest.raises(ProblemsError) as refused:
        resolve(request, inputs, context, types, NOW)
    return {problem.path: problem.message for problem in refused.value.problems}


def test_a_request_becomes_a_labeling_job(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    job = resolve(request_document, INPUTS, context, task_types, NOW)
    assert job.arn == "arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/harbor-boats-01"
    assert job.reference_code.startswith("123456789012")
    assert job == LabelingJob(
        name="Harbor-Boats-01",
        arn=job.arn,
        reference_code=job.reference_code,
        created_at=NOW,
        task_type="ImageMultiClass",
        label_attribute="boats",
        labels=("ferry", "buoy"),
        manifest=MANIFEST,
        output_root="s3://harbor-out/jobs/Harbor-Boats-01",
        output_kms_key=None,
        template_uri="s3://harbor-in/ui/boats.liquid",
        role_arn="arn:aws:iam::123456789012:role/labeling-exec",
        work_team="dock-crew",
        title="Which boat is it?",
        description="Choose the kind of the largest boat.",
        keywords=("boats", "harbor pier"),
        workers_per_object=3,
        task_time_limit=600,
        task_availability=86400,
        max_concurrent=50,
        stop_conditions={"max_human_labeled_objects": 900, "max_percentage_labeled": 90},
        script_sources=("https://cdn.example.com",),
        tags={"cost centre": "pier-7", "Größe": ""},
    )
    assert LabelingJob.model_validate_json(job.model_dump_json()) == job


def test_optional_members_take_ground_truths_defaults(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    for member in ("TaskAvailabilityLifetimeInSeconds", "MaxConcurrentTaskCount", "TaskKeywords"):
        put(request_document, f"{TASK}.{member}", None)
    put(request_document, "StoppingConditions", None)
    job = resolve(request_document, INPUTS, context, task_types, NOW)
    assert (job.task_availability, job.max_concurrent, job.keywords) == (2_592_000, 1000, ())
    assert job.stop_conditions.max_human_labeled_objects is None


@pytest.mark.parametrize(
    ("pre", "post", "task_type", "functions"),
    [
        (None, None, "Custom", (None, None)),
        (OWN_PRE, OWN_POST, "Custom", (OWN_PRE, OWN_POST)),
        (OWN_PRE, None, "Custom", (OWN_PRE, None)),
        (None, OWN_POST, "Custom", (None, OWN_POST)),
        (built_in("PRE-PassThrough"), built_in("ACS-PassThrough"), "PassThrough", (None, None)),
        (built_in("PRE-PassThrough"), OWN_POST, "Custom", (None, OWN_POST)),
        (OWN_PRE, built_in("ACS-PassThrough"), "PassThrough", (OWN_PRE, None)),
        (built_in("PRE-PassThrough"), None, "Custom", (None, None)),
    ],
)
def test_functions_settle_the_type_of_a_custom_job(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    pre: str | None,
    post: str | None,
    task_type: str,
    functions: tuple[str | None, str | None],
) -> None:
    request = custom(put(request_document, "LabelCategoryConfigS3Uri", None), pre, post)
    job = resolve(request, Inputs(manifest=MANIFEST), context, task_types, NOW)
    assert job.task_type == task_type
    assert (job.functions.pre, job.functions.post) == functions
    assert job.labels is None


def test_a_function_that_is_not_listed_is_refused_with_the_setting_to_extend(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    request = custom(request_document, OWN_PRE, OWN_POST + "-2")
    with pytest.raises(ProblemsError) as refused:
        resolve(request, INPUTS, context, task_types, NOW)
    (problem,) = refused.value.problems
    assert problem.path == POST
    assert "customerFunctions" in problem.expected


@pytest.mark.parametrize("name", ["BoundingBox", "3DPointCloudObjectTracking", "VideoClassification"])
def test_a_task_type_that_is_not_there_yet_is_refused_with_those_that_are(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes, name: str
) -> None:
    found = problems(custom(request_document, built_in(f"PRE-{name}"), built_in(f"ACS-{name}")), context, task_types)
    expected = (
        f"task type {name} is not available in this version; "
        "available: ImageMultiClass, TextMultiClass, PassThrough, Custom"
    )
    assert found == {PRE: expected, POST: expected}


def test_a_name_that_is_no_task_type_is_refused(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.TaskType", "Photos")
    assert "task type Photos is not available" in problems(request_document, context, task_types)["Groundwork.TaskType"]


@pytest.mark.parametrize(
    ("pre", "post", "place"),
    [
        (built_in("PRE-ImageMultiClass"), built_in("ACS-TextMultiClass"), POST),
        (built_in("PRE-ImageMultiClass"), None, POST),
        (None, built_in("ACS-TextMultiClass"), PRE),
        (built_in("PRE-ImageMultiClass"), OWN_POST, POST),
        (OWN_PRE, built_in("ACS-ImageMultiClass"), PRE),
        (built_in("PRE-PassThrough"), built_in("ACS-ImageMultiClass"), PRE),
    ],
)
def test_functions_of_different_task_types_are_refused(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    pre: str | None,
    post: str | None,
    place: str,
) -> None:
    found = problems(custom(request_document, pre, post), context, task_types)
    assert set(found) == {place}
    assert "do not belong together" in found[place]


def test_functions_in_each_others_place_are_refused(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    request = custom(request_document, built_in("ACS-ImageMultiClass"), built_in("PRE-ImageMultiClass"))
    assert set(problems(request, context, task_types)) == {PRE, POST}


def test_a_named_task_type_must_agree_with_the_functions(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.TaskType", "TextMultiClass")
    assert set(problems(request_document, context, task_types)) == {"Groundwork.TaskType"}
    put(request_document, "Groundwork.TaskType", "ImageMultiClass")
    assert resolve(request_document, INPUTS, context, task_types, NOW).task_type == "ImageMultiClass"


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
            "LabelingJobAlgorithmsConfig",
            {"LabelingJobAlgorithmSpecificationArn": "arn:aws:sagemaker:eu-west-1:027400017018:x/image-classification"},
            "people only",
        ),
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


def test_types_to_come_bring_their_own_rules(
    request_document: dict[str, Any], context: DropContext, more_task_types: TaskTypes
) -> None:
    masks = custom(request_document, built_in("PRE-SemanticSegmentation"), built_in("ACS-SemanticSegmentation"))
    assert problems(masks, context, more_task_types) == {
        "LabelAttributeName": "'boats' must end in -ref for task type SemanticSegmentation"
    }
    names = custom(masks, built_in("PRE-NamedEntityRecognition"), built_in("ACS-NamedEntityRecognition"))
    assert set(problems(names, context, more_task_types)) == {
        f"{TASK}.UiConfig.UiTemplateS3Uri",
        f"{TASK}.UiConfig.HumanTaskUiArn",
    }


def test_every_problem_is_told_at_once(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "LabelAttributeName", "boats-ref")
    put(request_document, "RoleArn", None)
    put(request_document, f"{TASK}.TaskTitle", "")
    put(request_document, f"{TASK}.Extra", 1)
    put(request_document, "OutputConfig.S3OutputPath", "s3://elsewhere/out")
    known = Problem(path="InputConfig.DataSource.S3DataSource.ManifestS3Uri", message="gone", expected="there")
    inputs = Inputs(manifest=None, label_file=b'{"labels": [{"label": "ferry"}]}', problems=(known,))
    assert set(problems(request_document, context, task_types, inputs)) == {
        "LabelAttributeName",
        "RoleArn",
        f"{TASK}.TaskTitle",
        f"{TASK}.Extra",
        "OutputConfig.S3OutputPath",
        known.path,
        "s3://harbor-in/cfg/boats.json",
    }


def test_a_member_that_a_problem_names_already_is_not_called_missing_too(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    path = "InputConfig.DataSource.S3DataSource.ManifestS3Uri"
    put(request_document, path, None)
    several = Problem(path=path, message="several manifests", expected="one")
    inputs = Inputs(manifest=None, label_file=LABELS, problems=(several,))
    assert problems(request_document, context, task_types, inputs) == {path: "several manifests"}


@pytest.mark.parametrize("request_document", [{}, {"HumanTaskConfig": []}, {"InputConfig": {"DataSource": 3}}])
def test_a_request_that_is_wrong_all_over_is_told_so_without_a_crash(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    found = problems(request_document, context, task_types, Inputs(manifest=None))
    assert {"LabelingJobName", "HumanTaskConfig", "InputConfig"} <= {path.partition(".")[0] for path in found}


def test_the_files_to_read_are_those_that_may_be_read(request_document: dict[str, Any], context: DropContext) -> None:
    addresses = input_addresses(request_document, context)
    assert addresses.manifest == S3Uri("harbor-in", "m/day1.manifest")
    assert addresses.label_file == S3Uri("harbor-in", "cfg/boats.json")
    assert addresses.template == S3Uri("harbor-in", "ui/boats.liquid")
    put(request_document, "LabelCategoryConfigS3Uri", "s3://elsewhere/labels.json")
    put(request_document, f"{TASK}.UiConfig.UiTemplateS3Uri", 12)
    addresses = input_addresses(request_document, context)
    assert (addresses.label_file, addresses.template) == (None, None)


def test_a_file_that_does_not_exist_is_named_by_its_member(request_document: dict[str, Any]) -> None:
    problem = not_found(request_document, S3Uri("harbor-in", "cfg/boats.json"))
    assert problem.path == "LabelCategoryConfigS3Uri"
    assert "s3://harbor-in/cfg/boats.json" in problem.message


def test_error_json_lists_the_problems_with_time_in_utc() -> None:
    problem = Problem(path="s3://harbor-in/m/day1.manifest", message="not JSON", expected="an object", line=3)
    other = Problem(path="RoleArn", message="missing", expected="a role ARN")
    moment = datetime(2026, 3, 2, 10, 15, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))
    assert error_document("boats", [problem, other], moment) == {
        "labelingJobName": "boats",
        "problems": [
            {"path": "s3://harbor-in/m/day1.manifest", "message": "not JSON", "expected": "an object", "line": 3},
            {"path": "RoleArn", "message": "missing", "expected": "a role ARN"},
        ],
        "time": "2026-03-02T09:15:00.250Z",
    }
