from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest
from groundwork.consolidation.instance_match import match
from groundwork.consolidation.vote_map import VoteMap
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from tests.formats.jobs import NOW, image_job
from tests.formats.masks import COLORS, instance_answer, opened

LABELS = ("cup", "plate")
JOB = image_job(task_type="InstanceSegmentation", label_attribute="things-ref", labels=LABELS)
TYPE = registry.get("InstanceSegmentation")
SIZE = 24


def blob(top, left, side=6, value=1):
    mask = np.zeros((SIZE, SIZE), int)
    mask[top : top + side, left : left + side] = value
    return mask


def things(*parts):
    """A worker's mask: (label, top, left, side) of each instance."""
    mask = np.zeros((SIZE, SIZE), int)
    for value, (_, top, left, side) in enumerate(parts, start=1):
        mask[blob(top, left, side) > 0] = value
    return instance_answer(mask, [label for label, *_ in parts])


def consolidated(answers, estimate=None, job=JOB):
    item = AnsweredObject(0, tuple(Answer(worker, answer) for worker, answer in answers.items()), "s3://r/0.json")
    return TYPE.consolidation.consolidate([item], estimate, job, NOW)


def found(labels):
    (label,) = labels
    return np.asarray(opened(label.files[0].content)), label.content["things-ref-metadata"]["instances"]


CUP, OTHER_CUP, PLATE = ("cup", 2, 2, 6), ("cup", 2, 14, 6), ("plate", 14, 4, 8)


def test_things_that_most_workers_have_are_kept_one_value_each():
    answers = {
        "w1": things(CUP, OTHER_CUP, PLATE),
        "w2": things(PLATE, ("cup", 3, 2, 6), OTHER_CUP),
        "w3": things(OTHER_CUP, CUP),
    }
    mask, instances = found(consolidated(answers))
    assert [(entry["class-name"], entry["class-id"]) for entry in instances] == [("cup", 0), ("cup", 0), ("plate", 1)]
    assert mask[5, 5] == 1
    assert mask[5, 17] == 2
    assert mask[18, 8] == 3
    assert set(np.unique(mask)) == {0, 1, 2, 3}
    assert len({entry["hex-color"] for entry in instances}) == 3
    assert all(0.5 < entry["confidence"] <= 0.95 for entry in instances)


def test_what_one_of_three_has_is_dropped_and_what_two_have_is_kept():
    answers = {"w1": things(CUP, PLATE), "w2": things(CUP), "w3": things()}
    _, instances = found(consolidated(answers))
    assert [entry["class-name"] for entry in instances] == ["cup"]


def test_the_label_of_a_thing_is_voted_on():
    answers = {"w1": things(CUP), "w2": things(("plate", 2, 2, 6)), "w3": things(("plate", 2, 3, 6))}
    _, instances = found(consolidated(answers))
    assert [entry["class-name"] for entry in instances] == ["plate"]


def test_the_palette_tells_the_colors_of_the_instances():
    (label,) = consolidated({f"w{number}": things(CUP, PLATE) for number in range(3)})
    image = opened(label.files[0].content)
    assert image.mode == "P"
    instances = label.content["things-ref-metadata"]["instances"]
    red, green, blue = image.convert("RGB").getpixel((8, 18))
    assert f"#{red:02x}{green:02x}{blue:02x}" == instances[1]["hex-color"]
    assert label.content["things-ref"] == str(label.files[0].uri)
    assert label.content["things-ref-metadata"]["type"] == "groundwork/instance-segmentation"


def test_where_things_overlap_the_surer_one_wins():
    cup, plate = ("cup", 4, 4, 8), ("plate", 8, 8, 8)
    answers = {
        "w1": instance_answer(np.where(blob(8, 8, 8), 2, blob(4, 4, 8)), ["cup", "plate"]),
        "w2": things(cup),
        "w3": things(cup),
        "w4": things(plate),
        "w5": things(cup),
    }
    mask, instances = found(consolidated(answers))
    names = [entry["class-name"] for entry in instances]
    assert "cup" in names
    assert names[mask[9, 9] - 1] == "cup"


