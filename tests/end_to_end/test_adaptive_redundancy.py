"""People agree on most texts and quarrel about two; the power fails in the middle."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from local.drop import refusal
from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.people import text_on, work

TEAM = "agreeing"
LABELS = ("calm", "angry", "glad", "sad", "bored")
TEXTS, PEOPLE = 12, 5
DISPUTED = frozenset({"text 3", "text 7"})
RULE = {"MinHumanWorkersPerDataObject": 2, "TargetConfidence": 0.85}


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> list[Worker]:
    with connected(deployed.settings):
        return [deployed.worker(f"agreeing-{number}", TEAM) for number in range(PEOPLE)]


def drop(cloud: Cloud, job: str, **groundwork: Any) -> None:
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    task = {"WorkteamArn": team, "NumberOfHumanWorkersPerDataObject": PEOPLE}
    request = {"Groundwork": {"TaskType": "TextMultiClass", **groundwork}, "HumanTaskConfig": task}
    labels = json.dumps({"labels": [{"label": label} for label in LABELS]})
    cloud.drop(job, request, [{"source": f"text {n}"} for n in range(TEXTS)], {"labels.json": labels})


def say(worker: Worker, page: str) -> dict[str, Any]:
    """Everybody finds most texts calm, and each finds something else in the disputed ones."""
    own = int(worker.name.rpartition("-")[2]) if text_on(page) in DISPUTED else 0
    return {"crowd-classifier": {"label": LABELS[own]}}


def answers(cloud: Cloud, job: str) -> Counter[str]:
    """Count the answer files by text."""
    keys = cloud.keys(f"{job}/output/{job}/.groundwork/answers/")
    return Counter(f"text {int(key.split('/')[-2])}" for key in keys)


def test_easy_texts_cost_two_answers_and_disputed_ones_five_also_after_a_power_cut(cloud: Cloud, people: list[Worker]):
    job = cloud.job("adaptive")
    drop(cloud, job, **RULE)
    work(people, job, say, most=3)
    before = answers(cloud, job)
    assert 0 < before.total() < 2 * (TEXTS - len(DISPUTED)) + PEOPLE * len(DISPUTED)
    cloud.kill()
    cloud.restart()
    people = [Worker(worker.name, worker.password, cloud.sign_in_again(worker)) for worker in people]
    assert answers(cloud, job) == before

    work(people, job, say)
    cloud.wait_for(job, "Completed", seconds=120)

    expected = {f"text {n}": PEOPLE if f"text {n}" in DISPUTED else 2 for n in range(TEXTS)}
    assert answers(cloud, job) == expected
    lines = cloud.output_lines(job)
    assert all("answers-missing" not in line[f"{job}-metadata"] for line in lines)
    assert {line[job] for line in lines if line["source"] not in DISPUTED} == {0}
    total, most = sum(expected.values()), TEXTS * PEOPLE
    quality = cloud.wait_until(
        lambda: cloud.keys(f"{job}/output/{job}/manifests/output/quality.json"), "the figures are written"
    )
    figures = json.loads(cloud.get(quality[0]))["answers"]
    assert (figures["count"], figures["most"], figures["saved"]) == (total, most, most - total)


def test_a_rule_that_can_not_be_kept_is_refused_with_the_place(cloud: Cloud):
    job = cloud.job("adaptive-refused")
    drop(cloud, job, MinHumanWorkersPerDataObject=6, TargetConfidence=0.5)
    problems = cloud.wait_until(lambda: refusal(cloud.deployment, job), "the drop is refused")
    assert "Groundwork.MinHumanWorkersPerDataObject" in str(problems)
    assert "a number above 0.5 and below 1" in str(problems)
