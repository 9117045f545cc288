from __future__ import annotations

import csv
import io

import numpy as np
import pytest
import yaml
from defusedxml import ElementTree
from groundwork.task_types.label_form import LabelForm
from PIL import Image

from tests.formats.jobs import image_job
from tests.unit.exports.datasets import (
    BOXES,
    LABELS,
    MASK,
    MASK_FILES,
    MASKS,
    POLYGONS,
    box,
    dataset,
    export,
    outline,
    shapes,
)


def sources(files):
    return {row["file"]: row["source"] for row in csv.DictReader(io.StringIO(files["images.csv"].decode()))}


def test_yolo_boxes_are_fractions_around_their_centers():
    files = export("yolo", dataset(LabelForm.BOXES, BOXES))
    assert files["labels/2026/a.txt"].decode().splitlines() == [
        "0 0.175000 0.400000 0.250000 0.400000",
        "2 0.794000 0.810000 0.200000 0.330000",
    ]
    assert files["labels/2027/a.txt"] == b""
    assert files["labels/2027/b.txt"] == b"1 0.500000 0.500000 1.000000 1.000000\n"


def test_yolo_outlines_are_fractions_of_the_sides():
    files = export("yolo", dataset(LabelForm.POLYGONS, POLYGONS))
    assert files["labels/a.txt"] == b"1 0.050000 0.100000 0.250000 0.100000 0.250000 0.300000 0.050000 0.300000\n"


def test_every_image_of_the_yolo_list_has_its_labels_where_readers_look_for_them():
    files = export("yolo", dataset(LabelForm.BOXES, BOXES))
    document = yaml.safe_load(files["data.yaml"])
    images = files[document["train"]].decode().splitlines()
    assert images == ["./images/2026/a.jpg", "./images/2027/a.jpg", "./images/2027/b.png"]
    for image in images:
        label = image.replace("/images/", "/labels/").rsplit(".", 1)[0] + ".txt"
        assert label.removeprefix("./") in files
    assert document["names"] == dict(enumerate(LABELS))
    assert sources(files)["2027/b.png"] == "s3://in/pier/2027/b.png"


def test_a_shape_over_the_edge_ends_at_it():
    files = export("yolo", dataset(LabelForm.BOXES, [shapes("a.jpg", box(0, -10, 50, 60, 80))]))
    assert files["labels/a.txt"] == b"0 0.125000 0.750000 0.250000 0.500000\n"
    files = export("yolo", dataset(LabelForm.POLYGONS, [shapes("a.jpg", outline(0, (-1, 0), (201, 0), (9, 101)))]))
    assert files["labels/a.txt"] == b"0 0.000000 0.000000 1.000000 0.000000 0.045000 1.000000\n"


@pytest.mark.parametrize(
    "label", ['a "quoted": one', "é🚢", "half\u2028line", "tab\tstop", "- no", "null", "\x85\ufeff"]
)
def test_labels_of_any_text_are_read_from_the_yaml(label):
    job = image_job(labels=(label, "other"))
    files = export("yolo", dataset(LabelForm.BOXES, [], job=job))
    assert yaml.safe_load(files["data.yaml"])["names"] == {0: label, 1: "other"}


def test_voc_boxes_count_pixels_from_one_and_include_both_ends():
    files = export("voc", dataset(LabelForm.BOXES, BOXES))
    root = ElementTree.fromstring(files["Annotations/2026/a.xml"])
    assert (root.findtext("filename"), root.findtext("folder")) == ("a.jpg", "2026")
    assert [root.findtext(f"size/{side}") for side in ("width", "height", "depth")] == ["200", "100", "3"]
    corners = [[int(found.text) for found in each] for each in root.iter("bndbox")]
    assert corners == [[11, 21, 60, 60], [140, 65, 179, 98]]
    assert [found.text for found in root.iter("name")] == ["boat", "net"]
    assert ElementTree.fromstring(files["Annotations/2027/a.xml"]).find("object") is None
    assert files["ImageSets/Main/default.txt"].decode().split() == ["2026/a", "2027/a", "2027/b"]


@pytest.mark.parametrize(
    ("left", "width", "ends"),
    [(0, 200, (1, 200)), (199.7, 0.2, (200, 200)), (-3, 5, (1, 2)), (0.4, 0.4, (1, 1)), (150, 90, (151, 200))],
)
def test_voc_boxes_stay_in_the_image_and_keep_a_pixel(left, width, ends):
    files = export("voc", dataset(LabelForm.BOXES, [shapes("a.jpg", box(0, left, 0, width, 100))]))
    found = ElementTree.fromstring(files["Annotations/a.xml"])
    assert tuple(int(found.findtext(f"object/bndbox/{end}")) for end in ("xmin", "xmax")) == ends


def test_voc_texts_are_escaped_and_what_xml_cannot_write_becomes_a_space():
    job = image_job(labels=('<b> & "c"\x07\xa0',), name="pier")
    line = shapes("a<b>.jpg", box(0, 1, 2, 3, 4))
    line["kind-metadata"]["class-map"] = {"0": job.labels[0]}
    found = ElementTree.fromstring(export("voc", dataset(LabelForm.BOXES, [line], job=job))["Annotations/a<b>.xml"])
    assert found.findtext("object/name") == '<b> & "c" \xa0'
    assert found.findtext("filename") == "a<b>.jpg"


def test_voc_segmentations_number_the_labels_from_one_in_vocs_own_colors():
    files = export("voc", dataset(LabelForm.CLASS_MASK, MASKS, MASK_FILES))
    found = Image.open(io.BytesIO(files["SegmentationClass/a.png"]))
    assert found.mode == "P"
    assert np.asarray(found).tolist() == MASK
    assert found.getpalette()[:12] == [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]
    assert files["labels.txt"].decode().split() == ["background", *LABELS]
    assert files["ImageSets/Segmentation/default.txt"].decode().split() == ["a", "b"]


def test_voc_segmentations_follow_the_jobs_labels_when_an_earlier_job_numbered_them_otherwise():
    job = image_job(labels=("net", "boat", "buoy"))
    files = export("voc", dataset(LabelForm.CLASS_MASK, MASKS, MASK_FILES, job))
    renumbered = {0: 0, 1: 2, 2: 3, 3: 1}
    found = np.asarray(Image.open(io.BytesIO(files["SegmentationClass/a.png"])))
    assert found.tolist() == [[renumbered[value] for value in row] for row in MASK]