def test_the_order_of_answers_does_not_move_a_bit():
    answers = {"w1": things(CUP, PLATE), "w2": things(("cup", 3, 3, 6)), "w3": things(("plate", 2, 2, 5), OTHER_CUP)}
    results = {
        (label.files[0].content, json.dumps(label.content))
        for order in permutations(answers)
        for label in consolidated({worker: answers[worker] for worker in order})
    }
    assert len(results) == 1


def test_one_worker_keeps_every_thing_as_it_was_drawn_without_confidence():
    job = JOB.model_copy(update={"workers_per_object": 1})
    mask, instances = found(consolidated({"w1": things(CUP, PLATE)}, job=job))
    assert mask.tolist() == (blob(2, 2, 6) + blob(14, 4, 8, value=2)).tolist()
    assert [entry["confidence"] for entry in instances] == [0.0, 0.0]


def test_nothing_found_is_a_png_of_background_and_no_instances():
    mask, instances = found(consolidated({"w1": things(), "w2": things()}))
    assert mask.max() == 0
    assert mask.shape == (SIZE, SIZE)
    assert instances == []


def test_a_thing_that_fills_the_image_is_found():
    whole = instance_answer(np.ones((SIZE, SIZE), int), ["plate"])
    mask, instances = found(consolidated(dict.fromkeys(("w1", "w2", "w3"), whole)))
    assert mask.min() == 1
    assert len(instances) == 1


def test_no_two_instances_of_a_worker_become_one_thing():
    half = instance_answer(np.where(np.arange(SIZE) < 12, 1, 2) * np.ones((SIZE, 1), int), ["cup", "cup"])
    whole = instance_answer(np.ones((SIZE, SIZE), int), ["cup"])
    votes = VoteMap.empty(SIZE, SIZE)
    votes.add(np.where(np.arange(SIZE) < 12, 1, 2).astype(np.uint8) * np.ones((SIZE, 1), np.uint8))
    votes.add(np.ones((SIZE, SIZE), np.uint8))
    assert all(len(cluster.members) == 1 for cluster in match(votes.tuples, votes.histogram()))
    assert consolidated({"w1": half, "w2": whole})


def test_damaged_masks_are_passed_over_and_counted():
    answers = {"w1": things(CUP), "w2": things(CUP), "w3": {"x": {"labeledImage": 1}}}
    (label,) = consolidated(answers)
    assert label.content["things-ref-metadata"]["answers-missing"] == 1
    assert consolidated({"w3": answers["w3"]}) == []
    assert TYPE.consolidation.vote(answers["w3"], JOB) is None


def estimated(images):
    votes = [
        (number, worker, json.loads(json.dumps(TYPE.consolidation.vote(answer, JOB))))
        for number, image in enumerate(images)
        for worker, answer in image.items()
    ]
    return json.loads(json.dumps(TYPE.consolidation.estimate(votes, JOB)))


def test_a_worker_who_invents_things_is_believed_less():
    images = [{"a": things(CUP), "b": things(CUP), "dreamer": things(CUP, OTHER_CUP, PLATE)} for _ in range(15)]
    estimate = estimated(images)
    _, instances = found(consolidated({"a": things(CUP), "dreamer": things(CUP, PLATE)}, estimate))
    assert [entry["class-name"] for entry in instances] == ["cup"]


def test_a_worker_who_overlooks_things_does_not_hide_what_a_careful_one_found():
    images = [{"a": things(CUP, PLATE), "b": things(CUP, PLATE), "blind": things()} for _ in range(15)]
    estimate = estimated(images)
    _, instances = found(consolidated({"a": things(CUP), "blind": things()}, estimate))
    assert [entry["class-name"] for entry in instances] == ["cup"]


@pytest.mark.parametrize("count", [4])
def test_many_small_things_keep_their_pixels(count):
    parts = [("cup", 1 + 6 * row, 1 + 6 * column, 4) for row in range(2) for column in range(2)]
    mask, instances = found(consolidated({f"w{n}": things(*parts) for n in range(3)}))
    assert len(instances) == count == len(COLORS)
    assert mask[2, 2] == 1
    assert (mask > 0).sum() >= count * 12
