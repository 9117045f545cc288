"""Jobs whose tasks are at hand, and workers who act at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from groundwork.task_dispatch.desk import Hand

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.formats.jobs import image_job


def started(account: Account, clock: Clock, objects: int, **changes: Any) -> Labeling:
    labeling = Labeling.begin(account, clock, image_job(**changes), pictures(objects))
    labeling.start()
    return labeling


def given(hand: Hand | None) -> Hand:
    assert hand is not None
    return hand


def answers(labeling: Labeling) -> list[str]:
    return list(labeling.account.store.keys(labeling.at().paths.answers_prefix))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make calls at the same moment; what each returns or raises."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
