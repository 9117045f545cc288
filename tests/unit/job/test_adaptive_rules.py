"""When a request may ask for adaptive redundancy, and what it is told otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.job.resolve import Inputs, resolve
from groundwork.task_types import registry

from tests.unit.job.harbor_boats import INPUTS, MANIFEST, NOW, TASK, custom, problems, put

MIN = "Groundwork.MinHumanWorkersPerDataObject"
TARGET = "Groundwork.TargetConfidence"
MOST = f"{TASK}.NumberOfHumanWorkersPerDataObject"


def asking(request: dict[str, Any], least: object = 2, target: object = 0.9, most: int = 5) -> dict[str, Any]:
    put(request, MOST, most)
    put(request, MIN, least)
    return put(request, TARGET, target)


@pytest.fixture
def types() -> TaskTypes:
    return registry


def test_both_keys_make_the_rule_and_the_number_of_workers_becomes_the_most(
    request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    job = resolve(asking(request_document), INPUTS, context, types, NOW)
    assert job.adaptive == AdaptiveRedundancy(min_workers=2, target_confidence=0.9)
    assert job.workers_per_object == 5


def test_without_the_keys_redundancy_is_fixed(
    request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    assert resolve(request_document, INPUTS, context, types, NOW).adaptive is None


@pytest.mark.parametrize("target", [0.5, 1, 1.0, 0, -0.2, 90, float("nan"), "0.9", True, None])
def test_a_target_that_is_no_probability_above_one_half_is_refused(
    target: object, request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    assert TARGET in problems(asking(request_document, target=target), context, types)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(0, 5, "0 is not accepted"), (10, 9, "above"), (4, 3, f"4 is above {MOST}, 3"), (1.5, 5, "a number")],
)
def test_the_least_number_of_answers_must_be_one_there_can_be(
    least: object, most: int, words: str, *, request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    assert words in problems(asking(request_document, least, most=most), context, types)[MIN]


@pytest.mark.parametrize(("given", "missing"), [(MIN, TARGET), (TARGET, MIN)])
def test_one_key_without_the_other_is_refused_in_the_place_of_the_other(
    given: str, missing: str, request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    put(request_document, given, 2 if given == MIN else 0.9)
    assert problems(request_document, context, types) == {missing: f"missing beside {given}"}


def test_a_type_of_which_no_label_can_be_sure_after_each_answer_refuses(
    request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    request = asking(custom(request_document, None, None))
    put(request, "Groundwork.TaskType", "BoundingBox")
    found = problems(request, context, types)
    assert found[MIN] == "adaptive redundancy is for types with one label that we consolidate, not BoundingBox"


def test_a_job_of_the_customers_own_functions_refuses(
    request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    own = context.customer_functions[0]
    found = problems(asking(custom(request_document, own, own)), context, types, Inputs(manifest=MANIFEST))
    assert "not Custom" in found[MIN]


@pytest.mark.parametrize("algorithm", ["majority-vote", "ground-truth"])
def test_an_algorithm_without_a_probability_that_holds_for_the_next_answer_refuses(
    algorithm: str, request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    named = put(asking(request_document), "Groundwork.ConsolidationAlgorithm", algorithm)
    assert f"{algorithm!r} can't tell" in problems(named, context, types)[MIN]
    del named["Groundwork"]["ConsolidationAlgorithm"]
    of_deployment = replace(context, consolidation_algorithm=algorithm)
    assert f"{algorithm!r} can't tell" in problems(named, of_deployment, types)[MIN]


@pytest.mark.parametrize("algorithm", ["default", "one-coin", "dawid-skene"])
def test_algorithms_that_estimate_the_crowd_have_it(
    algorithm: str, request_document: dict[str, Any], context: DropContext, types: TaskTypes
) -> None:
    request = put(asking(request_document), "Groundwork.ConsolidationAlgorithm", algorithm)
    assert resolve(request, INPUTS, context, types, NOW).adaptive is not None


def test_the_types_with_one_label_are_those_that_have_it() -> None:
    assert [name for name in registry.names() if registry.get(name).sureness] == [
        "ImageMultiClass",
        "TextMultiClass",
        "VerificationBoundingBox",
        "VerificationSemanticSegmentation",
    ]
