from __future__ import annotations

import pytest
from groundwork.task_types import registry
from groundwork.task_types.multi_label_answer import chosen_labels
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError

from tests.formats.jobs import TEMPLATE, image_job

IMAGE = registry.get("ImageMultiClassMultiLabel")
TEXT = registry.get("TextMultiClassMultiLabel")
JOB = image_job(task_type=IMAGE.name, labels=("boat", "buoy", 'net "drift"'))
OWN_TEMPLATE = JOB.model_copy(update={"template_uri": TEMPLATE})


@pytest.mark.parametrize("task_type", [IMAGE, TEXT])
@pytest.mark.parametrize(
    "answer",
    [
        {"crowd-image-classifier-multi-select": {"labels": ["boat"]}},
        {"kinds": {"labels": ["buoy", "boat", 'net "drift"'], "workerComment": "far away"}},
        {"kinds": {"labels": ["boat"]}, "weather": {"labels": ["fog"]}, "sure": {"yes": True}, "note": "at the quay"},
    ],
)
def test_a_choice_is_found_whatever_its_key(task_type, answer):
    task_type.check_answer(answer, AnsweredTask(JOB, dict))


@pytest.mark.parametrize("job", [JOB, OWN_TEMPLATE])
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "No label was chosen. Choose at least one label and submit again."),
        ({"labels": ["boat"]}, "No label was chosen"),
        ({"kinds": {"label": "boat"}}, "No label was chosen"),
        ({"kinds": {"labels": []}}, "No label was chosen"),
        ({"kinds": {"labels": "boat"}}, 'must be a list of labels, not "boat"'),
        ({"kinds": {"labels": None}}, "must be a list of labels, not None"),
        ({"kinds": {"labels": ["boat", 3]}}, "must be a list of texts; 3 is none"),
        ({"kinds": {"labels": [["boat"]]}}, r"must be a list of texts; \['boat'\] is none"),
        ({"kinds": {"labels": ["boat", "boat"]}}, '"boat" is chosen twice'),
        ({"kinds": {"labels": ["boat", "ship"]}}, '"ship" is not a label of this job. Choose among "boat", "buoy"'),
        ({"kinds": {"labels": ["ship", "ship"]}}, '"ship" is not a label'),
        ({"a": {"labels": ["boat"]}, "b": {"labels": ["buoy"]}}, "which labels are meant"),
        ({"a": {"labels": []}, "b": {"labels": ["fog"]}}, "which labels are meant"),
    ],
)
def test_an_answer_that_chooses_no_labels_of_the_job_is_refused(job, answer, says):
    with pytest.raises(InvalidAnswerError, match=says):
        IMAGE.check_answer(answer, AnsweredTask(job, dict))


def test_a_single_foreign_text_is_the_exclusion_category_of_a_template_of_their_own():
    answer = {"kinds": {"labels": ["Nothing fits"]}}
    assert chosen_labels(answer, OWN_TEMPLATE) == ()
    with pytest.raises(InvalidAnswerError, match='"Nothing fits" is not a label'):
        chosen_labels(answer, JOB)


def test_a_long_foreign_text_is_cut_in_the_message():
    with pytest.raises(InvalidAnswerError) as refused:
        chosen_labels({"kinds": {"labels": ["x" * 5_000]}}, JOB)
    assert len(str(refused.value)) < 250
