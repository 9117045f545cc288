from __future__ import annotations

import base64
import json
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.jobs import NOW, image_job
from tests.formats.masks import COLORS, opened, png, semantic_answer

LABELS = ("deck", "mast", "rope")
JOB = image_job(task_type="SemanticSegmentation", label_attribute="deck-ref", labels=LABELS)
TYPE = registry.get("SemanticSegmentation")
ALGORITHMS = TYPE.consolidation_algorithms


def consolidated(masks, *, algorithm="default", job=JOB, estimate=None):
    """The label of one image; `masks` is worker → values, or a whole answer."""
    answers = tuple(
        Answer(worker, mask if isinstance(mask, dict) else semantic_answer(mask, job.labels))
        for worker, mask in masks.items()
    )
    consolidation = TYPE.consolidation_by(algorithm)
    return consolidation.consolidate([AnsweredObject(0, answers, "s3://r/0.json")], estimate, job, NOW)


def mask_of(labels):
    return np.asarray(opened(labels[0].files[0].content))


def metadata_of(labels):
    return labels[0].content["deck-ref-metadata"]


def confidence_of(labels):
    (confidence,) = {entry["confidence"] for entry in metadata_of(labels)["internal-color-map"].values()}
    return confidence


def square(size=12, top=3, left=3, side=6, value=1):
    mask = np.zeros((size, size), int)
    mask[top : top + side, left : left + side] = value
    return mask


THREE = {"w1": square(), "w2": square(left=4), "w3": square(top=2, side=7)}


