"""Rounds of active learning between people's batches, with a model that is told what to do."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from groundwork.active_learning.decisions import Decision
from groundwork.active_learning.learn import Decide, Decided, FirstSampleFailedError, Situation, learn
from groundwork.active_learning.learning_round import rounds
from groundwork.active_learning.rest import people_label_the_rest
from groundwork.job.labeling_job import AutomatedLabeling, LabelingJob, StopConditions
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job

AUTOMATION = AutomatedLabeling(algorithm="image-classification", trainer="embedded", target=0.95)
BOAT, NET = 0, 2


def automated(**changes: Any) -> LabelingJob:
    return image_job(**{"max_concurrent": 10, "workers_per_object": 1, "automation": AUTOMATION, **changes})


def model(sample: int = 4, auto: int = 6, people: int = 3) -> Decide:
    """A model that labels so many open objects a round, the last ones first, and asks people for the first ones."""

    def decide(situation: Situation) -> Decided:
        items = situation.open
        if situation.number == 0:
            return Decided(people=tuple(item.selected(random=True) for item in items[::-1][:sample]))
        sure, unsure = items[-auto:] if auto else [], items[: max(0, len(items) - auto)]
        return Decided(
            auto=tuple(Decision(object_id=item.object_id, prediction=BOAT, confidence=0.977) for item in sure),
            people=tuple(item.selected(random=False) for item in unsure[:people]),
            figures={"threshold": 0.9},
            history={"rounds": situation.number},
        )

    return decide


def nets(item: QueuedObject, worker: str) -> dict[str, Any]:
    return label("net")


def begun(account: Account, clock: Clock, lines: list[bytes], decide: Decide, **changes: Any) -> Labeling:
    labeling = Labeling.begin(account, clock, automated(**changes), lines, decide=decide)
    labeling.prepare()
    assert labeling.turn()
    assert labeling.turn()
    return labeling


def by_whom(labeling: Labeling) -> Counter[str]:
    return Counter(line.get("kind-metadata", {}).get("human-annotated", "nobody") for line in labeling.output())


def lose_queue(account: Account) -> None:
    account.restore_table([item for item in account.items() if item["sk"]["S"] == "JOB"])


def test_people_get_the_first_sample_in_the_order_of_its_lot(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    assert [item.object_id for item in labeling.items()] == [19, 18, 17, 16]
    assert labeling.window().open == 4


def test_every_object_is_labeled_once_by_people_or_by_the_model(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 8, "no": 12}
    record = account.jobs.get("pier-kind")
    assert (record.status, record.labeled, record.unlabeled) == ("Completed", 20, 0)
    assert [each.labeled for each in rounds(labeling.at())] == [0, 6, 6, 0]


def test_a_label_of_the_model_says_so_with_its_confidence(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.run(["ada"], nets)
    line = labeling.output()[15]
    assert line["kind"] == BOAT
    metadata = line["kind-metadata"]
    assert (metadata["human-annotated"], metadata["confidence"], metadata["class-name"]) == ("no", 0.98, "boat")
    root = labeling.at().paths
    written = account.store.read(root.auto_annotations(1, 0)).decode().splitlines()
    assert [line.split(" ", 1)[0] for line in written] == ["10", "11", "12", "13", "14", "15"]
    assert json.loads(written[-1].split(" ", 1)[1])["kind"] == BOAT
    assert account.store.read_json(root.learning_figures(1)) == {"threshold": 0.9}


def test_lines_that_need_nobody_are_neither_sampled_nor_labeled(account: Account, clock: Clock) -> None:
    copied = b'{"source-ref":"s3://harbor-in/pier/x.jpg","kind":1,"kind-metadata":{"class-name":"crate"}}'
    lines = [*pictures(8), copied, b'{"source-ref":""}']
    labeling = begun(account, clock, lines, model())
    labeling.run(["ada"], nets)
    assert [line["kind-metadata"]["human-annotated"] for line in labeling.output()[:8]] == ["no"] * 4 + ["yes"] * 4
    record = account.jobs.get("pier-kind")
    assert (record.labeled, record.failed, record.copied, record.unlabeled) == (8, 1, 1, 0)


def test_gold_objects_come_along_with_the_others_and_are_never_labeled(account: Account, clock: Clock) -> None:
    gold = [b'{"source-ref":"s3://harbor-in/gold/%d.jpg","kind-gold":"boat"}' % number for number in range(5)]
    labeling = begun(account, clock, [*pictures(20), *gold], model())
    assert len(labeling.items()) == 5
    labeling.run(["ada"], nets)
    asked = [item.object_id for item in labeling.items()]
    assert sorted(asked)[-5:] == [20, 21, 22, 23, 24]
    assert [line["kind"] for line in labeling.output()[20:]] == [BOAT] * 5


def test_a_model_that_labels_nothing_leaves_all_to_people(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(12), model(auto=0))
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 12}


def test_when_the_loop_ends_the_rest_goes_to_people(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(30), people_label_the_rest("the sample is too small"))
    assert rounds(labeling.at())[0].reason == "the sample is too small"
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 30}
    assert len(rounds(labeling.at())) == 1


def test_a_repeated_round_decides_nothing_anew(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.work(["ada"], nets)
    labeling.turn()
    again = learn(labeling.at(), 1, people_label_the_rest("must not be asked"))
    assert (again.labeled, again.over) == (6, False)
    assert labeling.window().queued == 7


@pytest.mark.parametrize("broken", ["before the labels", "with the table gone"])
def test_a_broken_off_execution_goes_on_where_it_was(account: Account, clock: Clock, broken: str) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.work(["ada"], nets)
    selection = labeling.select()
    assert selection.learning is not None
    labeling.consolidate(selection)
    learn(labeling.at(), selection.learning.round, model())
    before = [item.object_id for item in labeling.items()]
    if broken == "with the table gone":
        lose_queue(account)
    labeling.prepare(rebuild=True)
    assert [item.object_id for item in labeling.items()] == before
    labeling.turn()
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 8, "no": 12}
    assert len(list(account.store.keys(labeling.at().paths.answers_prefix))) == 8


def test_a_budget_for_people_is_kept_and_what_the_model_is_sure_of_still_labeled(
    account: Account, clock: Clock
) -> None:
    limit = StopConditions(max_human_labeled_objects=5)
    labeling = begun(account, clock, pictures(20), model(), stop_conditions=limit)
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 5, "no": 12, "nobody": 3}
    assert account.jobs.get("pier-kind").status == "Stopped"


def test_a_percentage_counts_the_labels_of_the_model(account: Account, clock: Clock) -> None:
    limit = StopConditions(max_percentage_labeled=60)
    labeling = begun(account, clock, pictures(20), model(), stop_conditions=limit)
    labeling.run(["ada"], nets)
    assert by_whom(labeling) == {"yes": 6, "no": 6, "nobody": 8}
    assert account.jobs.get("pier-kind").status == "Stopped"


def test_a_stopped_job_keeps_the_labels_of_both(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.work(["ada"], nets)
    labeling.turn()
    labeling.at().jobs.change("pier-kind", clock(), status="Stopping")
    labeling.at().queue.set_window(stop_deadline=clock())
    labeling.dispatch()
    labeling.run([], nets)
    assert by_whom(labeling) == {"yes": 4, "no": 6, "nobody": 10}
    assert account.jobs.get("pier-kind").status == "Stopped"


def test_a_first_sample_that_people_fail_on_fails_the_job(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())

    def declines(item: QueuedObject, worker: str) -> dict[str, Any] | None:
        return None if item.object_id == 19 else label("net")

    labeling.work(["ada", "bo"], declines)
    with pytest.raises(FirstSampleFailedError, match="could not label 1 of the 4 data objects"):
        labeling.turn()


def test_progress_counts_only_what_people_have_to_do(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, pictures(20), model())
    labeling.work(["ada"], nets)
    labeling.turn()
    assert labeling.window().for_people == 14


def test_answers_of_a_choice_are_known_as_such(account: Account, clock: Clock) -> None:
    seen: list[Situation] = []

    def watching(decide: Decide) -> Decide:
        def decided(situation: Situation) -> Decided:
            seen.append(situation)
            return decide(situation)

        return decided

    labeling = begun(account, clock, pictures(20), watching(model()))
    labeling.run(["ada"], nets)
    last = seen[-1].known
    assert {object_id for object_id, random in last.asked.items() if random} == {16, 17, 18, 19}
    assert {object_id for object_id, random in last.asked.items() if not random} == {0, 1, 2, 3}
    assert {content["kind"] for content in last.labels.values()} == {NET}
    assert last.auto_labeled == set(range(4, 16))
