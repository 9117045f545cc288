"""Training in SageMaker: states, rights and requests agree, and without the setting there are no rights at all."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from groundwork.active_learning.sagemaker.containers import REPOSITORIES as CONTAINERS
from groundwork.active_learning.sagemaker.hyper_parameters import TrainingSet, hyper_parameters
from groundwork.active_learning.sagemaker.names import job_names
from groundwork.job.labeling_job import TrainingNetwork

from local.bench.machine_walk import MachineWalk
from stacks.constructs.labeling_machine import DEFINITION
from stacks.constructs.training_role import REPOSITORIES
from tests.formats.jobs import NOW
from tests.stacks.conftest import Synthesized
from tests.stacks.definition import loaded, states
from tests.stacks.test_least_privilege import listed, statements
from tests.unit.active_learning.sagemaker.automated_jobs import ALGORITHMS, automated_job, settings
from tests.unit.active_learning.sagemaker.test_requests import requests

SERVICE = botocore.session.Session().get_service_model("sagemaker")
NETWORK = TrainingNetwork(security_groups=("sg-1",), subnets=("subnet-1",))
OPERATIONS = {
    "createTrainingJob.sync": "CreateTrainingJob",
    "createModel": "CreateModel",
    "createTransformJob.sync": "CreateTransformJob",
}


def calls(synthesized: Synthesized) -> dict[str, tuple[str, dict[str, Any]]]:
    """The states that call SageMaker: operation and state by name."""
    prefix = "arn:aws:states:::sagemaker:"
    return {
        name: (OPERATIONS[state["Resource"].removeprefix(prefix)], state)
        for name, state in states(loaded(synthesized))
        if state.get("Resource", "").startswith(prefix)
    }


def sagemaker_actions(synthesized: Synthesized, role: str) -> dict[str, str]:
    """What a role may do at SageMaker, with the end of the resource's ARN."""
    return {
        action: str(flat(statement["Resource"])).rpartition(":")[2]
        for name, statement in statements(synthesized)
        if name.startswith(f"pipeline/{role}")
        for action in listed(statement["Action"])
        if action.startswith("sagemaker:")
    }


def flat(value: Any) -> Any:
    if isinstance(value, dict) and "Fn::Join" in value:
        return "".join(str(flat(part)) for part in value["Fn::Join"][1])
    return value


def is_on(synthesized: Synthesized) -> bool:
    return synthesized.deployment.settings.sage_maker


def test_without_the_setting_nobody_has_a_right_at_sagemaker(synthesized: Synthesized) -> None:
    text = json.dumps([statement for _, statement in statements(synthesized)])
    trusted = json.dumps(list(synthesized.resources("AWS::IAM::Role").values()))
    assert ("sagemaker:" in text) == ("sagemaker.amazonaws.com" in trusted) == is_on(synthesized)
    variables = [f["Environment"]["Variables"] for f in synthesized.resources("AWS::Lambda::Function").values()]
    on = {each["SAGEMAKER"] for each in variables if "SAGEMAKER" in each}
    assert on == {"true" if is_on(synthesized) else "false"}


def test_the_machine_may_do_what_its_states_ask_for_and_on_its_own_names_only(synthesized: Synthesized) -> None:
    may = sagemaker_actions(synthesized, "LabelingMachineRole")
    if not is_on(synthesized):
        assert may == {}
        return
    wanted = {f"sagemaker:{operation}" for operation, _ in calls(synthesized).values()}
    waiting = {f"sagemaker:{verb}{kind}Job" for verb in ("Describe", "Stop") for kind in ("Training", "Transform")}
    assert set(may) == wanted | waiting | {"sagemaker:AddTags", "sagemaker:ListTags"}
    prefix = f"{synthesized.deployment.settings.deployment_name}-*"
    assert all(resource.endswith(f"/{prefix}") for resource in may.values())
    job = automated_job("object-detection")
    names = job_names(synthesized.deployment.settings.deployment_name, job, 1, 2, NOW)
    assert all(name.startswith(prefix[:-1]) for name in (names.training_job, names.model, *names.transform_jobs))


