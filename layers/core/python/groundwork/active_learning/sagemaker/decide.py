"""Rounds by models that SageMaker trains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from groundwork.active_learning.candidates import Candidate
from groundwork.active_learning.job_lots import shuffled
from groundwork.active_learning.learn import Decided, Situation
from groundwork.active_learning.rounds import decide as decide_by_scores
from groundwork.active_learning.rows import decided, pool_of, settings_of
from groundwork.active_learning.sagemaker.held_out import first_people
from groundwork.active_learning.sagemaker.predictions import Prediction, read_predictions
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.active_learning.trainer import Scores

NO_CLASS = -1
ROWS = -1
"""Lot in whose order data objects are the rows of every round."""
NO_ANSWERS = "the model gave no usable answer about any data object; the job's log has the reasons"


def decide(situation: Situation) -> Decided:
    """Ask people at random until a model can be trained and judged, then decide by what it predicted."""
    paths = TrainingPaths.of(situation.at.job, situation.number)
    predictions = {each.object_id: each for each in read_predictions(situation.at, paths)}
    if predictions:
        return _by_predictions(situation, predictions)
    if situation.at.store.find(paths.jobs) is not None:
        return Decided(over=True, reason=NO_ANSWERS)
    return _more_people(situation)


def _more_people(situation: Situation) -> Decided:
    """Choose by lot who comes next; all of them when what is left after a first model would not be worth it."""
    job, still_open = situation.at.job, situation.open
    asked = len(situation.known.labels)
    wanted = first_people(job)
    if 2 * wanted > len(situation.to_label):
        reason = (
            f"a model needs {wanted} data objects labeled by people to learn and be judged, more than half of the "
            f"{len(situation.to_label)} there are"
        )
        return Decided(over=True, reason=reason)
    # What is missing, and a little more: a lot of its own decides for each object which side it is on.
    count = min(job.max_concurrent, max(wanted - asked, wanted // 10 + 1))
    order = shuffled(len(still_open), job, situation.number)
    people = tuple(still_open[row].selected(random=True) for row in order[:count])
    return Decided(people=people, reason=f"{asked} data objects are labeled; a first model needs about {wanted}")


def _by_predictions(situation: Situation, predictions: Mapping[int, Prediction]) -> Decided:
    at = situation.at
    # A round takes rows as they come, and where an object stands in the manifest must tell nothing.
    in_manifest_order = situation.to_label
    candidates = [in_manifest_order[row] for row in shuffled(len(in_manifest_order), at.job, ROWS)]
    history = at.store.find_json(at.paths.learning_history(situation.number - 1)) or {}
    # Only the objects that judge the model validate: the container has seen the labels of all others.
    judging = {object_id for object_id, each in predictions.items() if each.quality is not None}
    pool, scores = pool_of(situation, candidates, judging), _scores(candidates, predictions)
    outcome = decide_by_scores(pool, scores, settings_of(at.job), history)
    found = decided(candidates, outcome, {object_id: each.value for object_id, each in predictions.items()})
    return replace(found, figures={**(found.figures or {}), "model": _model(situation)})


def _scores(candidates: Sequence[Candidate], predictions: Mapping[int, Prediction]) -> Scores:
    """Bring predictions into rows; an object that the model gave no answer about is the least sure of all."""
    found = [predictions.get(item.object_id) for item in candidates]
    # A round tells by the classes whether confidences are probabilities, so one without an answer has a class too.
    no_answer = 0 if any(_class(each) != NO_CLASS for each in predictions.values()) else NO_CLASS
    return Scores(
        confidence=np.array([0.0 if each is None else each.confidence for each in found]),
        quality=np.array([np.nan if each is None or each.quality is None else each.quality for each in found]),
        classes=np.array([no_answer if each is None else _class(each) for each in found], np.int64),
    )


def _class(prediction: Prediction) -> int:
    return prediction.value if isinstance(prediction.value, int) else NO_CLASS


def _model(situation: Situation) -> str | None:
    names = situation.at.store.find_json(TrainingPaths.of(situation.at.job, situation.number).jobs)
    return None if names is None else names["model"]
