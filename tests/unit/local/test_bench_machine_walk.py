from typing import Any

import pytest

from local.bench.account import definition
from local.bench.machine_walk import TOKEN, MachineFailedError, MachineWalk


class Stages:
    """Answers of the stages to one job: two shards, one round of consolidation, done."""

    def __init__(self, sound: bool = True) -> None:
        self.sound = sound
        self.invoked: list[tuple[str, Any]] = []
        self.selections = iter(
            [
                {
                    "loop": 1,
                    "finished": False,
                    "rotate": False,
                    "shards": [0, 1],
                    "batches": [],
                    "function": "",
                    "request": {},
                },
                {
                    "loop": 2,
                    "finished": True,
                    "rotate": False,
                    "shards": [],
                    "batches": [{"batch": 0}, {"batch": 1}, {"batch": 2}],
                    "plan": "0001-00001",
                    "function": "",
                    "request": {},
                },
            ]
        )

    def __call__(self, name: str, event: Any, waits: bool) -> Any:
        self.invoked.append((name, event))
        answers = {
            "prepare_job": {"loop": 0, "sound": self.sound},
            "pre_annotation": {"done": True},
            "task_dispatch": {"reason": "complete"},
        }
        return next(self.selections) if name == "select_batch" else answers.get(name, {})

    def names(self) -> list[str]:
        return [name for name, _ in self.invoked]


def test_a_job_goes_through_the_real_definition_in_order() -> None:
    stages = Stages()

    MachineWalk(definition(), stages).run({"jobKey": "tickets", "execution": 1, "rebuild": False})

    assert stages.names() == [
        "prepare_job",
        "select_batch",
        "pre_annotation",
        "pre_annotation",
        "task_dispatch",
        "select_batch",
        *["consolidation_collect"] * 3,
        "consolidation_estimate",
        *["consolidation_apply"] * 3,
        "manifest_output",
        "manifest_output_quality",
    ]


def test_stages_get_what_the_definition_passes_to_them() -> None:
    stages = Stages()

    MachineWalk(definition(), stages).run({"jobKey": "tickets", "execution": 1, "rebuild": False})

    events = dict(stages.invoked)
    assert events["prepare_job"] == {"jobKey": "tickets", "execution": 1, "rebuild": False}
    assert events["pre_annotation"] == {"jobKey": "tickets", "shard": 1}
    assert events["task_dispatch"] == {"jobKey": "tickets", "token": TOKEN}
    assert events["consolidation_apply"] == {"jobKey": "tickets", "plan": "0001-00001", "batch": 2}


def test_every_state_and_every_start_of_an_execution_is_a_transition() -> None:
    walk = MachineWalk(definition(), Stages())

    walk.run({"jobKey": "tickets", "execution": 1, "rebuild": False})

    start = 1
    prepared = 2  # PrepareJob, IsManifestSound
    annotated = 3 + 2 * (1 + 3)  # SelectBatch, WhatIsNext, the Map; a child starts and has three states
    waited = 1
    consolidated = 2 + 1 + 3 * (1 + 1) + 1 + 1 + 3 * (1 + 2)  # two Maps with the estimate between them
    finished = 6  # ManifestOutput, IsFinished, ManifestOutputQuality, HasExports, HasFailed, Finished
    assert walk.transitions == start + prepared + annotated + waited + consolidated + finished


def test_a_fail_state_ends_the_walk() -> None:
    with pytest.raises(MachineFailedError, match="ManifestRefused"):
        MachineWalk(definition(), Stages(sound=False)).run({"jobKey": "tickets", "execution": 1, "rebuild": False})
