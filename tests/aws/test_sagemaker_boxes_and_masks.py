"""Boxes and masks whose models SageMaker trains."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from groundwork.consolidation.mask_image import encode_mask
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.machine_mask import class_colors

from tests.aws.account import Account, Clock
from tests.aws.labeling import pictures
from tests.aws.sagemaker_round import ASKED, OBJECTS, channels, job_of, labeled, learned, number_of, with_images
from tests.aws.transform_answers import (
    boxes,
    mask_record,
    prepared,
)
from tests.formats.masks import opened

NAMES = ("BACKGROUND", "deck", "mast", "rope")


def test_boxes_are_labeled_with_the_size_of_their_image(account: Account, clock: Clock) -> None:
    drawn = {"class_id": 1, "left": 4, "top": 2, "width": 20, "height": 10}
    size = {"width": 40, "height": 20, "depth": 3}

    def model(key: str) -> bytes:
        sure = 0.5 if number_of(key) % 10 == 0 else 0.96
        return boxes([1, sure, 0.1, 0.1, 0.6, 0.6], [0, 0.2, 0, 0, 1, 1], [-1, -1, -1, -1, -1, -1])

    def by_people(number: int) -> dict[str, Any]:
        return {"shapes": {"image_size": [size], "annotations": [drawn] * (number != 7)}, "shapes-metadata": {}}

    job = job_of("object-detection")
    round_one = learned(account, labeled(account, clock, job, with_images(account), by_people), model)
    assert len(round_one.labels) > 60
    assert {json.dumps(content["shapes"]) for content in round_one.labels.values()} == {
        json.dumps(
            {
                "image_size": [size],
                "annotations": [{"class_id": 1, "left": 4.0, "top": 2.0, "width": 20.0, "height": 10.0}],
            }
        )
    }
    assert next(iter(round_one.labels.values()))["shapes-metadata"]["objects"] == [{"confidence": 0.96}]
    assert round_one.learned.figures["quality"] > 0.98
    hyper_parameters = round_one.asked["training"]["HyperParameters"]
    assert (hyper_parameters["num_classes"], hyper_parameters["label_width"]) == ("2", "350")
    trained = channels(account, round_one.asked)["train"]
    assert all(line["label"]["annotations"] for line in trained)


def test_masks_are_labeled_in_the_colors_of_peoples(account: Account, clock: Clock) -> None:
    job = job_of("semantic-segmentation")
    colors = class_colors(3)
    ids = np.zeros((20, 40), np.uint8)
    ids[5:15, 10:30] = 2
    account.put("harbor-out", "people.png", encode_mask(ids, colors))
    classes = {str(value): {"class-name": name, "hex-color": colors[value]} for value, name in enumerate(NAMES)}

    def model(key: str) -> bytes:
        shares = np.full((4, 10, 20), 0.01)
        shares[0], shares[2, 2:8, 5:15] = 0.97, 0.98
        shares[0, 2:8, 5:15] = 0.0
        return mask_record(shares)

    def by_people(number: int) -> dict[str, Any]:
        return {"areas-ref": "s3://harbor-out/people.png", "areas-ref-metadata": {"internal-color-map": classes}}

    round_one = learned(account, labeled(account, clock, job, with_images(account), by_people), model)
    assert len(round_one.labels) == OBJECTS - ASKED
    number, content = next(iter(round_one.labels.items()))
    address = S3Uri.parse(content["areas-ref"])
    assert f"/annotations/consolidated-annotation/output/{number}_" in address.key
    mask = opened(account.store.read(address))
    expected = np.zeros((20, 40), np.uint8)
    expected[4:16, 10:30] = 2
    assert (mask.mode, mask.size) == ("P", (40, 20))
    assert np.array_equal(np.asarray(mask), expected)
    assert mask.getpalette() == opened(account.store.read(S3Uri("harbor-out", "people.png"))).getpalette()
    assert content["areas-ref-metadata"]["internal-color-map"]["2"]["confidence"] > 0.8
    assert round_one.learned.figures["quality"] == pytest.approx(200 / 240)


def test_only_jpeg_images_go_to_the_segmentation_container(account: Account, clock: Clock) -> None:
    job = job_of("semantic-segmentation")
    lines = [
        line.replace(b".jpg", b".png") if number % 5 == 0 else line for number, line in enumerate(pictures(OBJECTS))
    ]
    label = {"areas-ref": "s3://harbor-out/people.png", "areas-ref-metadata": {}}
    asked = prepared(labeled(account, clock, job, lines, lambda _: label), 1)
    _, *keys = account.store.read_json(
        S3Uri.parse(asked["transforms"][0]["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"])
    )
    sources = [line["source-ref"] for lines in channels(account, asked).values() for line in lines]
    assert keys
    assert all(name.endswith(".jpg") for name in [*keys, *sources])
