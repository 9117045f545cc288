"""What containers learn from, line by line."""

from __future__ import annotations

from typing import Any

import pytest
from groundwork.active_learning.sagemaker.inference_input import image_lists, image_parts, text_lines
from groundwork.active_learning.sagemaker.predictions import AskedObject
from groundwork.active_learning.sagemaker.training_lines import TRAINING_LINES, HumanLabel, tokens
from groundwork.job.labeling_job import Algorithm

from tests.unit.active_learning.sagemaker.automated_jobs import automated_job

PHOTO = "s3://harbor-in/pier/1.jpg"
BOXES = {
    "image_size": [{"width": 50, "height": 40, "depth": 3}],
    "annotations": [{"class_id": 0, "left": 1, "top": 2, "width": 3, "height": 4}],
}


def line(algorithm: Algorithm, source: str, label: Any) -> dict[str, Any] | None:
    job = automated_job(algorithm)
    return TRAINING_LINES[algorithm](HumanLabel(source, {job.label_attribute: label}), job)


def test_an_image_has_its_class_id() -> None:
    assert line("image-classification", PHOTO, 2) == {"source-ref": PHOTO, "label": 2}
    assert line("image-classification", PHOTO, "2") == {"source-ref": PHOTO, "label": 2}


def test_a_text_is_cut_into_lower_case_tokens_on_one_line() -> None:
    assert line("text-classification", "It's LATE,\nagain!", 1) == {"source": "it ' s late , again !", "label": 1}
    assert tokens("Größe: 3€\t") == "größe : 3 €"


def test_boxes_stand_as_people_drew_them() -> None:
    assert line("object-detection", PHOTO, BOXES) == {"source-ref": PHOTO, "label": BOXES}


def test_a_mask_is_referred_to() -> None:
    mask = "s3://harbor-out/masks/1.png"
    assert line("semantic-segmentation", PHOTO, mask) == {"source-ref": PHOTO, "label-ref": mask}


@pytest.mark.parametrize(
    ("algorithm", "source", "label"),
    [
        ("image-classification", PHOTO, 3),
        ("image-classification", PHOTO, None),
        ("text-classification", " \n", 1),
        ("text-classification", "late", -1),
        ("object-detection", PHOTO, {**BOXES, "annotations": []}),
        ("object-detection", PHOTO, None),
        ("semantic-segmentation", "s3://harbor-in/pier/1.png", "s3://harbor-out/masks/1.png"),
        ("semantic-segmentation", PHOTO, None),
    ],
)
def test_what_a_container_can_not_learn_from_is_left_out(algorithm: Algorithm, source: str, label: Any) -> None:
    assert line(algorithm, source, label) is None


def asked(number: int, source: str) -> AskedObject:
    return AskedObject(object_id=number, source=source, part="0")


def test_each_bucket_has_a_list_of_its_own_with_every_image_once() -> None:
    shards = [
        [asked(0, "s3://b/x/1.jpg"), asked(1, "s3://a/y.png")],
        [asked(2, "s3://b/x/1.jpg"), asked(3, "s3://b/ä/2.jpg")],
    ]
    parts = image_parts(item.source for shard in shards for item in shard)
    assert parts == {"a": "0", "b": "1"}
    assert image_lists(shards, parts) == {
        "0": [{"prefix": "s3://a/"}, "y.png"],
        "1": [{"prefix": "s3://b/"}, "x/1.jpg", "ä/2.jpg"],
    }


def test_texts_ask_for_the_probabilities_of_all_classes() -> None:
    assert text_lines([asked(7, "Late!")], 3) == b'{"id":7,"source":"late !","k":3}\n'
