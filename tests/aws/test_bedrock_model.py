"""The gateway of Bedrock's models, against botocore's own checks of requests and answers: nothing of AWS runs here."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.response import StreamingBody
from botocore.stub import Stubber
from groundwork.active_learning.feature_extraction.extractor_errors import (
    ExtractorBusyError,
    FeatureExtractorError,
    RefusedBodyError,
)
from groundwork.aws import bedrock_model
from groundwork.aws.bedrock_model import BedrockModel

from tests.aws.account import Clock

MODEL = "amazon.titan-embed-text-v2:0"


@dataclass
class Bedrock:
    """A stubbed client with the gateway on it; waiting moves the clock."""

    stubber: Stubber
    client: Any
    clock: Clock = field(default_factory=Clock)
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.forward(seconds)

    def ask(self, *bodies: dict[str, Any], seconds: float = 600) -> Any:
        gateway = BedrockModel(self.client, self.clock() + seconds, now=self.clock, sleep=self.sleep)
        return gateway(MODEL, bodies)

    def answers(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        content = json.dumps(answer).encode()
        response = {"body": StreamingBody(io.BytesIO(content), len(content)), "contentType": "application/json"}
        expected = {
            "modelId": MODEL,
            "body": json.dumps(body).encode(),
            "contentType": "application/json",
            "accept": "application/json",
        }
        self.stubber.add_response("invoke_model", response, expected)

    def fails(self, code: str, status: int) -> None:
        self.stubber.add_client_error("invoke_model", code, "as told", http_status_code=status)


@pytest.fixture
def bedrock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bedrock]:
    monkeypatch.setattr(bedrock_model, "THREADS", 1)  # the stub answers in the order of its list
    client = boto3.client(
        "bedrock-runtime",
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}),
    )
    with Stubber(client) as stubber:
        yield Bedrock(stubber, client)
        stubber.assert_no_pending_responses()


def test_bodies_are_sent_as_json_and_answered_in_their_order(bedrock: Bedrock) -> None:
    for text, vector in (("boat", [1.0]), ("net", [2.0])):
        bedrock.answers({"inputText": text}, {"embedding": vector})
    assert bedrock.ask({"inputText": "boat"}, {"inputText": "net"}) == [{"embedding": [1.0]}, {"embedding": [2.0]}]


@pytest.mark.parametrize(
    ("code", "status"),
    [("ThrottlingException", 429), ("ModelNotReadyException", 429), ("ServiceUnavailableException", 503)],
)
def test_a_model_that_is_busy_is_asked_again_after_longer_and_longer_waits(
    bedrock: Bedrock, code: str, status: int
) -> None:
    for _ in range(3):
        bedrock.fails(code, status)
    bedrock.answers({"inputText": "boat"}, {"embedding": [1.0]})
    assert bedrock.ask({"inputText": "boat"}) == [{"embedding": [1.0]}]
    assert bedrock.waits == [1, 2, 4]


def test_a_model_that_stays_busy_is_left_for_later(bedrock: Bedrock) -> None:
    for _ in range(6):
        bedrock.fails("ThrottlingException", 429)
    with pytest.raises(ExtractorBusyError, match="ThrottlingException: as told"):
        bedrock.ask({"inputText": "boat"})
    assert sum(bedrock.waits) == 31


def test_nobody_waits_beyond_the_deadline(bedrock: Bedrock) -> None:
    for _ in range(3):
        bedrock.fails("ThrottlingException", 429)
    with pytest.raises(ExtractorBusyError):
        bedrock.ask({"inputText": "boat"}, seconds=6)
    assert bedrock.waits == [1, 2]


@pytest.mark.parametrize(("code", "status"), [("ValidationException", 400), ("ModelErrorException", 424)])
def test_a_request_that_the_model_refuses_takes_the_place_of_its_answer(
    bedrock: Bedrock, code: str, status: int
) -> None:
    bedrock.fails(code, status)
    bedrock.answers({"inputText": "net"}, {"embedding": [2.0]})
    refused, answered = bedrock.ask({"inputText": "boat"}, {"inputText": "net"})
    assert isinstance(refused, RefusedBodyError)
    assert str(refused) == f"{code}: as told"
    assert answered == {"embedding": [2.0]}


@pytest.mark.parametrize(("code", "status"), [("AccessDeniedException", 403), ("ResourceNotFoundException", 404)])
def test_a_model_that_may_not_be_used_is_an_error_with_its_name(bedrock: Bedrock, code: str, status: int) -> None:
    bedrock.fails(code, status)
    with pytest.raises(FeatureExtractorError, match=f"bedrock:{MODEL} can't be used: {code}: as told"):
        bedrock.ask({"inputText": "boat"})
    assert bedrock.waits == []
