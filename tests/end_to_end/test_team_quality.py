"""Two jobs in a row by one work team: the second knows who guesses, unless it opts out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.team import forget, show
from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.people import Answer, text_on, work

TEAM = "watchers"
TONES = ("calm", "angry", "glad", "sad")
LABELS = json.dumps({"labels": [{"label": tone} for tone in TONES]})
GUESSES = {"first": "1221312113021231", "second": "2210203330332333", "newcomer": "0010232122303021"}
"""Indices of the labels that guessing workers give, chosen such that the votes alone mislead the second job."""
OBJECTS = 16
PREFIX = f".groundwork/work-teams/{TEAM}/"


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> dict[str, Worker]:
    with connected(deployed.settings):
        return {
            name: deployed.worker(name, TEAM) for name in ("watcher-ada", "watcher-bo", "watcher-cy", "watcher-dee")
        }


def drop(cloud: Cloud, job: str, **ours: Any) -> None:
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    request = {
        "Groundwork": {"TaskType": "TextMultiClass", **ours},
        "HumanTaskConfig": {"WorkteamArn": team, "NumberOfHumanWorkersPerDataObject": 3},
    }
    lines = [{"source": f"text {number}"} for number in range(OBJECTS)]
    cloud.drop(job, request, lines, {"labels.json": LABELS})


def answering(guesses: dict[str, str]) -> Answer:
    """Answer rightly, but for those who guess."""

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        number = int(text_on(page).removeprefix("text "))
        guessed = guesses.get(worker.name)
        label = TONES[int(guessed[number]) if guessed else number % len(TONES)]
        return {"crowd-classifier": {"label": label}}

    return answer


def label(cloud: Cloud, job: str, people: list[Worker], guesses: dict[str, str], **ours: Any) -> list[int]:
    """Run a job to the end of all that it leaves; gives its labels."""
    drop(cloud, job, **ours)
    work(people, job, answering(guesses))
    cloud.wait_for(job, "Completed")
    figures = f"{job}/output/{job}/manifests/output/quality.json"
    cloud.wait_until(lambda: cloud.keys(figures), "the figures are written")
    return [line[job] for line in cloud.output_lines(job)]


def state(cloud: Cloud, job: str, file: str) -> Any:
    return json.loads(cloud.get(f"{job}/output/{job}/.groundwork/{file}"))


def right(labels: list[int]) -> int:
    return sum(label == number % len(TONES) for number, label in enumerate(labels))


def test_the_second_job_of_a_team_knows_who_guesses_unless_it_opts_out(cloud: Cloud, people: dict[str, Worker]):
    forget(cloud.deployment, TEAM, None)
    ada, bo, cy, dee = people.values()
    first, second, silent = (cloud.job(f"watch-{name}") for name in ("first", "second", "silent"))

    assert right(label(cloud, first, [ada, bo, cy], {cy.name: GUESSES["first"]})) == OBJECTS
    (record,) = cloud.wait_until(lambda: cloud.keys(PREFIX), "what the job shows is kept")
    assert state(cloud, first, "worker-quality.json")["earlier"] == {}

    guesses = {cy.name: GUESSES["second"], dee.name: GUESSES["newcomer"]}
    kept = cloud.get(record)
    without = label(cloud, silent, [ada, cy, dee], guesses, KeepWorkerQuality=False)
    assert state(cloud, silent, "worker-quality.json")["earlier"] == {}
    assert not cloud.keys(f"{silent}/output/{silent}/.groundwork/earlier-quality.json")
    assert cloud.get(record) == kept, "no trace"

    knowing = label(cloud, second, [ada, cy, dee], guesses)
    earlier = state(cloud, second, "worker-quality.json")["earlier"]
    assert len(earlier) == 2, "ada and cy; dee is new"
    shares = [
        sum(n for true, given, n in counts if true == given) / sum(n for *_, n in counts) for counts in earlier.values()
    ]
    assert min(shares) < 0.5
    assert max(shares) > 0.9
    outvoted = [n for n in range(OBJECTS) if GUESSES["second"][n] == GUESSES["newcomer"][n] != str(n % len(TONES))]
    assert len(outvoted) == 4
    assert right(knowing) == OBJECTS, "also where two who guess outvote one who knows"
    assert right(without) <= OBJECTS // 2

    cloud.wait_until(lambda: cloud.get(record) != kept, "the second job is in the record")
    table = show(cloud.deployment, TEAM)
    assert f"{TEAM}, TextMultiClass, 2 jobs" in table
    assert len(table.splitlines()) == 3 + len(people)
    assert silent not in cloud.get(record).decode()
    assert "forgotten" in forget(cloud.deployment, TEAM, None)
    assert cloud.keys(PREFIX) == []
