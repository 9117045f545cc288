"""What holds of every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from groundwork.exports.registry import FORMATS
from groundwork.task_types import registry
from groundwork.task_types.label_form import LabelForm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.exports.datasets import BOXES, CLASSES, DATASETS, FAILED, SETS, UNLABELED, dataset, export, line

CASES = [(form, name) for form in LabelForm for name in form.formats]


def rows(form, lines):
    (content,) = export("csv", dataset(form, lines)).values()
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def exported(form: LabelForm, name: str, files: dict[str, bytes]) -> list[int]:
    """The object ids that an export holds, read from its own files."""
    if name == "csv":
        found = csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""))
        return list(dict.fromkeys(int(row["object"]) for row in found))
    if name == "coco":
        return [image["id"] - 1 for image in json.loads(files["instances.json"])["images"]]
    if name == "huggingface":
        return [json.loads(row)["object"] for row in files["data.ndjson"].splitlines()]
    if name == "conll":
        assert files["data.conll"].count(b"-DOCSTART-") == len(files["objects.txt"].split())
        return [int(row) for row in files["objects.txt"].split()]
    ending = {"yolo": "txt", "voc": "png" if form is LabelForm.CLASS_MASK else "xml"}[name]
    images = list(csv.DictReader(io.StringIO(files["images.csv"].decode(), newline="")))
    labels = [path for path in files if re.match(r"(labels|Annotations|SegmentationClass)/", path)]
    assert sorted(path.split("/", 1)[1] for path in labels) == sorted(
        f"{image['file'].rsplit('.', 1)[0]}.{ending}" for image in images
    )
    return [int(image["object"]) for image in images]


@pytest.mark.parametrize(("form", "name"), CASES)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_every_labeled_line_is_in_the_export_exactly_once(form, name, data):
    known, files = DATASETS[form]
    lines = data.draw(st.lists(st.sampled_from([*known, FAILED, UNLABELED]), max_size=12))
    found = dataset(form, lines, files)
    found.texts = "source" in known[0]
    labeled = [number for number, each in enumerate(lines) if "kind" in each]
    assert exported(form, name, export(name, found)) == labeled
    counts = found.counts()
    assert counts["exported"] == len(labeled)
    assert counts["exported"] + sum(counts["leftOut"].values()) == counts["objects"] == len(lines)


@pytest.mark.parametrize(("form", "name"), CASES)
def test_the_same_labels_give_the_same_bytes(form, name):
    assert export(name, dataset(form, *DATASETS[form])) == export(name, dataset(form, *DATASETS[form]))


@pytest.mark.parametrize(("form", "name"), [case for case in CASES if case[0] is not LabelForm.ANY])
def test_a_label_of_another_form_is_left_out_and_stops_nothing(form, name):
    strange = [line({"source-ref": "s3://in/s.jpg", "source": "s"}, label) for label in (None, True, {"a": []}, [{}])]
    strange.append({**strange[0], "kind-metadata": 3})
    lines, files = DATASETS[form]
    found = dataset(form, [*lines, *strange], {**files, "s3://in/s.jpg": b"s"})
    assert exported(form, name, export(name, found)) == [n for n, each in enumerate(lines) if "kind" in each]
    assert found.counts()["exported"] == len([each for each in lines if "kind" in each])


def test_every_format_is_one_that_some_form_has():
    assert {name for form in LabelForm for name in form.formats} == set(FORMATS)
    for form in LabelForm:
        assert list(form.formats) == sorted(form.formats)


def test_every_built_in_task_type_says_what_its_labels_look_like():
    custom = {"Custom", "PassThrough"}
    for name in set(registry.names()) - custom:
        assert registry.get(name).label_form is not LabelForm.ANY, name
    assert all(registry.get(name).exports == ("csv",) for name in custom)


def test_a_table_has_a_row_a_label_and_one_for_an_object_without_any():
    assert [(row["object"], row["class_name"], row["confidence"]) for row in rows(LabelForm.CLASSES, SETS)] == [
        ("0", "net", "0.9"),
        ("0", "boat", "0.4"),
        ("2", "", ""),
    ]
    assert [(row["class_id"], row["left"], row["image_width"]) for row in rows(LabelForm.BOXES, BOXES)] == [
        ("0", "10", "200"),
        ("2", "138.8", "200"),
        ("", "", ""),
        ("1", "0", "200"),
    ]


def test_a_table_keeps_texts_with_commas_quotes_and_line_breaks():
    text = 'one, "two"\nthree\r\nfour 🚢'
    (row,) = rows(LabelForm.CLASS, [{**CLASSES[0], "source-ref": None, "source": text}])
    assert row["source"] == text
    assert row["creation_date"] == "2026-03-05T10:11:12.123456"


def test_a_class_written_as_text_is_read_as_a_number():
    assert [row["class_id"] for row in rows(LabelForm.CLASS, CLASSES)] == ["0", "2"]


def test_the_page_says_which_type_can_be_exported_as_what():
    page = (Path(__file__).parents[3] / "docs" / "exports.md").read_text()
    head, _, *table = page.split("## Which type, which format\n\n")[1].split("\n\n")[0].splitlines()
    formats = [cell.strip() for cell in head.strip("|").split("|")][1:]
    said = {}
    for row in table:
        types, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        found = {name for name, cell in zip(formats, cells, strict=True) if cell}
        said.update((name, found) for name in re.findall(r"`(\w+)`", types))
    assert set(registry.names()) <= set(said)
    assert {name: set(registry.get(name).exports) for name in registry.names()} == {
        name: said[name] for name in registry.names()
    }