def by_pixel(masks, algorithm):  # noqa: C901 (the whole model in one place, to be read beside the spec)
    """Per-pixel EM and mean field, written out pixel by pixel in the words of the spec (workflows §2.10)."""
    stack = [np.asarray(mask) for mask in masks]
    height, width = stack[0].shape
    places = [(row, column) for row in range(height) for column in range(width)]
    votes = {place: tuple(int(mask[place]) for mask in stack) for place in places}
    classes = sorted({0} | {label for vote in votes.values() for label in vote})
    workers, count = range(len(stack)), len(classes)
    marked = [place for place in places if any(votes[place])]
    share = {place: np.array([votes[place].count(label) / len(stack) for label in classes]) for place in places}
    if algorithm == "default" and marked:
        prior_matrix = np.full((count, count), 0.3 / (count - 1)) + np.eye(count) * (0.7 - 0.3 / (count - 1))
        unseen, unseen_share = 0.0, np.eye(count)[0]
        for _ in range(100):
            counts = np.stack([0.01 * len(marked) * prior_matrix for _ in workers])
            shares = np.ones(count)
            for place in marked:
                shares += share[place]
                for worker in workers:
                    counts[worker][:, classes.index(votes[place][worker])] += share[place]
            shares += unseen * unseen_share
            for worker in workers:
                counts[worker][:, 0] += unseen * unseen_share
            shares /= shares.sum()
            matrices = [matrix / matrix.sum(axis=1, keepdims=True) for matrix in counts]

            def joint(vote, shares=shares, matrices=matrices):
                return shares * np.prod([matrices[w][:, classes.index(label)] for w, label in enumerate(vote)], axis=0)

            moved = 0.0
            for place in marked:
                new = joint(votes[place]) / joint(votes[place]).sum()
                moved, share[place] = max(moved, np.abs(new - share[place]).max()), new
            nothing = joint((0,) * len(stack))
            new = nothing / nothing.sum()
            moved, unseen_share = max(moved, np.abs(new - unseen_share).max()), new
            unseen = min(len(marked) * nothing.sum() / (1 - nothing.sum()), len(places) - len(marked))
            if moved <= 1e-6:
                break
    logs = {place: np.log(np.clip(share[place], 1e-9, 1)) for place in places}

    def inside(row, column):
        return min(max(row, 0), height - 1), min(max(column, 0), width - 1)

    field = {
        (row, column): share[inside(row, column)] for row in range(-5, height + 5) for column in range(-5, width + 5)
    }
    for _ in range(5):
        new = {}
        for (row, column), own in field.items():
            around = [field.get((row + down, column + right)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
            if any(one is None for one in around):
                continue
            value = logs[inside(row, column)] + 0.5 * (sum(around) - own)
            value = np.exp(value - value.max())
            new[row, column] = value / value.sum()
        field = new
    chosen = np.array([[classes[int(np.argmax(field[row, col]))] for col in range(width)] for row in range(height)])
    certainty = np.mean([field[place].max() for place in marked]) if marked else 1.0
    return chosen, certainty


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("seed", range(4))
def test_masks_and_confidences_are_those_of_the_model_written_out_by_pixel(algorithm, seed):
    random = np.random.default_rng(seed)
    truth = square(value=1) + square(top=9, left=1, side=2, value=2)
    masks = []
    for _ in range(3 + seed % 2 * 2):
        mask = np.roll(truth, random.integers(-1, 2), axis=int(random.integers(0, 2)))
        noise = random.random(truth.shape) < 0.06
        masks.append(np.where(noise, random.integers(0, 4, truth.shape), mask))
    expected, certainty = by_pixel(masks, algorithm)
    found = consolidated({f"w{number}": mask for number, mask in enumerate(masks)}, algorithm=algorithm)
    assert mask_of(found).tolist() == expected.tolist()
    assert confidence_of(found) == pytest.approx(0.05 + 0.9 * certainty, abs=0.0051)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_order_of_answers_does_not_move_a_bit(algorithm):
    results = {
        consolidated({worker: THREE[worker] for worker in order}, algorithm=algorithm)[0].files[0].content
        for order in permutations(THREE)
    }
    assert len(results) == 1


grids = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=5, max_size=5)


@settings(max_examples=25, deadline=None)
@given(grids, st.integers(2, 8))
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_more_who_agrees_with_all_never_lowers_the_confidence(algorithm, mask, workers):
    job = replace_workers(9)
    before = consolidated({f"w{number}": mask for number in range(workers)}, algorithm=algorithm, job=job)
    after = consolidated({f"w{number}": mask for number in range(workers + 1)}, algorithm=algorithm, job=job)
    assert confidence_of(after) >= confidence_of(before)


def replace_workers(workers):
    return JOB.model_copy(update={"workers_per_object": workers})


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_empty_masks_are_a_png_of_background(algorithm):
    labels = consolidated(dict.fromkeys(("w1", "w2", "w3"), np.zeros((4, 7), int)), algorithm=algorithm)
    assert mask_of(labels).tolist() == np.zeros((4, 7), int).tolist()
    assert confidence_of(labels) == 0.95


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_worker_keeps_the_mask_and_has_no_confidence(algorithm):
    mask = square(side=1) + square(top=0, left=0, side=2, value=2)
    labels = consolidated({"w1": mask}, algorithm=algorithm, job=replace_workers(1))
    assert mask_of(labels).tolist() == mask.tolist()
    assert confidence_of(labels) == 0.0


def test_the_file_is_a_palette_of_class_ids_where_the_label_points():
    (label,) = consolidated({f"w{number}": square(value=3) for number in range(3)})
    (file,) = label.files
    uri = "s3://harbor-out/Pier-Kind/annotations/consolidated-annotation/output/0_2026-03-05T09:00:00.000000.png"
    assert (label.content["deck-ref"], str(file.uri), file.content_type) == (uri, uri, "image/png")
    image = opened(file.content)
    assert (image.format, image.mode, image.size) == ("PNG", "P", (12, 12))
    assert set(np.unique(np.asarray(image))) == {0, 3}
    colors = label.content["deck-ref-metadata"]["internal-color-map"]
    assert [entry["class-name"] for entry in colors.values()] == ["BACKGROUND", *LABELS]
    assert list(colors) == ["0", "1", "2", "3"]
    red, green, blue = image.convert("RGB").getpixel((5, 5))
    assert f"#{red:02x}{green:02x}{blue:02x}" == colors["3"]["hex-color"]
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_each_worker_may_have_other_colors_for_the_same_labels():
    mask = square() + square(top=0, left=0, side=2, value=2)
    other = semantic_answer(mask, LABELS, tuple(reversed(COLORS)))
    assert mask_of(consolidated({"w1": mask, "w2": other, "w3": other})).tolist() == mask.tolist()


@pytest.mark.parametrize("mode", ["RGB", "P", "RGBA"])
def test_colors_that_nobody_named_and_transparent_pixels_are_background(mode):
    answer = semantic_answer(square(), LABELS)
    answer["crowd-semantic-segmentation"]["labelMappings"] = {"mast": {"color": COLORS[1]}}
    other = semantic_answer(square(value=2), LABELS)
    other["crowd-semantic-segmentation"]["labeledImage"]["pngImageData"] = encoded(
        png(square(value=2), COLORS, mode=mode)
    )
    assert mask_of(consolidated({"w1": answer})).max() == 0
    assert mask_of(consolidated({"w1": other})).tolist() == square(value=2).tolist()


def encoded(content):
    return base64.b64encode(content).decode()


def test_a_mask_of_another_size_is_scaled_by_the_nearest_pixel():
    small = semantic_answer(square()[1::2, 1::2], LABELS)
    labels = consolidated({"w1": small, "w2": square(), "w3": square()})
    assert mask_of(labels).tolist() == square().tolist()


def damaged(change):
    answer = semantic_answer(square(), LABELS)
    image = answer["crowd-semantic-segmentation"]["labeledImage"]
    image["pngImageData"] = encoded(change(bytearray(base64.b64decode(image["pngImageData"]))))
    return answer


def flipped(content):
    content[60] ^= 0xFF
    return bytes(content)


UNUSABLE = {
    "cut short": damaged(lambda content: bytes(content[:-30])),
    "bits flipped": damaged(flipped),
    "header only": damaged(lambda content: bytes(content[:33])),
    "a second, larger header": damaged(
        lambda content: bytes(content[:33] + b"\x00\x00\x00\x0dIHDR\x00\x00\x40\x00\x00\x00\x40\x00" + content[24:])
    ),
    "another label": semantic_answer(square(), ("hull",)),
    "no mask": {"crowd-semantic-segmentation": {"labeledImage": "?"}},
}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_answer_that_can_not_be_read_is_passed_over_and_counted(algorithm, answer):
    labels = consolidated({"w1": answer, "w2": square(), "w3": square()}, algorithm=algorithm)
    assert mask_of(labels).tolist() == square().tolist()
    assert metadata_of(labels)["answers-missing"] == 1
    assert TYPE.consolidation.vote(answer, JOB) is None
    assert consolidated({"w1": answer}, algorithm=algorithm) == []


def test_any_byte_of_a_mask_may_be_wrong():
    for place in range(8, 120, 3):
        answer = damaged(lambda content, place=place: bytes(content[:place] + b"\x7f" + content[place + 1 :]))
        TYPE.consolidation.vote(answer, JOB)


def estimated(images, job=JOB):
    votes = [
        (number, worker, json.loads(json.dumps(TYPE.consolidation.vote(semantic_answer(mask, job.labels), job))))
        for number, image in enumerate(images)
        for worker, mask in image.items()
    ]
    return TYPE.consolidation.estimate(votes, job)


def test_a_worker_who_was_careless_in_other_images_counts_less():
    careful = square(top=4, left=4, side=4)
    images = [{"a": careful, "b": careful, "sloppy": square(top=1, left=1, side=9)} for _ in range(20)]
    estimate = json.loads(json.dumps(estimated(images)))
    counts = {worker: {(true, said): n for true, said, n in rows} for worker, rows in estimate["workers"].items()}
    assert counts["sloppy"][0, 1] > 10 * counts["a"].get((0, 1), 0.01)
    two = {"a": careful, "sloppy": square(top=1, left=1, side=9)}
    assert mask_of(consolidated(two, estimate=estimate)).sum() == careful.sum()


def test_the_estimate_does_not_depend_on_the_order_of_votes():
    images = [{"a": square(), "b": square(left=4), "c": square(value=2)} for _ in range(3)]
    turned = [dict(reversed(image.items())) for image in images]
    assert json.dumps(estimated(images)) == json.dumps(estimated(turned))


def test_ground_truths_way_has_no_use_for_votes():
    consolidation = TYPE.consolidation_by("ground-truth")
    assert consolidation.vote(semantic_answer(square(), LABELS), JOB) is None
    assert consolidation.estimate([], JOB) == {}


def test_an_adjustment_says_whether_anybody_changed_anything():
    adjustment = registry.get("AdjustmentSemanticSegmentation").consolidation

    def status(*flags):
        answers = tuple(
            Answer(
                f"w{number}",
                semantic_answer(square(), LABELS, **({} if flag is None else {"initialValueModified": flag})),
            )
            for number, flag in enumerate(flags)
        )
        return metadata_of(adjustment.consolidate([AnsweredObject(0, answers, "s3://r/0")], None, JOB, NOW))[
            "adjustment-status"
        ]

    assert status(False, False) == "unadjusted"
    assert status(False, True) == "adjusted"
    assert status(False, None) == "unadjusted"


def test_answers_that_never_came_and_unreadable_ones_are_missing_together():
    item = AnsweredObject(
        0, (Answer("w1", semantic_answer(square(), LABELS)), Answer("w2", UNUSABLE["cut short"])), "s3://r/0", missing=1
    )
    assert metadata_of(TYPE.consolidation.consolidate([item], None, JOB, NOW))["answers-missing"] == 2
    whole = replace(item, answers=item.answers[:1], missing=0)
    assert "answers-missing" not in metadata_of(TYPE.consolidation.consolidate([whole], None, JOB, NOW))
