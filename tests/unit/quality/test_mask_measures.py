"""How alike masks are."""

from __future__ import annotations

import numpy as np
import pytest
from groundwork.consolidation.mask_image import decode_mask, decode_samples, scaled
from groundwork.quality.compared_sample import ComparedSample
from groundwork.task_types import registry

from tests.formats.jobs import segmentation_job
from tests.formats.masks import COLORS, instance_answer, png, semantic_answer

JOB = segmentation_job()
LABELS = JOB.labels
CLASSES = registry.get("SemanticSegmentation").agreement
THINGS = registry.get("InstanceSegmentation").agreement
ADDRESS = "s3://harbor-out/masks/7.png"


def classes(ids):
    return CLASSES.of_answer(semantic_answer(ids, LABELS), JOB)


def things(ids, labels):
    return THINGS.of_answer(instance_answer(ids, labels), JOB)


def test_the_mean_is_over_the_labels_that_either_mask_has_and_not_over_the_background():
    one = classes([[1, 1, 2, 2], [0, 0, 0, 0]])
    assert CLASSES.similarity(one, one) == 1
    # deck: 1 of 2; mast: 2 of 3
    assert CLASSES.similarity(one, classes([[1, 2, 2, 2], [0, 0, 0, 0]])) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert CLASSES.similarity(one, classes([[1, 1, 3, 3], [0, 0, 0, 0]])) == pytest.approx(1 / 3)
    assert CLASSES.similarity(one, classes([[0] * 4] * 2)) == 0
    assert CLASSES.similarity(classes([[0] * 4] * 2), classes([[0] * 4] * 2)) == 1
    assert CLASSES.labels(one) == {0, 1}


def test_instances_are_paired_within_their_label_and_the_unpaired_count_as_nothing():
    one = things([[1, 1, 1, 0, 2, 2]], ["deck", "mast"])
    assert THINGS.similarity(one, one) == 1
    # The numbers of instances and the order in which they were painted say nothing.
    assert THINGS.similarity(one, things([[2, 2, 2, 0, 1, 1]], ["mast", "deck"])) == 1
    assert THINGS.similarity(one, things([[1, 1, 0, 0, 2, 2]], ["deck", "mast"])) == pytest.approx((2 / 3 + 1) / 2)
    assert THINGS.similarity(one, things([[1, 1, 1, 0, 2, 2]], ["deck", "rope"])) == pytest.approx(1 / 2)
    assert THINGS.similarity(one, things([[1, 1, 1, 0, 0, 0]], ["deck"])) == pytest.approx(2 / 3)
    # No more than half in common is another thing.
    assert THINGS.similarity(one, things([[1, 0, 0, 0, 0, 0]], ["deck"])) == 0
    assert THINGS.similarity(things([[0, 0]], []), things([[0, 0]], [])) == 1
    assert THINGS.labels(one) == {0, 1}


@pytest.mark.parametrize("measure", [CLASSES, THINGS])
def test_which_of_two_masks_comes_first_does_not_matter(measure):
    random = np.random.default_rng(3)
    make = {CLASSES: classes, THINGS: lambda ids: things(ids, list(LABELS))}[measure]
    one, other = (make(random.integers(0, 4, (20, 30))) for _ in range(2))
    assert measure.similarity(one, other) == measure.similarity(other, one)


def test_masks_of_one_image_in_two_sizes_are_compared_place_by_place():
    ids = np.array([[1, 2], [0, 3]])
    assert CLASSES.similarity(classes(ids), classes(ids.repeat(3, axis=0).repeat(3, axis=1))) == 1


