from __future__ import annotations

import base64
import copy
import math
import struct
import zlib

import pytest
from groundwork.task_types import registry
from groundwork.task_types.mask_answer import read_color
from groundwork.task_types.mask_colors import mask_colors
from groundwork.task_types.png_header import NoPngError, read_header
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError

from tests.formats.jobs import image_job
from tests.formats.masks import instance_answer, semantic_answer

LABELS = ("deck", "mast")
JOB = image_job(task_type="SemanticSegmentation", label_attribute="deck-ref", labels=LABELS)
IDS = [[0, 1, 1], [2, 2, 0]]
CHECKS = {
    "semantic": (registry.get("SemanticSegmentation"), semantic_answer(IDS, LABELS)),
    "adjusted": (
        registry.get("AdjustmentSemanticSegmentation"),
        semantic_answer(IDS, LABELS, initialValueModified=True),
    ),
    "instances": (registry.get("InstanceSegmentation"), instance_answer(IDS, ("mast", "mast"))),
}


def check(kind, answer):
    CHECKS[kind][0].check_answer(answer, AnsweredTask(JOB, dict))


def changed(kind, **fields):
    answer = copy.deepcopy(CHECKS[kind][1])
    for mask in answer.values():
        mask.update(fields)
    return answer


def png_of_size(width, height):
    """A PNG that says it is so large; its pixels are a few bytes of zeros."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b"")
    )


def encoded(content):
    return {"pngImageData": base64.b64encode(content).decode()}


@pytest.mark.parametrize("kind", CHECKS)
def test_a_mask_under_any_name_is_accepted(kind):
    answer = CHECKS[kind][1]
    check(kind, answer)
    check(kind, {"areas": next(iter(answer.values())), "remark": {"text": "foggy"}})


def test_a_mask_in_which_nothing_is_painted_is_accepted():
    check("semantic", semantic_answer([[0, 0], [0, 0]], LABELS))
    check("instances", instance_answer([[0, 0], [0, 0]], ()))


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"inputImageProperties": None}, "width and the height"),
        ({"inputImageProperties": {"width": 3}}, "width and the height"),
        ({"inputImageProperties": {"width": "3", "height": 2}}, "width and the height"),
        ({"inputImageProperties": {"width": True, "height": 2}}, "width and the height"),
        ({"inputImageProperties": {"width": math.nan, "height": 2}}, "width and the height"),
        ({"inputImageProperties": {"width": 0, "height": 2}}, "width and the height"),
        ({"inputImageProperties": {"width": -3, "height": -2}}, "width and the height"),
        ({"inputImageProperties": {"width": 2, "height": 3}}, "3 x 2 pixels, its image 2 x 3"),
        ({"inputImageProperties": {"width": 20_000, "height": 20_000}}, "up to 100 megapixels"),
        ({"labeledImage": None}, "as pngImageData"),
        ({"labeledImage": {"pngImageData": 7}}, "as pngImageData"),
        ({"labeledImage": {"pngImageData": ""}}, "as pngImageData"),
        ({"labeledImage": {"pngImageData": "no base64!"}}, "not base64"),
        ({"labeledImage": {"pngImageData": "\u00e4\u00f6"}}, "not base64"),
        ({"labeledImage": {"pngImageData": "data:image/png;base64,iVBORw0="}}, "not base64"),
        ({"labeledImage": encoded(b"\x89PNG\r\n\x1a\n")}, "no PNG"),
        ({"labeledImage": encoded(b"GIF89a" + bytes(60))}, "no PNG"),
        ({"labeledImage": encoded(png_of_size(50_000, 50_000))}, "50000 x 50000 pixels"),
        ({"initialValueModified": "yes"}, "true or false"),
    ],
)
def test_what_is_no_sound_mask_is_refused_with_what_is_wrong(kind, fields, says):
    with pytest.raises(InvalidAnswerError, match=says):
        check(kind, changed(kind, **fields))


@pytest.mark.parametrize(
    ("mappings", "says"),
    [
        ([], "give each label its color"),
        (None, "give each label its color"),
        ({"hull": {"color": "#2ca02c"}}, '"hull" is not a label of this job. Use only "deck", "mast"'),
        ({"deck": "#2ca02c"}, '"deck" needs a color'),
        ({"deck": {"color": "green"}}, '"deck" needs a color'),
        ({"deck": {"color": 3}}, '"deck" needs a color'),
        ({"deck": {"color": "#2ca02c"}, "mast": {"color": "#2CA02C"}}, "same color"),
    ],
)
def test_colors_of_labels_must_be_colors_apart_from_each_other(mappings, says):
    with pytest.raises(InvalidAnswerError, match=says):
        check("semantic", changed("semantic", labelMappings=mappings))


@pytest.mark.parametrize(
    ("instances", "says"),
    [
        ({}, "list each instance"),
        (["mast"], "text of its label"),
        ([{"color": "#2ca02c"}], "text of its label"),
        ([{"color": "#2ca02", "label": "mast"}], '"mast" needs a color'),
        ([{"color": "#2ca02c", "label": "hull"}], "not a label of this job"),
        ([{"color": "#2ca02c", "label": "mast"}] * 2, "same color"),
        ([{"color": f"#0000{number:02x}", "label": "mast"} for number in range(256)], "up to 255 colors"),
    ],
)
def test_instances_must_be_listed_with_label_and_a_color_of_their_own(instances, says):
    with pytest.raises(InvalidAnswerError, match=says):
        check("instances", changed("instances", instances=instances))


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize("answer", [{}, {"label": "deck"}, {"areas": {"labeledImage": {}}}])
def test_an_answer_without_a_mask_is_refused(kind, answer):
    with pytest.raises(InvalidAnswerError, match="exactly one field with labeledImage"):
        check(kind, answer)


def test_an_answer_with_two_masks_is_refused():
    mask = next(iter(CHECKS["semantic"][1].values()))
    with pytest.raises(InvalidAnswerError, match="exactly one field"):
        check("semantic", {"one": mask, "two": mask})


def test_colors_are_read_in_both_lengths():
    assert read_color("#1F77b4") == read_color("#1f77B4") == (0x1F, 0x77, 0xB4)
    assert read_color("#f0a") == read_color("#ff00aa")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(25), png_of_size(1, 1)[:32]])
def test_half_a_header_is_none(content):
    with pytest.raises(NoPngError):
        read_header(content)


def test_consolidated_masks_have_as_many_colors_as_a_palette_holds():
    colors = mask_colors(255)
    assert len(set(colors)) == 255
    assert "#ffffff" not in colors
    assert all(read_color(color) for color in colors)
    assert colors[:20] == mask_colors(20)
