from __future__ import annotations

import contextlib
import io
import json
import warnings

import numpy as np
import pytest
from groundwork.exports.label_reading import LabelClass
from groundwork.exports.masks import Mask
from groundwork.task_types.label_form import LabelForm
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.exports.datasets import (
    BOXES,
    COLORS,
    FAILED,
    MASK,
    MASK_FILES,
    MASKS,
    POINTS,
    POLYGONS,
    box,
    dataset,
    export,
    mask,
    outline,
    png,
    save,
    shapes,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pycocotools import mask as run_length_codec
    from pycocotools.coco import COCO

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
"""pycocotools 2.0.11 speaks to NumPy 2 as to NumPy 1."""


def document(form, lines, files=None):
    (content,) = export("coco", dataset(form, lines, files)).values()
    return json.loads(content)


def opened(form, lines, tmp_path, files=None) -> COCO:
    """The export as the public reader sees it."""
    save(export("coco", dataset(form, lines, files)), tmp_path)
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(tmp_path / "instances.json"))


def test_boxes_are_what_pycocotools_reads(tmp_path):
    coco = opened(LabelForm.BOXES, BOXES, tmp_path)
    assert [(entry["id"], entry["name"]) for entry in coco.loadCats(coco.getCatIds())] == [
        (1, "boat"),
        (2, "buoy"),
        (3, "net"),
    ]
    assert coco.getImgIds() == [1, 3, 4]
    (net,) = coco.loadAnns(coco.getAnnIds(imgIds=[1], catIds=[3]))
    assert (net["bbox"], net["area"], net["score"]) == ([138.8, 64.5, 40, 33], 1320, 0.9)
    assert coco.getAnnIds(imgIds=[3]) == []
    (image,) = coco.loadImgs([4])
    assert image == {
        "id": 4,
        "file_name": "2027/b.png",
        "width": 200,
        "height": 100,
        "coco_url": "s3://in/pier/2027/b.png",
    }


def test_polygons_cover_the_pixels_that_their_area_says(tmp_path):
    coco = opened(LabelForm.POLYGONS, POLYGONS, tmp_path)
    (annotation,) = coco.loadAnns(coco.getAnnIds())
    assert annotation["area"] == 800
    assert annotation["bbox"] == [10, 10, 40, 20]
    assert coco.annToMask(annotation).sum() == 800
    assert coco.annToMask(annotation)[10:30, 10:50].all()


def test_each_point_is_an_annotation_of_a_category_with_one_keypoint(tmp_path):
    coco = opened(LabelForm.POINTS, POINTS, tmp_path)
    found = coco.loadAnns(coco.getAnnIds(imgIds=[1]))
    assert [entry["keypoints"] for entry in found] == [[3, 4.5, 2], [30, 40, 2]]
    assert coco.loadCats([1])[0]["keypoints"] == ["boat"]


@pytest.mark.parametrize("form", [LabelForm.CLASS_MASK, LabelForm.INSTANCE_MASK])
def test_masks_come_back_pixel_by_pixel(form, tmp_path):
    coco = opened(form, MASKS, tmp_path, MASK_FILES)
    values = np.zeros((3, 4), int)
    for annotation in coco.loadAnns(coco.getAnnIds(imgIds=[1])):
        inside = coco.annToMask(annotation).astype(bool)
        assert inside.sum() == annotation["area"]
        rows, columns = np.nonzero(inside)
        left, top, width, height = annotation["bbox"]
        assert (left, top, width, height) == (
            columns.min(),
            rows.min(),
            np.ptp(columns) + 1,
            np.ptp(rows) + 1,
        )
        values[inside] = annotation["category_id"]
    assert values.tolist() == MASK
    assert coco.getAnnIds(imgIds=[3]) == []
    assert coco.loadImgs([3])[0]["width"] == 2


