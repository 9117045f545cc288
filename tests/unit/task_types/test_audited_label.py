from __future__ import annotations

import pytest
from groundwork.task_types.audited_label import AuditedLabel, find_audited_label
from groundwork.task_types.task_type import UnusableLineError

from tests.formats.jobs import image_job

BOXES = "groundtruth/object-detection"
LABEL = {"image_size": [{"width": 9, "height": 9, "depth": 3}], "annotations": []}
METADATA = {"type": BOXES, "class-map": {}, "objects": []}


def job(audited=None):
    return image_job(label_attribute="checked", audited_attribute=audited)


def line(**attributes):
    return {
        "source-ref": "s3://harbor-in/1.jpg",
        **{key.replace("__", "-"): value for key, value in attributes.items()},
    }


def test_the_only_label_of_the_audited_type_is_found_among_others():
    found = find_audited_label(
        line(
            boats=LABEL, boats__metadata=METADATA, kind=2, kind__metadata={"type": "groundtruth/image-classification"}
        ),
        job(),
        BOXES,
    )
    assert found == AuditedLabel("boats", LABEL, METADATA)


def test_a_named_attribute_wins_over_others_of_the_same_type():
    found = find_audited_label(
        line(boats=LABEL, boats__metadata=METADATA, buoys=[], buoys__metadata=METADATA), job("buoys"), BOXES
    )
    assert found == AuditedLabel("buoys", [], METADATA)


def test_the_jobs_own_label_is_never_the_audited_one():
    found = find_audited_label(
        line(checked=LABEL, checked__metadata=METADATA, boats=LABEL, boats__metadata=METADATA), job(), BOXES
    )
    assert found.attribute == "boats"


def test_a_prediction_is_audited_only_where_there_is_no_label_or_it_is_named():
    predicted = {"boats__prediction": [], "boats__prediction__metadata": METADATA}
    both = line(boats=LABEL, boats__metadata=METADATA, **predicted)
    assert find_audited_label(both, job(), BOXES).attribute == "boats"
    assert find_audited_label(line(**predicted), job(), BOXES).attribute == "boats-prediction"
    assert find_audited_label(both, job("boats-prediction"), BOXES).value == []


@pytest.mark.parametrize(
    ("attributes", "audited", "says"),
    [
        ({}, None, "no earlier label of type groundtruth/object-detection to audit; it carries no label at all"),
        ({"boats": LABEL}, None, "carries no label at all"),
        ({"boats__metadata": METADATA}, None, "carries no label at all"),
        ({"kind": 1, "kind__metadata": {"type": "x/y"}}, None, r"found kind \(x/y\)"),
        (
            {"a": LABEL, "a__metadata": METADATA, "b": LABEL, "b__metadata": METADATA},
            None,
            'several labels .*: "a", "b"; name one as Groundwork.AuditLabelAttributeName',
        ),
        ({}, "boats", 'no label "boats" to audit\\.'),
        (
            {"boats__metadata": {"failure-reason": "ClientError: too dark"}},
            "boats",
            'no label "boats" to audit; the earlier job failed: ClientError: too dark',
        ),
        ({"boats": LABEL}, "boats", '"boats-metadata" is needed'),
        ({"boats": LABEL, "boats__metadata": []}, "boats", '"boats-metadata" is needed'),
        ({"boats": 1, "boats__metadata": {"type": "x/y"}}, "boats", 'The label "boats" to audit is of type x/y, not'),
    ],
)
def test_a_line_without_exactly_one_label_to_audit_says_what_was_found(attributes, audited, says):
    with pytest.raises(UnusableLineError, match=says):
        find_audited_label(line(**attributes), job(audited), BOXES)