def test_the_machine_may_pass_one_role_and_to_sagemaker_only(synthesized: Synthesized) -> None:
    if not is_on(synthesized):
        pytest.skip("no rights at SageMaker")
    (statement,) = (
        statement
        for name, statement in statements(synthesized)
        if name.startswith("pipeline/LabelingMachineRole") and "iam:PassRole" in listed(statement["Action"])
    )
    assert statement["Condition"] == {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    (role,) = (
        name.removeprefix("pipeline/")
        for name, role in synthesized.resources("AWS::IAM::Role").items()
        if "sagemaker.amazonaws.com" in json.dumps(role["AssumeRolePolicyDocument"])
    )
    assert statement["Resource"] == {"Fn::GetAtt": [role, "Arn"]}
    variables = [f["Environment"]["Variables"] for f in synthesized.resources("AWS::Lambda::Function").values()]
    given = [each["TRAINING_ROLE_ARN"] for each in variables if "TRAINING_ROLE_ARN" in each]
    assert all(arn == {"Fn::GetAtt": [role, "Arn"]} for arn in given)


def test_the_managed_rules_of_sync_are_those_that_the_cdk_grants(synthesized: Synthesized) -> None:
    """The CDK's own tasks for these integrations are a second opinion on what `.sync` needs."""
    if not is_on(synthesized):
        pytest.skip("no rights at SageMaker")
    ours = {
        (action, str(flat(resource)).rpartition("/")[2] if action.startswith("events:") else "")
        for name, statement in statements(synthesized)
        if name.startswith("pipeline/LabelingMachineRole")
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
        if action.startswith(("sagemaker:", "events:", "iam:"))
    }
    assert ours == granted_by_the_cdk()


def granted_by_the_cdk() -> set[tuple[str, str]]:
    stack = Stack(App(), "Reference")
    uri = tasks.S3Location.from_json_expression("$.uri")
    source = tasks.DataSource(s3_data_source=tasks.S3DataSource(s3_location=uri))
    train = tasks.SageMakerCreateTrainingJob(
        stack,
        "Train",
        training_job_name="job",
        algorithm_specification=tasks.AlgorithmSpecification(algorithm_name="net"),
        input_data_config=[tasks.Channel(channel_name="train", data_source=source)],
        output_data_config=tasks.OutputDataConfig(s3_output_location=uri),
        integration_pattern=sfn.IntegrationPattern.RUN_JOB,
    )
    model = tasks.SageMakerCreateModel(
        stack,
        "Model",
        model_name="model",
        primary_container=tasks.ContainerDefinition(
            image=tasks.DockerImage.from_json_expression("$.image"), model_s3_location=uri
        ),
    )
    transform = tasks.SageMakerCreateTransformJob(
        stack,
        "Transform",
        transform_job_name="job",
        model_name="model",
        transform_input=tasks.TransformInput(
            transform_data_source=tasks.TransformDataSource(
                s3_data_source=tasks.TransformS3DataSource(s3_uri="s3://bucket/key")
            )
        ),
        transform_output=tasks.TransformOutput(s3_output_path="s3://bucket/out"),
        integration_pattern=sfn.IntegrationPattern.RUN_JOB,
    )
    chain = sfn.DefinitionBody.from_chainable(train.next(model).next(transform))
    machine = sfn.StateMachine(stack, "Machine", definition_body=chain)
    assert machine is not None
    template = App.of(stack).synth().get_stack_by_name("Reference").template  # type: ignore[union-attr]
    policies = [
        resource["Properties"]["PolicyDocument"]["Statement"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::IAM::Policy" and name.startswith("Machine")
    ]
    return {
        (action, str(flat(resource)).rpartition("/")[2] if action.startswith("events:") else "")
        for policy in policies
        for statement in policy
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("network", [None, NETWORK], ids=["open", "in a network"])
def test_a_state_passes_on_every_member_of_its_request(
    synthesized: Synthesized, algorithm: Any, network: TrainingNetwork | None
) -> None:
    made = requests(algorithm, settings(algorithm, network=network))
    of_operation = {
        "CreateTrainingJob": made.training(hyper_parameters(algorithm, TrainingSet(2, 9), {})),
        "CreateModel": made.model(),
        "CreateTransformJob": made.transforms(["0", "1"])[0],
    }
    for name, (operation, state) in calls(synthesized).items():
        if name.endswith("InNetwork") != (network is not None) and operation != "CreateTransformJob":
            continue
        passed = {member.removesuffix(".$") for member in state["Parameters"]}
        assert passed == set(of_operation[operation]), name
        shape = SERVICE.operation_model(operation).input_shape
        assert shape is not None
        assert set(shape.required_members) <= passed <= set(shape.members)


def test_a_fault_of_sagemaker_leaves_the_rest_to_people_and_fails_no_job(synthesized: Synthesized) -> None:
    inner = dict(states(loaded(synthesized)))
    for name, (operation, state) in calls(synthesized).items():
        (catch,) = state["Catch"]
        part = operation == "CreateTransformJob"
        assert catch["ErrorEquals"] == ["States.ALL"]
        assert catch["Next"] == ("ActiveLearningTrainingTransformFailed" if part else "ActiveLearningFitGivenUp"), name
        retried = {error for rule in state["Retry"] for error in rule["ErrorEquals"]}
        assert "States.TaskFailed" not in retried, "a name can't be used twice, so a job that failed is not begun again"
        assert state["ResultPath"] is None, "what SageMaker tells of a job would fill the state"
    assert inner["ActiveLearningTrainingTransformFailed"]["Next"] == "ActiveLearningTransformDone"


@pytest.mark.parametrize("network", [None, NETWORK], ids=["open", "in a network"])
@pytest.mark.parametrize("ready", [True, False])
def test_a_round_passes_through_sagemaker_only_when_a_model_is_due(
    ready: bool, network: TrainingNetwork | None
) -> None:
    document = json.loads(DEFINITION.read_text())
    document["States"]["ActiveLearningFit"] = {"Type": "Succeed"}
    document["StartAt"] = "ActiveLearningTrainer"
    made = requests("object-detection", settings("object-detection", network=network))
    prepared = {
        "ready": True,
        "training": made.training({}),
        "model": made.model(),
        "transforms": made.transforms(["0", "1"]),
        "shards": [0, 3],
    }
    called: list[tuple[str, Any]] = []

    def invoke(name: str, event: Any, waits: bool) -> Any:
        called.append((name.rpartition(":")[2], event))
        return (prepared if ready else {"ready": False}) if name == "active_learning_training" else {}

    selection = {"loop": 4, "learning": {"round": 1, "trainer": "sagemaker", "features": []}}
    MachineWalk(document, invoke).run({"jobKey": "pier", "selection": selection})
    names = [name for name, _ in called]
    if not ready:
        assert names == ["active_learning_training"]
        return
    assert names == [
        "active_learning_training",
        "createTrainingJob.sync",
        "createModel",
        "createTransformJob.sync",
        "createTransformJob.sync",
        "active_learning_predictions",
        "active_learning_predictions",
    ]
    assert called[1][1] == prepared["training"]
    assert called[2][1] == prepared["model"]
    assert [called[place][1] for place in (3, 4)] == prepared["transforms"]
    assert called[5][1] == {"jobKey": "pier", "round": 1, "shard": 0}


def test_the_embedded_trainer_never_comes_near_sagemaker() -> None:
    document = json.loads(DEFINITION.read_text())
    document["StartAt"] = "ActiveLearningTrainer"
    document["States"]["ActiveLearningFit"] = {"Type": "Succeed"}
    called: list[str] = []

    def invoke(name: str, event: Any, waits: bool) -> Any:
        called.append(name)
        return {"done": True}

    selection = {"learning": {"round": 1, "trainer": "embedded", "features": [2]}}
    MachineWalk(document, invoke).run({"jobKey": "pier", "selection": selection})
    assert called == ["active_learning_features"]


def test_training_reads_the_data_writes_outputs_and_pulls_listed_containers_only(synthesized: Synthesized) -> None:
    if not is_on(synthesized):
        pytest.skip("no rights at SageMaker")
    of_role = [statement for name, statement in statements(synthesized) if name.startswith("pipeline/TrainingRole")]
    by_action: dict[str, set[str]] = {}
    for statement in of_role:
        for action in listed(statement["Action"]):
            by_action.setdefault(action, set()).update(str(flat(each)) for each in listed(statement["Resource"]))
    written = by_action["s3:PutObject"]
    assert not any("street-scenes" in each or "product-texts" in each for each in written)
    assert any("labels-out/*" in each for each in written)
    assert any("street-scenes/*" in each for each in by_action["s3:GetObject"])
    pulled = {each.partition("repository/")[2] for each in by_action["ecr:BatchGetImage"]}
    assert pulled == {*REPOSITORIES, "boats/net"}
    assert set(REPOSITORIES) == set(CONTAINERS.values())
    assert not {action for action in by_action if action.startswith(("sagemaker:", "iam:", "states:", "dynamodb:"))}


def test_stop_may_stop_and_training_may_look_up_and_nothing_else_may_either(synthesized: Synthesized) -> None:
    stop, training = (sagemaker_actions(synthesized, role) for role in ("stopRole", "activelearningtrainingRole"))
    if not is_on(synthesized):
        assert stop == training == {}
        return
    assert set(stop) == {"sagemaker:StopTrainingJob", "sagemaker:StopTransformJob"}
    assert set(training) == {"sagemaker:DescribeModel", "sagemaker:DescribeAlgorithm"}
    holders = {
        name.split("/")[1]
        for name, statement in statements(synthesized)
        if any(action.startswith("sagemaker:") for action in listed(statement["Action"]))
    }
    assert len(holders) == 3
