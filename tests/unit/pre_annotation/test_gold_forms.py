"""How known answers of each kind may be written, and why one is refused."""

from __future__ import annotations

import pytest
from groundwork.pre_annotation.gold import check_file
from groundwork.pre_annotation.records import CheckedLine, TaskInputRecord, first_pass
from groundwork.task_types import registry
from groundwork.task_types.mask_answer import read_semantic_mask
from groundwork.task_types.task_type import UnusableLineError

from tests.formats.jobs import entity_job, image_multi_label_job, segmentation_job, shape_job, text_multi_label_job
from tests.formats.masks import COLORS, png

SIZE = {"image_size": [{"width": 100, "height": 80, "depth": 3}]}
BOX = {"left": 1, "top": 2, "width": 30, "height": 40}
MASK = "s3://harbor-out/masks/7.png"
CLASSES = {
    "internal-color-map": {"0": {"class-name": "BACKGROUND"}, "1": {"class-name": "deck", "hex-color": "#2ca02c"}}
}
THINGS = {"instances": [{"class-name": "mast", "hex-color": "#1f77b4"}, {"class-name": "mast", "hex-color": "#ff7f0e"}]}
TEXT = {"source": "The Alma left Brest."}
IMAGE = {"source-ref": "s3://harbor-in/1.jpg"}
INSTANCES = segmentation_job(task_type="InstanceSegmentation")


def record_of(job, value, metadata=None, line=IMAGE):
    key = job.gold_attribute
    line = {**line, key: value, **({} if metadata is None else {f"{key}-metadata": metadata})}
    record = first_pass(7, b"{}", job, registry.get(job.task_type), lambda raw: CheckedLine(line))
    assert isinstance(record, TaskInputRecord)
    return record


def shapes(*annotations, **changes):
    return {**SIZE, "annotations": list(annotations), **changes}


SETS, TEXT_SETS, BOXES, ENTITIES, MASKS = (
    image_multi_label_job(),
    text_multi_label_job(),
    shape_job("BoundingBox"),
    entity_job(),
    segmentation_job(),
)


@pytest.mark.parametrize(
    ("value", "metadata", "known"),
    [
        (["net", "boat"], None, [0, 2]),
        ([2, "0"], None, [0, 2]),
        ([], None, []),
        ([0, 1], {"class-map": {"0": "net", "1": "boat"}}, [0, 2]),
        ([0, 1, 2], {"confidence-map": {"0": 0.95, "1": 0.5, "2": 0.31}}, [0, 1]),
        ([0, 2], {"confidence-map": {"0": 0, "2": 0}}, [0, 2]),
    ],
)
def test_sets_are_lists_of_labels_or_ids_with_their_class_map(value, metadata, known):
    assert record_of(SETS, value, metadata).gold == known


def test_shapes_have_class_ids_or_labels_and_the_class_map_names_them():
    by_id = record_of(BOXES, shapes({"class_id": 1, **BOX}), {"class-map": {"1": "boat"}})
    by_name = record_of(BOXES, shapes({"label": "boat", **BOX}))
    assert by_id.gold == by_name.gold == record_of(BOXES, shapes({"class_id": 0, **BOX})).gold
    assert record_of(BOXES, shapes()).gold["boundingBoxes"] == []


def test_entities_are_a_label_of_the_output_or_its_list():
    entity = {"label": "Port", "startOffset": 14, "endOffset": 19}
    whole = record_of(ENTITIES, {"annotations": {"entities": [entity]}}, {"entities": [{"confidence": 0.3}]}, TEXT)
    assert whole.gold == record_of(ENTITIES, [entity], line=TEXT).gold == [entity]


def test_masks_are_addresses_with_the_colors_beside_them():
    assert record_of(MASKS, MASK, CLASSES).gold == {"src": MASK, "labelMappings": {"deck": {"color": "#2ca02c"}}}
    assert [part["label"] for part in record_of(INSTANCES, MASK, THINGS).gold["instances"]] == ["mast", "mast"]


@pytest.mark.parametrize(
    ("job", "value", "metadata", "reason"),
    [
        (SETS, ["kayak"], None, '"kayak" is no label of this job'),
        (SETS, [3], None, "3 is no label of this job"),
        (SETS, [1], {"class-map": {"1": "kayak"}}, '"kayak" is no label of this job'),
        (SETS, "boat", None, '"boat" is no list of labels'),
        (SETS, {"boat": 0.9}, None, "is no list of labels"),
        (SETS, ["boat"], [0.9], "its metadata is no object"),
        (TEXT_SETS, [], None, "lets nobody choose none"),
        (BOXES, [BOX], None, "it is no object with annotations and image_size"),
        (BOXES, {"annotations": []}, None, "no image_size"),
        (BOXES, SIZE, None, "no list of annotations"),
        (BOXES, shapes({"class_id": 2, **BOX}), None, "2 is no label of this job"),
        (BOXES, shapes({"class_id": 0, "left": 3}), None, 'box 1 has no usable "top"'),
        (BOXES, shapes({"class_id": 0, **BOX, "width": 0}), None, "box 1 is less than one pixel wide"),
        (BOXES, shapes({"class_id": 0, **BOX, "left": 500}), None, "box 1 "),
        (ENTITIES, {"annotations": {}}, None, "no list of entities"),
        (ENTITIES, [{"label": "Pier", "startOffset": 0, "endOffset": 3}], None, 'entity 1 has the label "Pier"'),
        (ENTITIES, [{"label": "Port", "startOffset": 5, "endOffset": 500}], None, "the text has only 20 characters"),
        (MASKS, "7.png", CLASSES, "no S3 address of a mask"),
        (MASKS, MASK, None, "no internal-color-map"),
        (MASKS, MASK, {"internal-color-map": {"1": {"class-name": "deck"}}}, 'no hex-color for "deck"'),
        (
            MASKS,
            MASK,
            {"internal-color-map": {"1": {"class-name": "hull", "hex-color": "#2ca02c"}}},
            '"hull" is no label',
        ),
        (INSTANCES, MASK, None, "does not list the instances"),
    ],
)
def test_what_is_no_known_answer_fails_the_object_with_the_reason(job, value, metadata, reason):
    record = record_of(job, value, metadata, TEXT if job in (ENTITIES, TEXT_SETS) else IMAGE)
    assert record.state == "failed"
    assert record.reason.startswith(f'ClientError: "{job.gold_attribute}" is no known answer: ')
    assert reason in record.reason


def test_the_file_of_a_mask_is_looked_at_before_anybody_gets_a_task():
    known, answers = record_of(MASKS, MASK, CLASSES).gold, registry.get(MASKS.task_type).gold
    content = png([[1, 0], [0, 0]], COLORS)
    check_file(known, MASKS, answers, {MASK: content}.get)
    mask = read_semantic_mask(answers.answer(known, MASKS, content))
    assert (mask.width, mask.height, mask.png) == (2, 2, content)
    for file, reason in ((None, "is not there or may not be read"), (b"GIF89a", "is no PNG"), (b"", "is no PNG")):
        with pytest.raises(UnusableLineError, match=reason):
            check_file(known, MASKS, answers, {MASK: file}.get)


def test_other_known_answers_have_no_file():
    known = record_of(SETS, ["net"]).gold
    check_file(known, SETS, registry.get(SETS.task_type).gold, {}.__getitem__)
