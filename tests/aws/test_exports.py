"""Exports in S3: many files, streams, and masks that are there or not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from groundwork.exports import write
from groundwork.exports.write import ExportOverdueError, UnfitFormatError, write_export
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.label_form import LabelForm

from tests.aws.account import OUT, Account, Clock
from tests.aws.labeling import Labeling
from tests.formats.jobs import image_job
from tests.unit.exports.datasets import LABELS, MASK, MASKS, box, mask, outline, png, shapes

ROOT = "Pier-Kind/manifests/output"


def at_hand(account: Account, clock: Clock, form: LabelForm, lines: list[dict[str, object]]) -> JobAtHand:
    """A job whose output manifest has these lines."""
    labeling = Labeling.begin(account, clock, image_job(labels=LABELS, exports=form.formats), [])
    content = "".join(f"{json.dumps(line)}\n" for line in lines)
    account.put(OUT, f"{ROOT}/output.manifest", content.encode())
    at = labeling.at()
    return replace(at, task_type=replace(at.task_type, label_form=form))


def keys(account: Account, folder: str) -> set[str]:
    found = account.store.keys(S3Uri(OUT, f"{ROOT}/{folder}/"))
    return {key.removeprefix(f"{ROOT}/{folder}/") for key in found}


def read(account: Account, path: str) -> bytes:
    return account.store.read(S3Uri(OUT, f"{ROOT}/{path}"))


def test_a_file_for_each_of_more_images_than_are_written_at_a_time(account: Account, clock: Clock) -> None:
    count = write.WRITE_AHEAD + 44
    lines = [shapes(f"{number % 7}/{number}.jpg", box(0, 1, 2, 3, 4)) for number in range(count)]
    report = write_export(at_hand(account, clock, LabelForm.BOXES, lines), "yolo", lambda: True)
    assert report["exported"] == count
    found = keys(account, "yolo")
    assert {f"labels/{number % 7}/{number}.txt" for number in range(count)} < found
    assert found >= {"images.txt", "images.csv", "data.yaml", "export.json"}
    assert len(read(account, "yolo/images.txt").splitlines()) == count


def test_masks_are_read_from_where_the_labels_point(account: Account, clock: Clock) -> None:
    account.s3.create_bucket(Bucket="out")
    account.put("out", "masks/a.png", png(MASK))
    lines = [*MASKS, {**mask("c"), "kind": "no address"}]
    at = at_hand(account, clock, LabelForm.CLASS_MASK, lines)
    report = write_export(at, "coco", lambda: True)
    assert report["leftOut"] == {"a mask that is not there": 2, "failed": 1}
    document = json.loads(read(account, "coco/instances.json"))
    assert [image["id"] for image in document["images"]] == [1]
    assert {entry["image_id"] for entry in document["annotations"]} == {1}


def test_a_label_of_more_than_a_part_of_the_download_is_read_as_a_whole(account: Account, clock: Clock) -> None:
    many = [outline(1, *((x, number % 100) for x in range(300))) for number in range(1000)]
    lines = [shapes("a.jpg", *many), shapes("b.jpg"), shapes("c.jpg", *many[:1])]
    assert len(json.dumps(lines[0])) > 4 << 20
    report = write_export(at_hand(account, clock, LabelForm.POLYGONS, lines), "coco", lambda: True)
    assert (report["objects"], report["exported"]) == (3, 3)
    assert len(json.loads(read(account, "coco/instances.json"))["annotations"]) == 1001


def test_a_format_that_cannot_hold_the_labels_is_refused_with_those_that_can(account: Account, clock: Clock) -> None:
    at = at_hand(account, clock, LabelForm.CLASS, [])
    with pytest.raises(UnfitFormatError, match="'coco' is none of csv, huggingface"):
        write_export(at, "coco", lambda: True)


def test_without_time_there_is_no_report_that_would_call_the_export_whole(account: Account, clock: Clock) -> None:
    lines = [shapes(f"{number}.jpg") for number in range(40)]
    at = at_hand(account, clock, LabelForm.BOXES, lines)
    times = iter([True] * 4 + [False] * 99)
    with pytest.raises(ExportOverdueError):
        write_export(at, "coco", lambda: next(times))
    assert keys(account, "coco") == set()
