"""Rounds by our own trainer, inside one function."""

from __future__ import annotations

from groundwork.active_learning.embedded_trainer import EmbeddedTrainer
from groundwork.active_learning.feature_extraction.feature_shard import read_features
from groundwork.active_learning.learn import Decided, Situation
from groundwork.active_learning.model_file import model_file
from groundwork.active_learning.representation import Representation, represent
from groundwork.active_learning.rounds import first_sample, next_round
from groundwork.active_learning.rows import Rows, settings_of
from groundwork.task_types.task_type import Json


def decide(situation: Situation) -> Decided:
    """Draw the first sample, or train on what people labeled and decide by the model's scores."""
    return _first(situation) if situation.number == 0 else _next(situation)


def _first(situation: Situation) -> Decided:
    settings, candidates = settings_of(situation.at.job), situation.to_label
    rows = first_sample(len(candidates), settings)
    people = tuple(candidates[row].selected(random=True) for row in rows)
    if len(rows) < len(candidates):
        return Decided(people=people)
    return Decided(people=people, over=True, reason=f"{len(candidates)} data objects are too few to learn from")


def _next(situation: Situation) -> Decided:
    at = situation.at
    rows = _represented(situation)
    history = at.store.find_json(at.paths.learning_history(situation.number - 1)) or {}
    pool, settings = rows.pool(situation), settings_of(at.job)
    outcome = next_round(pool, settings, history, EmbeddedTrainer())
    if len(outcome.auto.rows):
        name = f"{at.job.key}-{situation.number}"
        content = model_file(pool, settings, _description(situation))
        at.store.write(at.paths.model(situation.number, name), content, "application/gzip")
    return rows.decided(outcome)


def _description(situation: Situation) -> dict[str, Json]:
    job = situation.at.job
    return {
        "labelingJobArn": job.arn,
        "round": situation.number,
        "labels": list(job.labels or ()),
        "representation": str(situation.at.paths.representation),
    }


def _represented(situation: Situation) -> Rows:
    """Bring the data set into the form a model learns from: once, since no round changes anything about it."""
    at = situation.at
    if (stored := at.store.find(at.paths.representation)) is not None:
        known = Representation.from_bytes(stored)
    else:
        objects, features = read_features(at)
        known = Representation(objects, represent(features))
        at.store.write(at.paths.representation, known.to_bytes(), "application/octet-stream")
    return Rows.of(situation.to_label, known.objects, known.features)
