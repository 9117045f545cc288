"""Data objects with a known answer, from manifest to manifest."""

from __future__ import annotations

import json
from typing import Any

from groundwork.quality.write import write_quality
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job, verification_job

WORKERS = ("ada", "bo", "cy")


def gold_line(number: int, answer: str) -> bytes:
    return b'{"source-ref":"s3://harbor-in/gold/%03d.jpg","kind-gold":%s}' % (number, answer.encode())


def mostly_nets(item: QueuedObject, worker: str) -> dict[str, Any]:
    return label("boat" if worker == "cy" else "net")


def labeled(account: Account, clock: Clock, lines: list[bytes], **changes: Any) -> Labeling:
    labeling = Labeling.begin(account, clock, image_job(max_concurrent=4, **changes), lines)
    labeling.start()
    labeling.run(WORKERS, mostly_nets)
    return labeling


def test_a_gold_line_is_in_the_output_once_with_its_known_label_and_in_no_counter(
    account: Account, clock: Clock
) -> None:
    lines = [*pictures(3), gold_line(0, '"boat"'), gold_line(1, "2"), *pictures(2, 3)]
    labeling = labeled(account, clock, lines)
    output = labeling.output()
    assert [line["source-ref"] for line in output] == [json.loads(line)["source-ref"] for line in lines]
    assert [line["kind"] for line in output] == [2, 2, 2, 0, 2, 2, 2]
    metadata = output[3]["kind-metadata"]
    assert (metadata["human-annotated"], metadata["class-name"], metadata["confidence"]) == ("no", "boat", 1.0)
    assert output[3]["kind-gold"] == "boat"
    record = account.jobs.get("pier-kind")
    assert (record.labeled, record.copied, record.failed, record.unlabeled) == (5, 2, 0, 0)


def test_what_people_say_of_gold_objects_is_no_label_of_an_iteration(account: Account, clock: Clock) -> None:
    labeling = labeled(account, clock, [*pictures(2), gold_line(0, '"boat"')])
    kept = account.store.read(labeling.at().paths.intermediate_annotations(1)).splitlines()
    assert [json.loads(line)["datasetObjectId"] for line in kept] == ["0", "1"]


def test_workers_get_gold_objects_as_any_other(account: Account, clock: Clock) -> None:
    labeling = labeled(account, clock, [*pictures(1), gold_line(0, '"boat"')])
    records = [json.loads(line) for line in account.store.read(labeling.at().paths.task_input(0)).splitlines()]
    assert [record["taskInput"].keys() for record in records] == [{"taskObject", "labels", "manifestLine"}] * 2
    assert records[1]["taskInput"]["manifestLine"] == {"source-ref": "s3://harbor-in/gold/000.jpg"}
    assert records[1]["gold"] == 0


def test_the_quality_of_workers_rests_on_gold(account: Account, clock: Clock) -> None:
    lines = [*pictures(4), *(gold_line(number, '"boat"') for number in range(6))]
    labeling = labeled(account, clock, lines)
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["gold"]["objects"] == 6
    assert figures["gold"]["answers"] == {"count": 18, "right": 6}
    assert [missed["objectId"] for missed in figures["gold"]["missed"]] == [4, 5, 6, 7, 8, 9]
    ada, _, cy = figures["workers"]
    assert (ada["gold"], cy["gold"]) == ({"answers": 6, "right": 0}, {"answers": 6, "right": 6})
    assert cy["quality"]["value"] > ada["quality"]["value"]
    assert sum(one["objects"] for one in figures["labels"]) == 4
    assert not {hard["objectId"] for hard in figures["hardest"]} & set(range(4, 10))
    assert b"6 of 6" in account.store.read(labeling.at().paths.quality_report)


def test_of_one_worker_an_object_gold_alone_tells_the_quality(account: Account, clock: Clock) -> None:
    lines = [*pictures(2), *(gold_line(number, '"net"') for number in range(4))]
    labeling = Labeling.begin(account, clock, image_job(workers_per_object=1), lines)
    labeling.start()
    labeling.run(("ada",), mostly_nets)
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["workers"][0]["quality"]["value"] > 0.7
    assert figures["workers"][0]["gold"] == {"answers": 4, "right": 4}


def test_a_stopped_job_keeps_the_known_labels_of_gold_that_nobody_saw(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, image_job(), [*pictures(1), gold_line(0, '"boat"')])
    labeling.start()
    labeling.finish()
    output = labeling.output()
    assert "kind" not in output[0]
    assert output[1]["kind"] == 0


def test_a_verification_writes_the_known_verdict_as_a_text(account: Account, clock: Clock) -> None:
    job = verification_job()
    earlier = {
        "boats": {"image_size": [{"width": 9, "height": 9, "depth": 3}], "annotations": []},
        "boats-metadata": {"type": "groundtruth/object-detection", "class-map": {}, "human-annotated": "yes"},
    }
    line = {"source-ref": "s3://harbor-in/a.jpg", **earlier, job.gold_attribute: "bad"}
    labeling = Labeling.begin(account, clock, job, [json.dumps(line).encode()])
    labeling.start()
    labeling.finish()
    assert labeling.output()[0][job.label_attribute] == "1"
