from __future__ import annotations

from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from tests.formats.jobs import NOW, custom_job

URI = "s3://harbor-out/Meter-Reading/annotations/worker-response/iteration-1/17/2026-03-05_10:11:12.json"
ANSWERED = AnsweredObject(
    17,
    (Answer("private.eu-west-1.b", {"reading": "004519"}), Answer("private.eu-west-1.a", {"reading": "004518"})),
    URI,
    missing=1,
)
METADATA = {
    "type": "groundtruth/custom",
    "job-name": "meter-reading",
    "human-annotated": "yes",
    "creation-date": "2026-03-05T10:11:12.123000",
    "worker-response-ref": URI,
    "answers-missing": 1,
}


def consolidated(name):
    consolidation = registry.get(name).consolidation
    job = custom_job(task_type=name)
    assert consolidation.vote(ANSWERED.answers[0].content, job) is None
    (label,) = consolidation.consolidate([ANSWERED], consolidation.estimate([], job), job, NOW)
    return label


def test_without_a_function_the_label_is_empty_and_the_metadata_points_to_the_answers():
    assert consolidated("Custom").content == {"meterReading": {}, "meterReading-metadata": METADATA}


def test_passed_through_answers_stand_in_the_label_in_the_order_of_worker_ids():
    assert consolidated("PassThrough").content == {
        "meterReading": {
            "answers": [
                {"workerId": "private.eu-west-1.a", "answerContent": {"reading": "004518"}},
                {"workerId": "private.eu-west-1.b", "answerContent": {"reading": "004519"}},
            ]
        },
        "meterReading-metadata": METADATA,
    }
