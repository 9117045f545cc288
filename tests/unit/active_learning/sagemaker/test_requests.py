"""The requests are what SageMaker's own service model asks for."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from groundwork.active_learning.sagemaker.containers import ACCOUNTS, NoContainerError, built_in_image
from groundwork.active_learning.sagemaker.hyper_parameters import TrainingSet, hyper_parameters
from groundwork.active_learning.sagemaker.names import LONGEST, job_names
from groundwork.active_learning.sagemaker.requests import Containers, RoundRequests
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.labeling_job import Algorithm, TrainingNetwork, TrainingSettings

from tests.formats.jobs import NOW
from tests.unit.active_learning.sagemaker.automated_jobs import ALGORITHMS, automated_job, settings

SERVICE = botocore.session.Session().get_service_model("sagemaker")
ROLE = "arn:aws:iam::123456789012:role/labels-training"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ALGORITHM = "arn:aws:sagemaker:eu-west-1:123456789012:algorithm/boat-net"
EVERYTHING = {"volume_kms_key": KEY, "network": TrainingNetwork(security_groups=("sg-1",), subnets=("subnet-1",))}


def faults(operation: str, request: dict[str, Any]) -> str:
    """Check as a client does before it sends, and by the model's enumerations, patterns' lengths too."""
    shape = SERVICE.operation_model(operation).input_shape
    assert shape is not None
    report = ParamValidator().validate(request, shape)
    found = [report.generate_report(), *_enumerations(shape, request, operation)]
    return "\n".join(text for text in found if text)


def _enumerations(shape: Any, value: Any, place: str) -> list[str]:
    if shape.type_name == "structure":
        return [
            text
            for name, part in value.items()
            if name in shape.members
            for text in _enumerations(shape.members[name], part, f"{place}.{name}")
        ]
    if shape.type_name == "list":
        return [text for part in value for text in _enumerations(shape.member, part, place)]
    allowed, most = shape.metadata.get("enum"), shape.metadata.get("max")
    if allowed and value not in allowed:
        return [f"{place}: {value!r} is none of {allowed}"]
    too_long = shape.type_name == "string" and most is not None and len(value) > most
    return [f"{place}: longer than {most}"] if too_long else []


def requests(algorithm: Algorithm, training: TrainingSettings, **containers: Any) -> RoundRequests:
    job = automated_job(algorithm, training, output_kms_key=KEY if training.volume_kms_key else None)
    image = built_in_image(algorithm, "eu-west-1")
    return RoundRequests(
        job=job,
        algorithm=algorithm,
        settings=training,
        containers=Containers(**{"training": image, "inference": image, **containers}),
        names=job_names("groundwork", job, 3, 2, NOW),
        paths=TrainingPaths.of(job, 3),
        role_arn=ROLE,
    )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("changes", [{}, EVERYTHING], ids=["least", "everything"])
@pytest.mark.parametrize("own", [None, ALGORITHM], ids=["built-in", "own algorithm"])
@pytest.mark.parametrize("initial", [None, "s3://harbor-in/models/birds.tar.gz"], ids=["new", "warm"])
def test_sagemaker_takes_the_requests_of_every_type(
    algorithm: Algorithm, changes: dict[str, Any], own: str | None, initial: str | None
) -> None:
    made = requests(algorithm, settings(algorithm, **changes), algorithm_name=own)
    chosen = hyper_parameters(algorithm, TrainingSet(classes=3, lines=200, most_boxes=90), {})
    assert faults("CreateTrainingJob", made.training(chosen, initial)) == ""
    assert faults("CreateModel", made.model()) == ""
    first, second = made.transforms(["0", "1"])
    assert faults("CreateTransformJob", first) == ""
    assert faults("CreateTransformJob", second) == ""
    assert first["TransformJobName"] != second["TransformJobName"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("ResourceConfig", "InstanceType"), "ml.tiny"),
        (("InputDataConfig", 0, "RecordWrapperType"), "Recordio"),
        (("InputDataConfig", 0, "DataSource", "S3DataSource", "S3DataType"), "Manifest"),
        (("TrainingJobName",), "x" * 64),
        (("AlgorithmSpecification", "TrainingInputMode"), None),
        (("StoppingCondition",), {"MaxRuntime": 3}),
    ],
)
def test_the_check_refuses_what_sagemaker_would(path: tuple[str | int, ...], value: Any) -> None:
    request = requests("object-detection", settings("object-detection")).training({})
    part: Any = request
    for step in path[:-1]:
        part = part[step]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    assert faults("CreateTrainingJob", request)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_model_is_what_the_training_job_wrote(algorithm: Algorithm) -> None:
    made = requests(algorithm, settings(algorithm))
    training, model = made.training({}), made.model()
    written = f"{training['OutputDataConfig']['S3OutputPath']}/{training['TrainingJobName']}/output/model.tar.gz"
    assert model["PrimaryContainer"]["ModelDataUrl"] == written
    # AWS's own readers find iteration and job by counting from the end (spec: workflows §3.8).
    parts = written.split("/")
    assert (parts[-5], parts[-3]) == ("3", training["TrainingJobName"])
    assert all(each["ModelName"] == model["ModelName"] for each in made.transforms(["0", "1"]))


def test_manifests_are_piped_as_records_with_the_data_object_first() -> None:
    request = requests("semantic-segmentation", settings("semantic-segmentation")).training({})
    for channel in request["InputDataConfig"]:
        source = channel["DataSource"]["S3DataSource"]
        assert (channel["InputMode"], channel["RecordWrapperType"]) == ("Pipe", "RecordIO")
        assert source["S3DataType"] == "AugmentedManifestFile"
        assert source["AttributeNames"] == ["source-ref", "label-ref"]


def test_texts_keep_their_ids_beside_the_answers_and_images_are_asked_one_by_one() -> None:
    texts, _ = requests("text-classification", settings("text-classification")).transforms(["texts", "more"])
    assert texts["DataProcessing"]["OutputFilter"] == "$['id','SageMakerOutput']"
    assert texts["TransformInput"]["ContentType"] == texts["TransformOutput"]["Accept"] == "application/jsonlines"
    image, _ = requests("object-detection", settings("object-detection")).transforms(["0", "1"])
    assert image["BatchStrategy"] == "SingleRecord"
    assert image["DataProcessing"]["JoinSource"] == "None"


def test_the_requests_own_hyperparameters_go_before_ours() -> None:
    chosen = hyper_parameters("image-classification", TrainingSet(classes=3, lines=7), {"epochs": "2", "beta_1": "0.8"})
    assert (chosen["epochs"], chosen["beta_1"], chosen["num_classes"]) == ("2", "0.8", "3")
    assert chosen["mini_batch_size"] == "7", "a batch of more lines than there are would never fill"


def test_masks_have_a_class_more_and_boxes_room_for_the_fullest_image() -> None:
    masks = hyper_parameters("semantic-segmentation", TrainingSet(classes=3, lines=50), {})
    boxes = hyper_parameters("object-detection", TrainingSet(classes=3, lines=50, most_boxes=100), {})
    assert masks["num_classes"] == "4"
    assert int(boxes["label_width"]) >= 100 * 5 + 2


def test_a_region_without_built_in_algorithms_is_told_the_way_out() -> None:
    beijing = built_in_image("text-classification", "cn-north-1")
    assert beijing == "390948362332.dkr.ecr.cn-north-1.amazonaws.com.cn/blazingtext:1"
    assert len(set(ACCOUNTS.values())) == len(ACCOUNTS)
    with pytest.raises(NoContainerError, match="TrainingImage"):
        built_in_image("text-classification", "xx-south-9")


def test_names_are_short_begin_with_the_deployment_and_differ_between_attempts() -> None:
    job = automated_job("object-detection", name="a-" + "very-long--name-" * 3 + "of-a-job", arn="arn:x")
    first = job_names("g" * 24, job, 9999, 12, NOW)
    again = job_names("g" * 24, job, 9999, 12, NOW.replace(second=13))
    for name in (first.training_job, first.model, *first.transform_jobs):
        assert len(name) <= LONGEST
        assert name.startswith("g" * 24 + "-")
        assert "--" not in name
    assert not {first.training_job, *first.transform_jobs} & {again.training_job, *again.transform_jobs}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_a_round_puts_into_the_state_is_far_below_its_limit(algorithm: Algorithm) -> None:
    made = requests(algorithm, settings(algorithm, **EVERYTHING))
    own = {f"parameter-{number}": "x" * 256 for number in range(100)}
    state = {
        "training": made.training(own, "s3://harbor-in/" + "k" * 1000),
        "model": made.model(),
        "transforms": made.transforms(["0", "1"]),
        "shards": list(range(2_000)),
    }
    assert len(json.dumps(state)) < 256 * 1024 / 4
