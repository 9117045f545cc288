"""What the stacks promise to the rest of the project."""

from __future__ import annotations

import json
import re
from typing import Any

from stacks.constructs.portal_http_api import ROUTES
from tests.stacks.conftest import ROOT, Synthesized


def only(synthesized: Synthesized, kind: str) -> dict[str, Any]:
    (resource,) = synthesized.resources(kind).values()
    return resource


def test_the_queue_table_has_the_keys_the_code_uses(synthesized: Synthesized) -> None:
    table = only(synthesized, "AWS::DynamoDB::Table")
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    (index,) = table["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "queue"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["queue", "queueAt"]
    assert index["Projection"] == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["workers"]}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_jobs_answers_and_workers_outlive_their_stack(synthesized: Synthesized) -> None:
    kept = {
        resource["Type"]
        for template in synthesized.templates().values()
        for resource in template["Resources"].values()
        if resource.get("DeletionPolicy") == "Retain"
    }
    assert kept == {"AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Cognito::UserPool"}


def test_the_jobs_bucket_tells_eventbridge_without_a_function_of_the_cdk(synthesized: Synthesized) -> None:
    bucket = next(b for name, b in synthesized.resources("AWS::S3::Bucket").items() if name.startswith("data/"))
    assert bucket["NotificationConfiguration"] == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (cors,) = bucket["CorsConfiguration"]["CorsRules"]
    assert (cors["AllowedMethods"], cors["AllowedOrigins"]) == (["GET"], ["*"])


def test_every_rule_tries_again_and_keeps_what_it_gives_up(synthesized: Synthesized) -> None:
    rules = synthesized.resources("AWS::Events::Rule")
    assert len(rules) == 4
    for rule in rules.values():
        (target,) = rule["Targets"]
        assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0
        assert "DeadLetterConfig" in target


def test_drops_are_noticed_by_the_keys_of_the_layout(synthesized: Synthesized) -> None:
    patterns = [rule["EventPattern"] for rule in synthesized.resources("AWS::Events::Rule").values()]
    keys = [p["detail"]["object"]["key"] for p in patterns if p["source"] == ["aws.s3"]]
    assert [[key["wildcard"] for key in some] for some in keys] == [
        ["*/job.json", "*/*.manifest", "*/*.jsonl", "*/labels.json"],
        ["*/stop"],
    ]


def test_every_route_of_the_contract_is_served_and_asks_for_a_token(synthesized: Synthesized) -> None:
    contract = re.findall(r"^\| `(GET|POST|PUT) (/[^`]+)`", (ROOT / "docs" / "architecture.md").read_text(), re.M)
    served = {route["RouteKey"]: route for route in synthesized.resources("AWS::ApiGatewayV2::Route").values()}
    assert set(served) == {f"{method} {path}" for method, path in contract}
    open_routes = [key for key, route in served.items() if route["AuthorizationType"] != "JWT"]
    assert open_routes == ["GET /pages/{job}/{entry}/{token}"]
    assert len(ROUTES) == len(served) - 1


def test_the_tokens_of_pages_stay_out_of_the_access_log(synthesized: Synthesized) -> None:
    text = only(synthesized, "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"]
    assert json.loads(text)["routeKey"] == "$context.routeKey"
    assert "path" not in text.lower()


def test_nobody_signs_up_on_their_own(synthesized: Synthesized) -> None:
    pool = only(synthesized, "AWS::Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    client = only(synthesized, "AWS::Cognito::UserPoolClient")
    assert client["GenerateSecret"] is False
    assert {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"} <= set(client["ExplicitAuthFlows"])
    teams = {group["GroupName"] for group in synthesized.resources("AWS::Cognito::UserPoolGroup").values()}
    assert teams == set(synthesized.deployment.settings.work_teams)


def test_the_portal_can_not_be_framed(synthesized: Synthesized) -> None:
    policy = only(synthesized, "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    headers = policy["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"] == "frame-ancestors 'none'"
    assert headers["FrameOptions"]["FrameOption"] == "DENY"
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000


def test_the_outputs_that_commands_read_are_there(synthesized: Synthesized) -> None:
    outputs = {stack: set(template.get("Outputs", {})) for stack, template in synthesized.templates().items()}
    assert {"JobsBucket", "QueueTable"} <= outputs["data"]
    assert {"StateMachineArn", "ResumeFunction", "StopFunction"} <= outputs["pipeline"]
    wanted = {"PortalUrl", "ApiUrl", "UserPoolId", "UserPoolClientId", "SiteBucket", "DistributionId"}
    assert wanted <= outputs["portal"]


def test_every_alarm_reaches_people_and_stands_alone(synthesized: Synthesized) -> None:
    alarms = synthesized.resources("AWS::CloudWatch::Alarm")
    assert len(alarms) == 7
    for alarm in alarms.values():
        assert alarm["AlarmActions"]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert "Metrics" not in alarm, "one metric an alarm"


def test_every_figure_on_the_dashboard_is_one_that_the_functions_write(synthesized: Synthesized) -> None:
    code = "".join(path.read_text() for path in (ROOT / "functions").rglob("*.py"))
    body = json.dumps(only(synthesized, "AWS::CloudWatch::Dashboard")["DashboardBody"])
    shown = set(re.findall(r'\[\\+"Groundwork\\+",\\+"(\w+)\\+"', body))
    assert len(shown) > 8
    assert {name for name in shown if f'"{name}"' not in code} == set()


def test_the_dashboard_lets_one_choose_a_job(synthesized: Synthesized) -> None:
    body = json.dumps(only(synthesized, "AWS::CloudWatch::Dashboard")["DashboardBody"])
    assert re.search(r'\\+"property\\+":\\+"LabelingJobName\\+"', body)


def test_the_dashboard_shows_the_quality_of_the_chosen_job(synthesized: Synthesized) -> None:
    body = json.dumps(only(synthesized, "AWS::CloudWatch::Dashboard")["DashboardBody"])
    for name in ("AnswerAgreement", "KrippendorffAlpha", "MeanConfidence"):
        assert re.search(rf'\[\\+"Groundwork\\+",\\+"{name}\\+",\\+"LabelingJobName\\+",\\+"-\\+"', body), name
