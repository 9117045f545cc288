"""The folders under examples/ are jobs that can be dropped."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.request import LARGEST_INLINE, consolidation_request
from groundwork.consolidation.response import parse_response
from groundwork.pre_annotation.request import pre_annotation_request
from groundwork.pre_annotation.response import parse_response as parse_pre_annotation
from groundwork.prepare_job.lines import LineRules, check_line
from groundwork.task_types import registry

from tests.formats.jobs import NOW, custom_job

EXAMPLES = Path(__file__).parents[2] / "examples"


def module(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / "custom" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def labels(folder):
    return [entry["label"] for entry in json.loads((EXAMPLES / folder / "labels.json").read_text())["labels"]]


@pytest.mark.parametrize("folder", ["image-classification", "text-classification"])
def test_an_example_selects_a_task_type_and_has_enough_labels(folder):
    job = json.loads((EXAMPLES / folder / "job.json").read_text())
    task_type = registry.get(job["Groundwork"]["TaskType"])
    assert len(set(labels(folder))) == len(labels(folder)) >= task_type.label_count.least


@pytest.mark.parametrize(
    ("manifest", "name"), [("text-classification/tickets", "TextMultiClass"), ("custom/readings", "Custom")]
)
def test_every_line_of_an_example_manifest_can_be_labeled(manifest, name):
    rules = LineRules(registry.get(name).source_keys, frozenset())
    lines = (EXAMPLES / f"{manifest}.manifest").read_bytes().splitlines()
    assert all(isinstance(check_line(line, rules), dict) for line in lines)


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