@pytest.mark.parametrize("mode", ["RGBA", "P", "RGB"])
@pytest.mark.parametrize("side", [7, 40, 64, 512])
def test_the_places_compared_are_the_middles_of_equal_cells(mode, side):
    ids = np.random.default_rng(side).integers(1, 4, (53, 64))
    content = png(ids, COLORS, mode)
    values = [(tuple(bytes.fromhex(color[1:])), number) for number, color in enumerate(COLORS, start=1)]
    whole = decode_mask(content, 64, 53, values)
    samples = decode_samples(content, 64, 53, values, side)
    height, width = min(side, 53), min(side, 64)
    assert samples.shape == (height, width)
    # Where a middle lies between two pixels, either will do.
    around = [scaled(np.roll(whole, shift, axis=(0, 1)), height, width) for shift in ((0, 0), (0, 1), (1, 0), (1, 1))]
    assert np.any([samples == pixels for pixels in around], axis=0).all()
    assert (samples == around[0]).mean() > 0.85


def test_a_label_is_read_from_its_file_by_its_colors():
    ids = [[1, 0], [0, 2]]
    color_map = {
        "0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.8},
        "1": {"class-name": "deck", "hex-color": COLORS[0], "confidence": 0.8},
        "2": {"class-name": "mast", "hex-color": COLORS[1], "confidence": 0.8},
    }
    content = {JOB.label_attribute: ADDRESS, JOB.metadata_attribute: {"internal-color-map": color_map}}
    files = {ADDRESS: png(ids, COLORS, "P")}
    assert CLASSES.similarity(CLASSES.of_label(content, JOB, files.get), classes(ids)) == 1
    assert CLASSES.of_label(content, JOB, {}.get) is None
    assert CLASSES.of_label(content, JOB, {ADDRESS: b"GIF89a"}.get) is None
    assert CLASSES.confidence(content, JOB) == 0.8
    found = [
        {"class-name": "mast", "hex-color": color, "confidence": sure}
        for color, sure in zip(COLORS, (0.9, 0.4), strict=False)
    ]
    content = {JOB.label_attribute: ADDRESS, JOB.metadata_attribute: {"instances": found}}
    assert THINGS.similarity(THINGS.of_label(content, JOB, files.get), things(ids, ["mast", "mast"])) == 1
    assert THINGS.confidence(content, JOB) == 0.4


def test_a_damaged_mask_and_one_of_other_labels_are_no_answers():
    answer = semantic_answer([[1]], LABELS)
    answer["crowd-semantic-segmentation"]["labeledImage"]["pngImageData"] = "iVBORw0KGgo="
    assert CLASSES.of_answer(answer, JOB) is None
    assert CLASSES.of_answer(semantic_answer([[1]], ("hull",)), JOB) is None
    assert CLASSES.of_answer({}, JOB) is None


def test_a_larger_mask_costs_more_and_other_answers_nothing():
    small, large = (semantic_answer(np.ones((side, side), int), LABELS) for side in (10, 1000))
    assert 0 < CLASSES.cost(small) < CLASSES.cost(large) < 0.1
    assert CLASSES.cost({}) < 0.1
    assert registry.get("BoundingBox").agreement.cost({"a": {}}) == 0


def test_objects_that_can_all_be_compared_are():
    sample = ComparedSample(1_000, most_seconds=100)
    assert all(sample.takes(number, 0.09) for number in range(1_000))
    free = ComparedSample(10, most_seconds=0.001)
    assert all(free.takes(number, 0.0) for number in range(1_000))


def test_of_too_many_an_even_share_is_compared_whatever_their_order():
    def taken(order):
        sample = ComparedSample(10_000, most_seconds=250)
        return {number for number in order if sample.takes(number, 0.1)}

    chosen = taken(range(10_000))
    assert 2_400 < len(chosen) < 2_600
    assert chosen == taken(range(9_999, -1, -1))
    for thousand in range(10):
        assert 200 < sum(1 for number in chosen if number // 1_000 == thousand) < 300


def test_no_more_is_compared_after_twice_the_time_and_gold_before_others():
    sample = ComparedSample(100, most_seconds=10)
    for number in range(50):
        sample.takes(number, 0.01)
    assert sum(sample.takes(number, 5.0, foremost=True) for number in range(50, 100)) <= 4
    few = ComparedSample(1_000, most_seconds=1)
    assert all(few.takes(number, 0.1, foremost=True) for number in range(10))
