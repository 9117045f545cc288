from __future__ import annotations

import json

import pytest
from groundwork.consolidation.worker_response import StoredAnswer, worker_response
from pydantic import ValidationError

STORED = {
    "workerId": "private.eu-west-1.0a1b2c3d4e5f6071",
    "answerContent": {"crowd-image-classifier": {"label": "boat"}},
    "acceptanceTime": "2024-03-05T10:00:01.120Z",
    "submissionTime": "2024-03-05T10:00:09.870Z",
    "timeSpentInSeconds": 8.61,
    "identity": {
        "identityProviderType": "Cognito",
        "issuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E",
        "sub": "4f0e2a9c-0000-4000-8000-1234567890ab",
    },
}


def test_a_stored_answer_is_written_as_it_is_read():
    assert StoredAnswer.model_validate(STORED).to_json() == STORED


def test_an_answer_in_the_file_looks_like_ground_truths():
    response = worker_response([StoredAnswer.model_validate(STORED)])
    assert json.dumps(response) == json.dumps(
        {
            "answers": [
                {
                    "acceptanceTime": "2024-03-05T10:00:01.120Z",
                    "answerContent": {"crowd-image-classifier": {"label": "boat"}},
                    "submissionTime": "2024-03-05T10:00:09.870Z",
                    "timeSpentInSeconds": 8.61,
                    "workerId": "private.eu-west-1.0a1b2c3d4e5f6071",
                    "workerMetadata": {"identityData": STORED["identity"]},
                }
            ]
        }
    )


def test_times_are_written_in_utc_with_milliseconds():
    answer = StoredAnswer.model_validate(STORED | {"acceptanceTime": "2024-03-05T11:00:01.120456+01:00"})
    assert worker_response([answer])["answers"][0]["acceptanceTime"] == "2024-03-05T10:00:01.120Z"


def test_answers_stand_in_the_order_of_their_submission():
    times = {"late": "2024-03-05T10:00:30Z", "early": "2024-03-05T10:00:10Z", "also late": "2024-03-05T10:00:30Z"}
    answers = [StoredAnswer.model_validate(STORED | {"workerId": w, "submissionTime": t}) for w, t in times.items()]
    assert [entry["workerId"] for entry in worker_response(answers)["answers"]] == ["early", "also late", "late"]


def test_without_identity_there_is_no_worker_metadata():
    answer = StoredAnswer.model_validate({key: value for key, value in STORED.items() if key != "identity"})
    assert "workerMetadata" not in worker_response([answer])["answers"][0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"submissionTime": "2024-03-05T10:00:09"},
        {"timeSpentInSeconds": -1},
        {"answerContent": [{"label": "boat"}]},
        {"identity": {"identityProviderType": "Google", "issuer": "x", "sub": "y"}},
    ],
)
def test_a_malformed_answer_is_refused(wrong):
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        StoredAnswer.model_validate(STORED | wrong)
