"""Known sets, shapes, entities and masks, from manifest to manifest."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from groundwork.consolidation.exclusion import exclude
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.quality.write import write_quality
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import IN, Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.formats.jobs import entity_job, image_multi_label_job, segmentation_job, shape_job
from tests.formats.masks import COLORS, instance_answer, png, semantic_answer

WORKERS = ("ada", "bo", "cy")
GOLD, OTHERS = 4, 3
MASK = S3Uri(IN, "gold/mask.png")
INSTANCES = segmentation_job(task_type="InstanceSegmentation", name="Pier-Things")


def area(left: int) -> Any:
    ids = np.zeros((30, 30), int)
    ids[5:15, left : left + 10] = 1
    return ids


def box(left: int) -> dict[str, Any]:
    return {"left": left, "top": 5, "width": 10, "height": 10}


def boxes(left: int) -> dict[str, Any]:
    shapes = [{"label": "boat", **box(left)}]
    return {"crowd-bounding-box": {"boundingBoxes": shapes, "inputImageProperties": {"width": 30, "height": 30}}}


def spans(start: int) -> dict[str, Any]:
    return {"entities": [{"label": "Port", "startOffset": start, "endOffset": start + 5}]}


DECK = {"class-name": "deck", "hex-color": COLORS[0]}
COLOR_MAP = {"internal-color-map": {"0": {"class-name": "BACKGROUND", "hex-color": "#ffffff"}, "1": DECK}}
SHAPES = {"image_size": [{"width": 30, "height": 30, "depth": 3}], "annotations": [{"class_id": 0, **box(5)}]}
KINDS: dict[str, tuple[LabelingJob, Any, Any, Any, Any]] = {
    "sets": (
        image_multi_label_job(),
        ["boat", "net"],
        None,
        {"c": {"labels": ["boat", "net"]}},
        {"c": {"labels": ["buoy"]}},
    ),
    "boxes": (shape_job("BoundingBox"), SHAPES, None, boxes(5), boxes(20)),
    "mean boxes": (
        shape_job("BoundingBox", consolidation_algorithm="ground-truth"),
        SHAPES,
        None,
        boxes(5),
        boxes(20),
    ),
    "entities": (entity_job(), {"annotations": spans(14)}, None, {"c": spans(14)}, {"c": spans(0)}),
    "masks": (
        segmentation_job(),
        str(MASK),
        COLOR_MAP,
        semantic_answer(area(5), ("deck",)),
        semantic_answer(area(18), ("deck",)),
    ),
    "instances": (
        INSTANCES,
        str(MASK),
        {"instances": [DECK]},
        instance_answer(area(5), ("deck",)),
        instance_answer(area(18), ("deck",)),
    ),
}
TEXT = "The Alma left Brest at dawn."


def manifest(job: LabelingJob, value: Any, metadata: Any) -> list[bytes]:
    """Gold objects first, then others."""
    key = job.gold_attribute
    source = {"source": TEXT} if job.task_type == "NamedEntityRecognition" else None
    lines: list[dict[str, Any]] = [source or json.loads(line) for line in pictures(GOLD + OTHERS)]
    known = {key: value} | ({} if metadata is None else {f"{key}-metadata": metadata})
    return [json.dumps(line | known if number < GOLD else line).encode() for number, line in enumerate(lines)]


def labeled(account: Account, clock: Clock, kind: str, careless: tuple[str, ...]) -> Labeling:
    """Everybody but the careless gives the right answer."""
    job, value, metadata, right, wrong = KINDS[kind]
    account.put(MASK.bucket, MASK.key, png(area(5), COLORS, "P"))

    def answer(item: QueuedObject, worker: str) -> dict[str, Any]:
        chosen: dict[str, Any] = wrong if worker in careless else right
        return chosen

    labeling = Labeling.begin(account, clock, job, manifest(job, value, metadata))
    labeling.start()
    labeling.run(WORKERS, answer)
    return labeling


@pytest.mark.parametrize("kind", KINDS)
def test_gold_of_every_kind_has_its_known_label_counts_nowhere_and_shows_who_is_careless(
    account: Account, clock: Clock, kind: str
) -> None:
    job = KINDS[kind][0]
    labeling = labeled(account, clock, kind, careless=("bo", "cy"))
    output = labeling.output()
    assert [line[job.metadata_attribute]["human-annotated"] for line in output] == ["no"] * GOLD + ["yes"] * OTHERS
    assert [line[job.gold_attribute] for line in output[:GOLD]] == [KINDS[kind][1]] * GOLD
    record = account.jobs.get(job.key)
    assert (record.labeled, record.copied, record.failed, record.unlabeled) == (OTHERS, GOLD, 0, 0)

    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["gold"]["objects"] == GOLD
    assert figures["gold"]["answers"] == {"count": 3 * GOLD, "right": GOLD}
    assert [worker["gold"]["right"] for worker in figures["workers"]] == [GOLD, 0, 0]
    assert {hard["objectId"] for hard in figures["hardest"]} == set(range(GOLD, GOLD + OTHERS))
    assert figures["agreement"]["mean"] == pytest.approx(1 / 3, abs=1e-3)
    qualities = [worker["quality"] for worker in figures["workers"]]
    if kind in ("mean boxes", "entities"):
        assert qualities == [None] * 3
    else:
        assert qualities[0]["value"] > max(quality["value"] for quality in qualities[1:])


def test_of_one_worker_an_object_nobody_can_tell_the_quality(account: Account, clock: Clock) -> None:
    job, _, _, right, _ = KINDS["boxes"]
    labeling = Labeling.begin(account, clock, job.model_copy(update={"workers_per_object": 1}), pictures(2))
    labeling.start()
    labeling.run(("ada",), lambda item, worker: right)
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["workers"][0]["quality"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_label_of_others_is_that_of_the_answers_when_the_known_one_is(
    account: Account, clock: Clock, kind: str
) -> None:
    job = KINDS[kind][0]
    labeling = labeled(account, clock, kind, careless=())
    output = labeling.output()
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["gold"]["labels"] == {"count": GOLD, "right": GOLD}
    assert [worker["agreementWithLabel"] for worker in figures["workers"]] == [1.0] * 3
    if "masks" not in kind and kind != "instances":
        assert output[0][job.label_attribute] == output[GOLD][job.label_attribute]


@pytest.mark.parametrize("kind", ["masks", "instances"])
def test_a_known_mask_that_is_not_there_fails_its_object_before_anybody_paints(
    account: Account, clock: Clock, kind: str
) -> None:
    job, value, metadata, _, _ = KINDS[kind]
    lines = manifest(job, f"{value}.gone", metadata)
    account.put(MASK.bucket, MASK.key, b"GIF89a")
    lines[1] = lines[1].replace(b".gone", b"")
    labeling = Labeling.begin(account, clock, job, lines)
    labeling.start()
    records = [json.loads(line) for line in account.store.read(labeling.at().paths.task_input(0)).splitlines()]
    assert [record["state"] for record in records] == ["failed"] * GOLD + ["task"] * OTHERS
    assert f"{MASK}.gone is not there or may not be read" in records[0]["reason"]
    assert f"{MASK} is no PNG" in records[1]["reason"]


def test_a_known_mask_that_goes_while_people_work_is_known_no_more_and_counts_nowhere(
    account: Account, clock: Clock
) -> None:
    job, value, metadata, right, wrong = KINDS["masks"]
    account.put(MASK.bucket, MASK.key, png(area(5), COLORS, "P"))
    labeling = Labeling.begin(account, clock, job, manifest(job, value, metadata))
    labeling.start()
    account.store.delete(MASK)
    labeling.run(WORKERS, lambda item, worker: wrong if worker == "cy" else right)
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["gold"]["objects"] == GOLD
    assert figures["gold"]["answers"]["count"] == 0
    assert figures["labels"][0]["objects"] == OTHERS
    assert account.jobs.get(job.key).copied == GOLD


def test_gold_outlives_a_worker_who_is_left_out(account: Account, clock: Clock) -> None:
    labeling = labeled(account, clock, "boxes", careless=("cy",))
    exclude(labeling.at(), ("cy",))
    figures = write_quality(labeling.at(), lambda: True)
    assert figures is not None
    assert figures["gold"]["answers"] == {"count": 2 * GOLD, "right": 2 * GOLD}
