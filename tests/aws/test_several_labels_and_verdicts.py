"""Multi-label and verification jobs from manifest to manifest, with storage and without a state machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from groundwork.manifest_output.failure import FAILURE_REASON
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.formats.jobs import image_multi_label_job, verification_job

GOLDEN = Path(__file__).parents[1] / "formats"
LABELS = ("boat", "buoy", "net")


def sets(item: QueuedObject, worker: str) -> dict[str, Any]:
    """Ada sees everything that is there, Bo overlooks the net in picture 2, Cy invents one in picture 3."""
    there = [label for number, label in enumerate(LABELS) if (item.object_id + number) % 2 == 0]
    odd = {("bo", 2): ["boat"], ("cy", 3): [*there, "net"]}
    chosen = odd.get((worker, item.object_id), there)
    return {"crowd-image-classifier-multi-select": {"labels": chosen}}


def labels_of(account: Account, clock: Clock, workers: Sequence[str], **changes: Any) -> list[dict[str, Any]]:
    """Label ten pictures and give the output without the times."""
    labeling = Labeling.begin(account, clock, image_multi_label_job(**changes), pictures(10))
    labeling.start()
    labeling.run(workers, sets)
    lines = labeling.output()
    for line in lines:
        del line["kinds-metadata"]["creation-date"], line["kinds-metadata"]["job-name"]
    return lines


@pytest.mark.parametrize("algorithm", ["default", "ground-truth"])
def test_every_label_that_somebody_chose_is_in_the_output(account: Account, clock: Clock, algorithm: str) -> None:
    for number, line in enumerate(labels_of(account, clock, ("ada", "bo", "cy"), consolidation_algorithm=algorithm)):
        there = [index for index in range(3) if (number + index) % 2 == 0]
        confidences = line["kinds-metadata"]["confidence-map"]
        assert all(confidences[str(index)] > 0.5 for index in there)
        if number == 3:
            assert line["kinds"] == [*there, 2]
            assert confidences["2"] < 0.5
        else:
            assert sorted(line["kinds"]) == there


def test_who_comes_first_and_how_many_objects_are_open_changes_no_label(account: Account, clock: Clock) -> None:
    one = labels_of(account, clock, ("ada", "bo", "cy"), name="morning", max_concurrent=3)
    other = labels_of(account, clock, ("cy", "ada", "bo"), name="evening", max_concurrent=10)
    assert one == other


def test_boxes_of_an_earlier_job_are_verified_and_stay_as_they_were(account: Account, clock: Clock) -> None:
    lines = (GOLDEN / "verification_of_boxes/input.manifest").read_bytes().splitlines()

    def verdict(item: QueuedObject, worker: str) -> dict[str, Any]:
        comment = {"workerComment": "too wide"} if worker == "bo" else {}
        return {"crowd-image-classifier": {"label": "bad" if item.object_id == 1 else "good", **comment}}

    labeling = Labeling.begin(account, clock, verification_job(), lines)
    labeling.start()
    labeling.run(("ada", "bo", "cy"), verdict)
    output = labeling.output()

    assert [line.get("boats-check") for line in output] == ["0", "1", None, None, "0", None, "0", "1"]
    for before, after in zip(map(json.loads, lines), output, strict=True):
        assert {key: after[key] for key in before} == before
    assert output[0]["boats-check-metadata"]["worker-feedback"] == [{"comment": "too wide"}]
    assert "no earlier label" in output[2]["boats-check-metadata"][FAILURE_REASON]
    record = account.jobs.get("check-boats")
    assert (record.status, record.labeled, record.failed) == ("Completed", 4, 3)
