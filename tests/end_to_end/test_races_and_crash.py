"""Two people at the last slot, a double click, and a power cut in the middle."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from local.portal_client import PortalError
from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.people import take, text_on, work

LABELS = json.dumps({"labels": [{"label": "calm"}, {"label": "angry"}]})
CALM: dict[str, Any] = {"crowd-classifier": {"label": "calm"}}
TEAM = "racers"


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> list[Worker]:
    with connected(deployed.settings):
        return [deployed.worker(f"racer-{number}", TEAM) for number in range(4)]


def drop(cloud: Cloud, job: str, count: int, workers: int, **task: Any) -> None:
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    human_task = {"WorkteamArn": team, "NumberOfHumanWorkersPerDataObject": workers, **task}
    request = {"Groundwork": {"TaskType": "TextMultiClass"}, "HumanTaskConfig": human_task}
    cloud.drop(job, request, [{"source": f"text {n}"} for n in range(count)], {"labels.json": LABELS})


def stored_answers(cloud: Cloud, job: str) -> list[str]:
    return cloud.keys(f"{job}/output/{job}/.groundwork/answers/")


def test_one_of_two_racers_gets_the_last_slot_and_a_double_click_is_one_answer(cloud: Cloud, people: list[Worker]):
    job = cloud.job("race")
    drop(cloud, job, 1, 1)
    cloud.wait_until(lambda: (cloud.record(job) or {}).get("tasks_created"), "the task is open")

    with ThreadPoolExecutor(4) as pool:
        offered = list(pool.map(lambda worker: worker.client.next_task(job), people))
    ((worker, task),) = [(worker, offer.task) for worker, offer in zip(people, offered, strict=True) if offer.task]
    assert [offer.reason for offer in offered if offer.task is None] == ["waiting"] * 3

    other = cloud.worker(worker.name + "-twin", TEAM)
    with pytest.raises(PortalError, match="not_leased"):
        other.client.submit(job, task, CALM, seconds=1)
    clients = [worker.client, cloud.sign_in_again(worker)]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda client: client.submit(job, task, CALM, seconds=1)["outcome"], clients))

    assert outcomes == ["submitted", "submitted"]
    cloud.wait_for(job, "Completed")
    assert len(stored_answers(cloud, job)) == 1


def test_one_slow_worker_holds_nobody_up(cloud: Cloud, people: list[Worker]):
    job = cloud.job("sliding")
    drop(cloud, job, 8, 1, MaxConcurrentTaskCount=2)
    slow, *others = people
    held = take(slow, job)

    done = work(others, job, lambda *_: CALM, most=7, seconds=30)

    assert done.total() == 7
    slow.client.submit(job, held, CALM, seconds=1)
    cloud.wait_for(job, "Completed")


def test_after_a_power_cut_the_job_goes_on_and_no_answer_is_lost_or_asked_again(cloud: Cloud, people: list[Worker]):
    job = cloud.job("power-cut")
    drop(cloud, job, 12, 2, MaxConcurrentTaskCount=4)
    asked: list[tuple[str, str]] = []

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        asked.append((worker.name, text_on(page)))
        return CALM

    work(people[:2], job, answer, most=5)
    before = set(stored_answers(cloud, job))
    cloud.kill()
    cloud.restart()
    people = [Worker(worker.name, worker.password, cloud.sign_in_again(worker)) for worker in people]

    assert set(stored_answers(cloud, job)) == before
    work(people[:3], job, answer)
    cloud.wait_for(job, "Completed", seconds=120)

    answers = stored_answers(cloud, job)
    assert before <= set(answers)
    assert len(answers) == 24
    assert len(asked) == len(set(asked))
    assert all("answers-missing" not in line[f"{job}-metadata"] for line in cloud.output_lines(job))
