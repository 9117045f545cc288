"""No policy says more than it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from groundwork.job import team_paths

from stacks.rights import WORK_TEAMS
from tests.stacks.conftest import Synthesized

STAR_REASONS = {
    "states:SendTaskSuccess": "Step Functions gives SendTask* no resource type in the service authorization reference",
    "states:SendTaskFailure": "as SendTaskSuccess",
    "logs:CreateLogDelivery": "log deliveries know no resource; the CDK's own statement for the machine's log",
    "logs:GetLogDelivery": "as CreateLogDelivery",
    "logs:UpdateLogDelivery": "as CreateLogDelivery",
    "logs:DeleteLogDelivery": "as CreateLogDelivery",
    "logs:ListLogDeliveries": "as CreateLogDelivery",
    "logs:PutResourcePolicy": "as CreateLogDelivery",
    "logs:DescribeResourcePolicies": "as CreateLogDelivery",
    "logs:DescribeLogGroups": "as CreateLogDelivery",
}
TRAINING_STAR_REASONS = {
    "ecr:GetAuthorizationToken": "a token is for all registries",
    "cloudwatch:PutMetricData": "metrics know no resource; the namespaces are a condition",
    "ec2:DescribeNetworkInterfaces": "describing knows no resource in EC2",
    "ec2:DescribeVpcs": "as DescribeNetworkInterfaces",
    "ec2:DescribeDhcpOptions": "as DescribeNetworkInterfaces",
    "ec2:DescribeSubnets": "as DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups": "as DescribeNetworkInterfaces",
}
"""Of the role of SageMaker's instances, which exists with the setting `sageMaker` only."""
TOKEN_RELEASING = {"taskdispatch", "stop", "wake", "portalapi"}


def statements(synthesized: Synthesized) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, policy in synthesized.resources("AWS::IAM::Policy").items():
        for statement in policy["PolicyDocument"]["Statement"]:
            yield name, statement


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_no_statement_allows_a_wildcard_of_actions(synthesized: Synthesized) -> None:
    wide = [(name, s["Action"]) for name, s in statements(synthesized) if any("*" in a for a in listed(s["Action"]))]
    assert wide == []


def test_every_star_resource_is_one_that_has_a_reason(synthesized: Synthesized) -> None:
    actions = {
        action for _, s in statements(synthesized) if "*" in listed(s["Resource"]) for action in listed(s["Action"])
    }
    training = set(TRAINING_STAR_REASONS) if synthesized.deployment.settings.sage_maker else set()
    assert actions == set(STAR_REASONS) | training


def test_only_what_talks_to_the_waiting_machine_may_release_tokens(synthesized: Synthesized) -> None:
    holders = {
        name.split("/")[1] for name, s in statements(synthesized) if "states:SendTaskSuccess" in listed(s["Action"])
    }
    assert len(holders) == len(TOKEN_RELEASING)
    assert all(any(holder.startswith(name) for holder in holders) for name in TOKEN_RELEASING)


def test_no_role_has_a_managed_policy(synthesized: Synthesized) -> None:
    assert [n for n, role in synthesized.resources("AWS::IAM::Role").items() if role.get("ManagedPolicyArns")] == []


def test_every_function_has_a_role_of_its_own(synthesized: Synthesized) -> None:
    roles = [json.dumps(function["Role"]) for function in synthesized.resources("AWS::Lambda::Function").values()]
    assert len(set(roles)) == len(roles)


def test_nothing_but_the_settings_opens_other_buckets_functions_and_keys(synthesized: Synthesized) -> None:
    settings = synthesized.deployment.settings
    text = json.dumps(synthesized.templates())
    named = [*settings.data_buckets, *settings.output_buckets, *settings.customer_functions, *settings.kms_keys]
    assert all(name in text for name in named)
    kms = {
        json.dumps(r) for _, s in statements(synthesized) if "kms:" in str(s["Action"]) for r in listed(s["Resource"])
    }
    assert kms == {json.dumps(key) for key in settings.kms_keys}


