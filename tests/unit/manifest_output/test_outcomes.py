from __future__ import annotations

import pytest
from groundwork.job.counters import LabelCounters
from groundwork.manifest_output.failure import declined, expired, failure_metadata, is_failed, post_annotation_failed
from groundwork.manifest_output.outcomes import (
    Copied,
    Failed,
    Labeled,
    LabelFileError,
    Outcome,
    Unlabeled,
    read_outcome,
    write_outcome,
)
from groundwork.manifest_output.publish import Tally

from tests.formats.jobs import NOW, custom_job, image_job


def test_every_line_is_counted_once_and_copies_not_at_all() -> None:
    job = image_job()
    human = Labeled({"kind": 0, "kind-metadata": {"human-annotated": "yes"}})
    machine = Labeled({"kind": 0, "kind-metadata": {"human-annotated": "no"}})
    custom = Labeled({"kind": {}})
    outcomes: list[Outcome] = [
        human,
        machine,
        Failed("ClientError: x"),
        Copied(),
        Unlabeled(),
        human,
        custom,
        Copied(),
        Unlabeled(),
    ]
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome, job.metadata_attribute)
    assert tally.counters() == LabelCounters(total_labeled=4, human_labeled=3, machine_labeled=1, failed=1, unlabeled=2)


@pytest.mark.parametrize(
    "outcome", [Labeled({"kind": 1, "kind-metadata": {"class-name": "Bój"}}), Failed("ClientError: x")]
)
def test_a_label_file_reads_what_it_wrote(outcome):
    line = write_outcome(17, outcome)
    assert line.endswith(b"}\n")
    assert read_outcome(line) == (17, outcome)


@pytest.mark.parametrize("line", [b"{}", b'{"object":1}', b'{"object":"1","content":{}}', b'{"object":1,"content":[]}'])
def test_a_line_of_another_kind_is_refused(line):
    with pytest.raises(LabelFileError, match="content"):
        read_outcome(line)


def test_expiry_begins_with_ground_truths_words():
    assert expired(3600).startswith("ClientError: Annotation tasks expired.")
    assert "3600 seconds" in expired(3600)


@pytest.mark.parametrize(
    ("reasons", "text"),
    [
        ([None, None], "ClientError: Declined by 2 workers, who gave no reason."),
        (["too dark"], "ClientError: Declined by 1 worker: too dark."),
        (
            ["image does not load", "image  does\nnot load", "too dark"],
            "ClientError: Declined by 3 workers: image does not load (2); too dark.",
        ),
    ],
)
def test_a_decline_tells_what_the_workers_said(reasons, text):
    assert declined(reasons) == text


def test_a_long_text_from_outside_is_cut():
    assert len(post_annotation_failed("x" * 5000)) < 300
    assert len(declined(["y" * 5000])) < 300


def test_a_custom_failure_has_the_bare_job_name():
    metadata = failure_metadata(custom_job(), "groundtruth/custom", "ClientError: x", NOW)
    assert metadata["job-name"] == "meter-reading"


def test_a_failed_line_is_recognised_and_a_labeled_one_is_not():
    job = image_job()
    assert is_failed({"source-ref": "s3://b/k", "kind-metadata": {"failure-reason": "x"}}, job)
    assert not is_failed({"source-ref": "s3://b/k", "kind": 0, "kind-metadata": {"confidence": 0.9}}, job)
    assert not is_failed({"source-ref": "s3://b/k"}, job)
