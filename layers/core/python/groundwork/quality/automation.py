"""What the model did in a job with automated labeling, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from groundwork.active_learning.learning_round import LearningRound, rounds
from groundwork.job.job_at_hand import JobAtHand
from groundwork.quality.measure import Json
from groundwork.quality.report_tables import NOTHING, number, section, table

FIGURES = ("humanLabeled", "threshold", "validated", "quality", "bound")


def automation(at: JobAtHand) -> dict[str, Json]:
    """Describe the rounds for `quality.json` (docs/quality.md)."""
    past = rounds(at)
    return {
        "target": at.job.automation.target if at.job.automation else None,
        "trainer": at.job.automation.trainer if at.job.automation else None,
        "machineLabeled": sum(each.labeled for each in past),
        "rounds": [_round(each) for each in past],
    }


def _round(learned: LearningRound) -> dict[str, Json]:
    return {
        "round": learned.number,
        **{name: learned.figures.get(name) for name in FIGURES},
        "machineLabeled": learned.labeled,
        "forPeople": learned.people,
        "reason": learned.reason,
    }


def automated_labels(document: Mapping[str, Json]) -> str:
    """List the rounds on the page; nothing for a job that people labeled alone."""
    found = document.get("automation")
    if found is None:
        return ""
    heads = ("Round", "Labeled by people", "Threshold", "Checked", "Quality", "At least", "By the model", "For people")
    rows = [
        (
            str(each["round"]),
            NOTHING if each["humanLabeled"] is None else f"{each['humanLabeled']:,}",
            _precise(each["threshold"]),
            NOTHING if each["validated"] is None else f"{each['validated']:,}",
            _precise(each["quality"]),
            _precise(each["bound"]),
            f"{each['machineLabeled']:,}",
            f"{each['forPeople']:,}",
        )
        for each in found["rounds"]
    ]
    notes = [f"Round {each['round']}: {each['reason']}." for each in found["rounds"] if each["reason"]]
    words = (
        f"What the model labels is to have a quality of {number(found['target'])} or more. Checked: data objects that "
        "people labeled and whose labels the model had not seen. Quality is their mean; of what the model labels it is "
        "at least what the next column says, with 99 % confidence over all rounds."
    )
    said = "".join(f'<p class="quiet">{escape(note)}</p>' for note in (words, *notes))
    return section("Labels by the model", table(heads, rows) + said)


def _precise(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"