def test_instances_of_one_class_are_annotations_of_their_own():
    colors = {**COLORS, "2": {**COLORS["2"], "class-name": "boat"}}
    found = document(LabelForm.INSTANCE_MASK, [mask("a", colors)], {"s3://out/masks/a.png": png(MASK, colors)})
    assert [entry["category_id"] for entry in found["annotations"]] == [1, 1, 3]
    assert [entry["area"] for entry in found["annotations"]] == [3, 3, 1]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_mask_in_true_colors_is_read_by_its_colors(mode):
    plain, colored = (
        document(LabelForm.CLASS_MASK, [mask("a")], {"s3://out/masks/a.png": png(MASK, mode=each)})
        for each in ("P", mode)
    )
    assert plain == colored


def test_a_palette_in_another_order_is_read_by_its_colors():
    swapped = {**COLORS, "1": COLORS["2"], "2": COLORS["1"]}
    stored = [[{1: 2, 2: 1}.get(value, value) for value in row] for row in MASK]
    plain = document(LabelForm.CLASS_MASK, [mask("a")], {"s3://out/masks/a.png": png(MASK)})
    found = document(LabelForm.CLASS_MASK, [mask("a")], {"s3://out/masks/a.png": png(stored, swapped)})
    assert found == plain


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_run_lengths_are_those_of_the_public_codec(height, width, data):
    row = st.lists(st.integers(0, 2), min_size=width, max_size=width)
    values = np.array(data.draw(st.lists(row, min_size=height, max_size=height)), np.uint8)
    classes = {value: (LabelClass(value, str(value), None), None) for value in (1, 2)}
    for area in Mask(values, classes).areas():
        inside = np.asfortranarray(values == area.label.class_id, np.uint8)
        runs = {"size": [height, width], "counts": area.run_lengths}
        encoded = run_length_codec.frPyObjects(runs, height, width)
        assert encoded == run_length_codec.encode(inside)
        assert area.bbox == tuple(run_length_codec.toBbox(encoded))
        assert area.pixels == run_length_codec.area(encoded)


def test_what_has_no_mask_is_left_out_of_images_and_annotations_alike():
    data = dataset(
        LabelForm.CLASS_MASK,
        [*MASKS, mask("gone"), mask("torn")],
        {**MASK_FILES, "s3://out/masks/torn.png": b"\x89PNG"},
    )
    found = json.loads(export("coco", data)["instances.json"])
    assert [entry["id"] for entry in found["images"]] == [1, 3]
    assert data.counts() == {
        "objects": 5,
        "exported": 2,
        "leftOut": {"a mask that is no readable PNG": 1, "a mask that is not there": 1, "failed": 1},
    }


def test_a_class_of_another_label_file_is_matched_by_its_name():
    foreign = shapes("a.jpg", box(7, 1, 2, 3, 4))
    foreign["kind-metadata"]["class-map"] = {"7": "net"}
    assert document(LabelForm.BOXES, [foreign])["annotations"][0]["category_id"] == 3


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (shapes("a.jpg", {"class_id": 0, "left": 1, "top": 2, "width": "3", "height": 4}), "coordinates"),
        (shapes("a.jpg", outline(0, (1, 2))), "coordinates"),
        ({**shapes("a.jpg"), "kind": {"annotations": []}}, "no image_size"),
        ({**shapes("a.jpg"), "kind": 3}, "no image_size"),
        ({key: value for key, value in shapes("a.jpg").items() if key != "source-ref"}, "no source-ref"),
        (shapes("a.jpg", box(9, 1, 2, 3, 4)), "without a name"),
    ],
)
def test_a_label_that_is_no_box_is_left_out_with_its_reason(broken, reason):
    data = dataset(LabelForm.BOXES, [*BOXES, broken, FAILED])
    found = json.loads(export("coco", data)["instances.json"])
    assert len(found["images"]) == 3
    (said,) = set(data.counts()["leftOut"]) - {"failed"}
    assert reason in said
