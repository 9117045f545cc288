from __future__ import annotations

import pytest
import yaml
from groundwork.task_types.label_form import LabelForm

from tests.formats.jobs import image_job
from tests.unit.exports.datasets import DATASETS, LABELS, dataset, export, save

FORMS = [form for form in LabelForm if "huggingface" in form.formats]


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Open an export with the public library, without network and without its cache in the home folder."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    import datasets

    datasets.disable_progress_bars()

    def load(form, lines=None, job=None, files=None):
        data = dataset(form, lines if lines is not None else DATASETS[form][0], files or DATASETS[form][1], job)
        folder = save(export("huggingface", data), tmp_path / "export")
        return datasets.load_dataset(str(folder), split="train", cache_dir=str(tmp_path / "cache"))

    return load


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_loaded_with_its_features_and_every_labeled_object_once(form, opened):
    loaded = opened(form)
    assert loaded["object"] == [number for number, line in enumerate(DATASETS[form][0]) if "kind" in line], (
        "an object is missing or comes twice"
    )


def test_classes_have_names(opened):
    loaded = opened(LabelForm.CLASS)
    assert loaded.features["label"].names == list(LABELS)
    assert loaded[1] == {"object": 2, "image": "s3://in/pier/b.jpg", "label": 2, "confidence": 0.6}


def test_lists_of_classes_may_be_empty(opened):
    loaded = opened(LabelForm.CLASSES)
    assert (loaded["labels"], loaded["confidences"]) == ([[2, 0], []], [[0.9, 0.4], []])
    assert loaded.features["labels"].feature.names == list(LABELS)


def test_boxes_are_left_top_width_height(opened):
    loaded = opened(LabelForm.BOXES)
    assert loaded[0]["objects"][1] == {"label": 2, "confidence": 0.9, "bbox": [138.8, 64.5, 40, 33]}
    assert loaded[1]["objects"] == []


def test_outlines_and_points_are_pairs(opened):
    assert opened(LabelForm.PATHS)[0]["objects"][0]["vertices"] == [[10, 10], [50, 12.5]]


def test_entities_stand_beside_their_text(opened):
    loaded = opened(LabelForm.ENTITIES)
    (first, second) = loaded[0]["entities"]
    assert loaded[0]["text"][first["start"] : first["end"]] == "Maria"
    assert loaded[0]["text"][second["start"] : second["end"]] == "Port Said"
    assert loaded[1]["text"] == "Nothing here \U0001f6a2"


def test_labels_of_any_text_are_names(opened):
    labels = ("boat", "a 'quoted': \"one\"", "é🚢\x85\u2028")
    job = image_job(labels=labels)
    assert opened(LabelForm.CLASS, DATASETS[LabelForm.CLASS][0][:1], job).features["label"].names == list(labels)


def test_an_export_without_labels_has_a_readable_card():
    files = export("huggingface", dataset(LabelForm.CLASS, []))
    head = yaml.safe_load(files["README.md"].decode().split("---\n")[1])
    assert head["dataset_info"]["features"][2]["name"] == "label"
    assert files["data.ndjson"] == b""
