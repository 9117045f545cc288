from __future__ import annotations

from pathlib import PurePosixPath

from groundwork.exports.file_names import FileNames
from groundwork.task_types.label_form import LabelForm
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.exports.datasets import dataset, export, line, shapes

PARTS = st.sampled_from(["a", "A", "b", "a.1", ".", "..", "", "x y", "\n", "é"])
KEYS = st.builds(
    lambda folders, name, ending: "/".join([*folders, name + ending]),
    st.lists(PARTS, max_size=3),
    PARTS,
    st.sampled_from(["", ".jpg", ".png", ".0.jpg", ".1.jpg"]),
)


def names(addresses):
    data = dataset(LabelForm.BOXES, [line({"source-ref": address}, {}) for address in addresses])
    found = FileNames(data)
    return [found.of(item).path for item in data.objects()]


def test_images_of_one_name_in_different_folders_keep_their_folders():
    assert names(["s3://in/x/2026/a.jpg", "s3://in/x/2027/a.jpg"]) == ["2026/a.jpg", "2027/a.jpg"]


def test_images_in_different_buckets_are_told_apart_by_the_bucket():
    assert names(["s3://one/a.jpg", "s3://two/a.jpg"]) == ["one/a.jpg", "two/a.jpg"]


def test_a_folder_is_shared_as_a_whole():
    assert names(["s3://in/pier-1/a.jpg", "s3://in/pier-2/a.jpg"]) == ["pier-1/a.jpg", "pier-2/a.jpg"]


def test_what_would_have_one_file_of_labels_is_told_apart_by_its_object():
    addresses = ["s3://in/a.jpg", "s3://in/a.png", "s3://in/b.jpg", "s3://in/A.jpg", "s3://in/a.0.jpg"]
    assert names(addresses) == ["a.0.0.jpg", "a.1.png", "b.jpg", "A.3.jpg", "a.0.jpg"]


def test_an_address_cannot_lead_out_of_the_folder():
    assert names(["s3://in/x/../../etc/a.jpg", "s3://in/y//b\n.jpg"]) == ["x/_/_/etc/a.jpg", "y/_/b_.jpg"]


@given(st.lists(KEYS, min_size=1, max_size=12))
def test_no_two_images_have_one_name_and_none_leaves_its_folder(keys):
    found = names([f"s3://in/{key}" for key in keys])
    stems = [str(PurePosixPath(name).with_suffix("")).casefold() for name in found]
    assert len(set(stems)) == len(keys)
    for name in found:
        assert not {"", ".", ".."} & set(name.split("/"))
        assert name.isprintable()


def test_names_stay_when_an_object_is_left_out():
    lines = [shapes("x/a.jpg"), shapes("y/a.jpg", {"class_id": 0}), shapes("x/b.jpg")]
    files = export("yolo", dataset(LabelForm.BOXES, lines))
    assert sorted(name for name in files if name.startswith("labels/")) == ["labels/x/a.txt", "labels/x/b.txt"]
    assert files["images.txt"].decode().split() == ["./images/x/a.jpg", "./images/x/b.jpg"]
