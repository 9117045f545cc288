"""The folders under examples/ are jobs that can be dropped."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.request import LARGEST_INLINE, consolidation_request
from groundwork.consolidation.response import parse_response
from groundwork.pre_annotation.request import pre_annotation_request
from groundwork.pre_annotation.response import parse_response as parse_pre_annotation
from groundwork.prepare_job.lines import LineRules, check_line
from groundwork.task_types import registry
from PIL import Image

from tests.formats.jobs import NOW, custom_job

EXAMPLES = Path(__file__).parents[2] / "examples"


def module(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / "custom" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def labels(folder):
    return [entry["label"] for entry in json.loads((EXAMPLES / folder / "labels.json").read_text())["labels"]]


WITH_LABELS = sorted(path.parent.name for path in EXAMPLES.glob("*/labels.json"))
MANIFESTS = sorted(EXAMPLES.glob("*/*.manifest"))


@pytest.mark.parametrize("folder", WITH_LABELS)
def test_an_example_selects_a_task_type_and_has_enough_labels(folder):
    job = json.loads((EXAMPLES / folder / "job.json").read_text())
    task_type = registry.get(job["Groundwork"]["TaskType"])
    assert len(set(labels(folder))) == len(labels(folder)) >= task_type.label_count.least


def task_type_of(folder):
    return registry.get(json.loads((folder / "job.json").read_text()).get("Groundwork", {}).get("TaskType", "Custom"))


def lines_of(manifest):
    """The lines once the bucket has a name."""
    return manifest.read_text().replace("<jobs bucket>", "birds-jobs").encode().splitlines()


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)
def test_every_line_of_an_example_manifest_becomes_a_task(manifest):
    task_type = task_type_of(manifest.parent)
    has_labels = manifest.parent.name in WITH_LABELS
    job = custom_job(task_type=task_type.name, labels=tuple(labels(manifest.parent.name)) if has_labels else None)
    lines = [check_line(line, LineRules.of(task_type, {"birds-jobs"})) for line in lines_of(manifest)]
    assert len(lines) > 0
    assert all(task_type.task_input(line, job) for line in lines)


@pytest.mark.parametrize("folder", ["image-multi-label", "text-multi-label"])
def test_expected_labels_are_labels_and_each_is_expected_somewhere(folder):
    (manifest,) = (EXAMPLES / folder).glob("*.manifest")
    expected = [json.loads(line)["expected"] for line in lines_of(manifest)]
    assert all(one and len(set(one)) == len(one) for one in expected)
    assert {label for one in expected for label in one} == set(labels(folder))


IMAGES = sorted(path for folder in ("photos", "digits") for path in (EXAMPLES / folder).iterdir())


def test_every_image_of_the_examples_is_small_and_named_by_a_manifest():
    named = {key for path in MANIFESTS for key in re.findall(r"s3://<jobs bucket>/([^\"]+)", path.read_text())}
    assert named == {path.relative_to(EXAMPLES).as_posix() for path in IMAGES}
    assert max(path.stat().st_size for path in IMAGES) < 60_000


def test_earlier_labels_of_the_examples_lie_within_their_images():
    manifest = EXAMPLES / "verification-of-boxes/boxes.manifest"
    for line in map(json.loads, lines_of(manifest)):
        (size,) = line["things"]["image_size"]
        with Image.open(EXAMPLES / "photos" / line["source-ref"].rpartition("/")[2]) as image:
            assert image.size == (size["width"], size["height"])
        for box in line["things"]["annotations"]:
            assert 0 <= box["left"] <= size["width"] - box["width"]
            assert 0 <= box["top"] <= size["height"] - box["height"]


def test_masks_of_the_examples_have_the_size_of_their_images_and_the_colors_of_their_labels():
    for line in map(json.loads, lines_of(EXAMPLES / "verification-of-masks/masks.manifest")):
        files = (EXAMPLES / "photos" / line[key].rpartition("/")[2] for key in ("source-ref", "areas-ref"))
        with Image.open(next(files)) as image, Image.open(next(files)) as mask:
            assert (mask.mode, mask.size) == ("P", image.size)
            painted = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in mask.convert("RGB").getcolors()}
        colors = line["areas-ref-metadata"]["internal-color-map"].values()
        assert painted == {entry["hex-color"] for entry in colors}


def test_the_tickets_expect_each_label_equally_often():
    lines = (EXAMPLES / "text-classification/tickets.manifest").read_text().splitlines()
    expected = [json.loads(line)["expected"] for line in lines]
    assert {label: expected.count(label) for label in labels("text-classification")} == dict.fromkeys(
        labels("text-classification"), 10
    )


def test_the_example_functions_take_a_note_from_line_to_label():
    job = custom_job()
    lines = [json.loads(line) for line in (EXAMPLES / "custom/readings.manifest").read_text().splitlines()]
    asked = [
        parse_pre_annotation(module("pre_annotation").handler(pre_annotation_request(job, line), None))
        for line in lines
    ]
    assert [answer.human_required for answer in asked] == [line["site"] != "retired" for line in lines]
    assert asked[0].task_input["digits"] == 6

    large = {"reading": "004519", "comment": "x" * LARGEST_INLINE}
    answers = [{"reading": "004519", "remarks": {"damage": True}}, {"reading": "004579"}, large]
    collected = CollectedObject.model_validate(
        {
            "object": 0,
            "entry": 0,
            "dataObject": {"content": lines[0]["source"]},
            "answers": [{"workerId": f"w{n}", "answerContent": answer} for n, answer in enumerate(answers)],
            "responseUri": "s3://harbor-out/0.json",
        }
    )
    request = consolidation_request([collected], lambda object_id, worker: f"s3://harbor-out/{object_id}/{worker}.json")
    response = module("post_annotation").consolidate(
        request.payload, job.label_attribute, lambda uri: json.loads(request.by_reference[uri])
    )
    (label,) = parse_response(json.loads(json.dumps(response)), {0: 0}, job, NOW).labels
    assert label.content["meterReading"] == {"reading": "004519", "agreement": 0.67, "damage": True}