def test_data_buckets_are_only_read(synthesized: Synthesized) -> None:
    settings = synthesized.deployment.settings
    for _, statement in statements(synthesized):
        resources = json.dumps(statement["Resource"])
        if any(f":::{bucket}" in resources for bucket in settings.data_buckets):
            assert set(listed(statement["Action"])) <= {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"}


def test_every_bucket_and_topic_refuses_plain_http(synthesized: Synthesized) -> None:
    kinds = ("AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy")
    for kind in kinds:
        policies = synthesized.resources(kind)
        assert policies
        for name, policy in policies.items():
            denies = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
            assert any(s["Condition"] == {"Bool": {"aws:SecureTransport": "false"}} for s in denies), name


def test_models_are_those_of_the_settings_and_only_features_are_made_with_them(synthesized: Synthesized) -> None:
    settings = synthesized.deployment.settings
    bedrock = [(name, s) for name, s in statements(synthesized) if "bedrock:InvokeModel" in listed(s["Action"])]
    files = [(name, s) for name, s in statements(synthesized) if ":::model-files" in json.dumps(s["Resource"])]
    assert all(name.startswith("pipeline/activelearningfeatures") for name, _ in [*bedrock, *files])
    ends = [
        json.dumps(r).split("::foundation-model/")[1].rstrip('"]}') for _, s in bedrock for r in listed(s["Resource"])
    ]
    assert ends == list(settings.bedrock_models)
    keys = [json.dumps(r).split(":::")[1].rstrip('"]}') for _, s in files for r in listed(s["Resource"])]
    named = [name.removeprefix("s3://") for name in settings.feature_extractors if name.startswith("s3://")]
    assert keys == [key for name in named for key in (name, f"{name}.json")]
    assert {action for _, s in files for action in listed(s["Action"])} <= {"s3:GetObject"}


def test_the_output_role_is_closed_until_a_customer_function_is_listed(synthesized: Synthesized) -> None:
    (role,) = (r for name, r in synthesized.resources("AWS::IAM::Role").items() if "OutputRole" in name)
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    if not synthesized.deployment.settings.customer_functions:
        assert statement["Condition"] == {"StringEquals": {"aws:PrincipalArn": "nobody"}}
    else:
        # A qualifier is no part of the ARN that Lambda tells.
        functions = statement["Condition"]["ArnEquals"]["lambda:SourceFunctionArn"]
        assert [arn.rsplit(":", 1)[1] for arn in functions] == ["crop-images", "merge-boxes"]


def denied(synthesized: Synthesized, action: str) -> set[str]:
    """Who is kept from this on what is known of work teams: the beginnings of policies' names."""
    return {
        re.split(r"Role|/", name.split("/")[1])[0]
        for name, s in statements(synthesized)
        if s["Effect"] == "Deny" and action in listed(s["Action"]) and WORK_TEAMS in json.dumps(s["Resource"])
    }


def granted(synthesized: Synthesized, action: str) -> set[str]:
    return {
        re.split(r"Role|/", name.split("/")[1])[0]
        for name, s in statements(synthesized)
        if s["Effect"] == "Allow"
        and action in listed(s["Action"])
        and any("JobsBucket" in json.dumps(r) or "Jobs" in json.dumps(r) for r in listed(s["Resource"]))
        and any(json.dumps(r).rstrip('"]} ').endswith("/*") for r in listed(s["Resource"]))
    }


def test_what_is_known_of_workers_is_read_and_written_by_those_who_must_alone(synthesized: Synthesized) -> None:
    readers = granted(synthesized, "s3:GetObject") - denied(synthesized, "s3:GetObject")
    writers = granted(synthesized, "s3:PutObject") - denied(synthesized, "s3:PutObject")
    assert readers == {"consolidationestimate", "manifestoutputquality"}
    assert writers == {"manifestoutputquality"}


def test_the_prefix_of_what_is_known_of_workers_is_the_cores() -> None:
    assert team_paths.WORK_TEAMS == WORK_TEAMS
