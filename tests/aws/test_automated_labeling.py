"""The embedded trainer and people label texts together, from manifest to manifest."""

from __future__ import annotations

import io
import json
import tarfile
from random import Random
from typing import Any

from groundwork.active_learning.learning_round import rounds
from groundwork.active_learning.trainers import decide_by
from groundwork.job.labeling_job import AutomatedLabeling
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling
from tests.formats.jobs import text_job

AUTOMATION = AutomatedLabeling(algorithm="text-classification", trainer="embedded", target=0.95)
LABELS = ("calm", "angry")
WORDS = (
    ("harbor", "quiet", "morning", "pleasant", "slow", "gentle", "thanks", "kind", "lovely", "soft"),
    ("broken", "late", "refund", "never", "terrible", "again", "complaint", "worst", "shout", "lost"),
)


def texts(count: int) -> dict[str, int]:
    """Make texts with their classes; each has most words of its own class and one of the other."""
    lot = Random(3)
    made = {}
    for number in range(count):
        label = lot.randrange(2)
        words = [*lot.choices(WORDS[label], k=6), lot.choice(WORDS[1 - label]), "ticket", str(number)]
        lot.shuffle(words)
        made[" ".join(words)] = label
    return made


def begun(account: Account, clock: Clock, truth: dict[str, int], extra: dict[str, Any] | None = None) -> Labeling:
    job = text_job(
        labels=LABELS, workers_per_object=1, max_concurrent=100, automation=AUTOMATION, label_attribute="kind"
    )
    lines = [json.dumps({"source": text, **(extra or {}).get(text, {})}).encode() for text in truth]
    labeling = Labeling.begin(account, clock, job, lines, decide=decide_by(job))
    labeling.prepare()
    assert labeling.turn()
    return labeling


def labeled(labeling: Labeling, truth: dict[str, int]) -> list[dict[str, Any]]:
    """Let people who make no mistakes label until the job is over."""
    by_object = list(truth.values())

    def answer(item: QueuedObject, worker: str) -> dict[str, Any]:
        return {"category": {"label": LABELS[by_object[item.object_id]]}}

    labeling.run(["ada", "bo"], answer)
    return labeling.output()


def by_model(output: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in output if line["kind-metadata"]["human-annotated"] == "no"]


def test_a_model_labels_most_texts_and_keeps_what_it_promises(account: Account, clock: Clock) -> None:
    truth = texts(600)
    labeling = begun(account, clock, truth)
    output = labeled(labeling, truth)
    assert [line["source"] for line in output] == list(truth)
    made = by_model(output)
    assert len(made) > 300
    assert sum(line["kind"] == truth[line["source"]] for line in made) >= 0.95 * len(made)
    assert all(line["kind"] == truth[line["source"]] for line in output if line not in made)
    last = rounds(labeling.at())[-1]
    assert last.figures["bound"] >= 0.95
    assert last.figures["validated"] >= 59


def test_the_model_that_labeled_lies_where_ground_truths_does(account: Account, clock: Clock) -> None:
    truth = texts(300)
    labeling = begun(account, clock, truth)
    labeled(labeling, truth)
    number = next(each.number for each in rounds(labeling.at()) if each.labeled)
    paths = labeling.at().paths
    content = account.store.read(paths.model(number, f"{labeling.job.key}-{number}"))
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        assert archive.getnames() == ["model.json", "weights.npz"]
        file = archive.extractfile("model.json")
        assert file is not None
        described = json.load(file)
    assert described["labels"] == list(LABELS)
    assert described["representation"] == str(paths.representation)
    assert len(described["folds"]) == 5


def test_predictions_of_another_model_save_people_work(account: Account, clock: Clock) -> None:
    truth = texts(400)
    told = {text: {"kind-prediction": {"label": LABELS[label], "confidence": 0.97}} for text, label in truth.items()}
    labeling = begun(account, clock, truth, told)
    assert len(by_model(labeled(labeling, truth))) > 200


def test_too_few_objects_go_to_people_at_once_with_the_reason(account: Account, clock: Clock) -> None:
    truth = texts(40)
    labeling = begun(account, clock, truth)
    assert by_model(labeled(labeling, truth)) == []
    (only,) = rounds(labeling.at())
    assert only.over
    assert "40 data objects" in only.reason
