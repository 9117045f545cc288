"""Answers in the forms that the guide documents, and those that are none."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from groundwork.active_learning.sagemaker.model_answers import (
    AnswerError,
    ClassAnswer,
    read_boxes,
    read_image_class,
    read_mask,
    read_text_classes,
)
from groundwork.active_learning.sagemaker.record import RecordError, read_record

GOLDEN = Path(__file__).parent / "answers"


def varint(number: int) -> bytes:
    digits = []
    while number > 0x7F:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def feature(name: str, tensor_field: int, packed: bytes) -> bytes:
    return field(1, field(1, name.encode()) + field(2, field(tensor_field, field(1, packed))))


def frame(payload: bytes) -> bytes:
    return struct.pack("<II", 0xCED7230A, len(payload)) + payload + bytes(-len(payload) % 4)


def segmentation_record(probabilities: np.ndarray) -> bytes:
    """Encode as the container does: probabilities in `target`, their shape in `shape`."""
    shape = b"".join(varint(side) for side in (1, *probabilities.shape))
    values = probabilities.astype("<f4").tobytes()
    return frame(feature("target", 2, values) + feature("shape", 7, shape))


def test_an_image_has_the_class_of_the_highest_probability() -> None:
    assert read_image_class((GOLDEN / "image-classification.json").read_bytes(), 3) == ClassAnswer(1, 0.9371)


def test_each_text_has_its_id_and_the_class_of_the_highest_probability() -> None:
    lines = list(read_text_classes((GOLDEN / "text-classification.ndjson").read_bytes(), 3))
    assert lines == [(7, ClassAnswer(2, 0.815)), (12, ClassAnswer(0, 1.0))]


def test_boxes_come_the_surest_first_and_fillers_are_none() -> None:
    boxes = read_boxes((GOLDEN / "object-detection.json").read_bytes(), 9)
    assert [(box.class_id, round(box.score, 3)) for box in boxes] == [(4, 0.864), (0, 0.734), (3, 0.423), (4, 0.326)]
    assert boxes[0].sides == (0.3088374733924866, 0.07030484080314636, 0.7110607028007507, 0.9345266819000244)


def test_a_mask_has_the_class_of_the_highest_probability_in_each_pixel() -> None:
    probabilities = np.array([[[0.7, 0.1], [0.2, 0.5]], [[0.2, 0.8], [0.3, 0.25]], [[0.1, 0.1], [0.5, 0.25]]])
    answer = read_mask(segmentation_record(probabilities), classes=2)
    assert answer.mask.tolist() == [[0, 1], [2, 0]]
    assert answer.probability == pytest.approx(np.array([[0.7, 0.8], [0.5, 0.5]]))


def test_the_golden_record_of_a_mask_is_read() -> None:
    features = read_record((GOLDEN / "semantic-segmentation.rec").read_bytes())
    assert features["shape"].tolist() == [1, 2, 1, 2]
    assert features["target"].tolist() == [0.75, 0.125, 0.25, 0.875]


def test_a_random_record_is_read_as_it_was_written() -> None:
    values = np.random.default_rng(3).random(1_000).astype("<f4")
    read = read_record(frame(feature("target", 2, values.tobytes()) + feature("other", 7, varint(300))))
    assert np.array_equal(read["target"], values)
    assert read["other"].tolist() == [300]


def test_a_record_is_read_although_it_has_fields_of_other_kinds() -> None:
    extra = varint(9 << 3) + varint(77) + varint(10 << 3 | 5) + bytes(4) + varint(11 << 3 | 1) + bytes(8)
    label = field(2, b"anything")
    assert read_record(frame(extra + label + feature("shape", 7, varint(5))))["shape"].tolist() == [5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG",
        struct.pack("<II", 0xCED7230B, 0),
        struct.pack("<II", 0xCED7230A, 9) + b"short",
        frame(varint(1 << 3 | 2) + varint(99) + b"x"),
        frame(varint(1 << 3 | 3)),
        frame(b"\xff" * 12),
        frame(feature("target", 2, b"\x00" * 3)),
        frame(field(1, field(1, b"target") + field(2, field(9, b"bytes")))),
        frame(field(1, field(1, b"target"))),
    ],
)
def test_bytes_that_are_no_record_are_refused(content: bytes) -> None:
    with pytest.raises(RecordError):
        read_record(content)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"prediction": [0.5, 0.5]},
        {"prediction": [0.5, 0.5, None]},
        {"prediction": [0.5, 0.5, -0.1]},
        {"prediction": 1},
    ],
)
def test_an_image_class_of_another_form_is_refused(document: object) -> None:
    with pytest.raises(AnswerError):
        read_image_class(json.dumps(document).encode(), 3)


@pytest.mark.parametrize(
    "document",
    [
        {"id": "7", "SageMakerOutput": {"label": ["__label__1"], "prob": [0.5]}},
        {"id": 7, "SageMakerOutput": {"label": ["__label__3"], "prob": [0.5]}},
        {"id": 7, "SageMakerOutput": {"label": ["__label__ship"], "prob": [0.5]}},
        {"id": 7, "SageMakerOutput": {"label": ["__label__1"], "prob": []}},
        {"id": 7, "SageMakerOutput": {"label": [], "prob": []}},
        {"id": 7},
    ],
)
def test_a_text_class_of_another_form_is_refused(document: object) -> None:
    with pytest.raises(AnswerError):
        list(read_text_classes(json.dumps(document).encode(), 3))


@pytest.mark.parametrize(
    "document", [{}, {"prediction": [[1, 0.5]]}, {"prediction": [[9, 0.5, 0, 0, 1, 1]]}, {"prediction": [["a"] * 6]}]
)
def test_boxes_of_another_form_are_refused(document: object) -> None:
    with pytest.raises(AnswerError):
        read_boxes(json.dumps(document).encode(), 3)


def test_a_box_that_leaves_the_image_is_cut_and_one_without_extent_is_none() -> None:
    rows = [[0, 1.2, -0.5, 0.1, 2.0, 0.9], [0, 0.9, 0.3, 0.2, 0.3, 0.9], [0, 0.9, 1.1, 0.2, 1.3, 0.9]]
    (box,) = read_boxes(json.dumps({"prediction": rows}).encode(), 1)
    assert (box.score, box.sides) == (1.0, (0.0, 0.1, 1.0, 0.9))


def test_a_mask_of_other_classes_is_refused() -> None:
    record = segmentation_record(np.full((3, 2, 2), 1 / 3))
    with pytest.raises(AnswerError, match="for 4 classes"):
        read_mask(record, classes=4)
    with pytest.raises(AnswerError, match="no number"):
        read_mask(segmentation_record(np.full((3, 2, 2), np.nan)), classes=2)
