from __future__ import annotations

import json

import pytest
from groundwork.manifest_output.lines import OutputLineError, output_line
from groundwork.manifest_output.outcomes import Copied, Failed, Labeled, Unlabeled
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.jobs import NOW, custom_job, image_job

TYPE = "groundtruth/image-classification"
LABEL = Labeled({"kind": 1, "kind-metadata": {"class-name": "buoy"}})
ODD = b'{ "source-ref": "s3://b/k.jpg","size":1.50,"big":123456789012345678901234567890,"t":"\\u00e4\\/","n":1E2 }'


def line(raw, outcome=LABEL, job=None):
    return output_line(raw, outcome, job or image_job(), TYPE, NOW)


@pytest.mark.parametrize("outcome", [Copied(), Unlabeled()])
@pytest.mark.parametrize("raw", [ODD, ODD + b"\r\n", b"\xef\xbb\xbf" + ODD + b"\n"])
def test_a_line_without_a_new_label_is_the_very_same_bytes(raw, outcome):
    assert line(raw, outcome) == raw


def test_a_label_is_added_without_touching_any_other_byte():
    assert line(ODD) == ODD[:-1] + b',"kind":1,"kind-metadata":{"class-name":"buoy"}}'


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_labeled_line_ends_as_it_did(ending):
    assert line(b'{"source":"a"}' + ending).endswith(b'"buoy"}}' + ending)
    assert line(b'{"source":"a","kind-metadata":{}}' + ending).endswith(b'"buoy"}}' + ending)


def test_metadata_of_an_earlier_failure_is_replaced_as_a_whole():
    raw = b'{"source":"a" , "kind-metadata" : {"failure-reason":"x"}, "big":12345678901234567890,"n":1.0}\n'
    assert line(raw) == (
        b'{"source":"a","big":12345678901234567890,"n":1.0,"kind":1,"kind-metadata":{"class-name":"buoy"}}\n'
    )


def test_a_key_written_with_an_escape_is_the_same_key():
    raw = b'{"source":"a","k\\u0069nd-metadata":{"failure-reason":"x"}}'
    assert json.loads(line(raw)) == {"source": "a", **LABEL.content}
    assert line(raw).count(b"nd-metadata") == 1


def test_braces_inside_texts_are_not_taken_for_the_end():
    raw = b'{"source":"}{ \\"}","kind-metadata":{"a":"}"},"z":[{"b":1}]}'
    assert json.loads(line(raw)) == {"source": '}{ "}', "z": [{"b": 1}], **LABEL.content}


def test_further_keys_of_a_functions_result_are_merged_in():
    content = {"meterReading": {"value": 1}, "site": "south", "meterReading-metadata": {}}
    merged = line(b'{"source":"a","site":"north","n":2.50}', Labeled(content), custom_job())
    assert merged.startswith(b'{"source":"a","n":2.50,"meterReading":')
    assert json.loads(merged) == {"source": "a", "n": 2.5, **content}


def test_a_failed_line_has_metadata_with_the_reason_and_no_label():
    failed = line(b'{"source-ref":"s3://b/k.jpg","n":1.50}', Failed("ClientError: Annotation tasks expired."))
    assert failed == (
        b'{"source-ref":"s3://b/k.jpg","n":1.50,"kind-metadata":{"failure-reason":"ClientError: Annotation tasks '
        b'expired.","job-name":"labeling-job/pier-kind","type":"groundtruth/image-classification",'
        b'"human-annotated":"yes","creation-date":"2026-03-05T10:11:12.123456"}}'
    )


def test_an_empty_object_can_fail():
    assert json.loads(line(b"{ }", Failed("ClientError: no data object")))["kind-metadata"]["failure-reason"]


@pytest.mark.parametrize(
    "raw", [b"", b"[1]", b'"text"', b'{"a":1', b'{"a":1,}', b'{"a" 1}', b'{"a":1} x', b"{,}", b"\xff{}"]
)
def test_a_line_that_is_no_object_can_not_carry_a_label(raw):
    with pytest.raises(OutputLineError, match="one JSON object in a line"):
        line(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.text(max_size=4) | st.sampled_from(["kind", "kind-metadata", "source"])


@settings(deadline=None)
@given(st.dictionaries(NAMES, JSON, max_size=5), st.booleans(), st.sampled_from([None, 1]))
def test_output_is_the_input_with_the_label_merged_in(data, ascii_only, indent):
    raw = json.dumps(data, ensure_ascii=ascii_only, indent=indent).replace("\n", " ").encode("utf-8", "surrogatepass")
    expected = {key: value for key, value in data.items() if key not in ("kind", "kind-metadata")} | LABEL.content
    assert json.loads(line(raw)) == expected
