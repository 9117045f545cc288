"""People at work in a test: they take tasks through the portal API and answer as they are told."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

from local.portal_client import PortalError, PortalTask
from tests.end_to_end.cloud import Worker

Answer = Callable[[Worker, str], Mapping[str, Any]]
"""What a worker says to the page they see (its HTML)."""

LOST = frozenset({"lease_expired", "not_leased", "object_closed"})


def work(
    people: Sequence[Worker], job: str, answer: Answer, *, most: int | None = None, seconds: float = 90
) -> Counter[str]:
    """Let people label at the same time until nothing is left, or each has done `most`; counts by worker."""
    with ThreadPoolExecutor(len(people)) as pool:
        done = list(pool.map(lambda worker: _work(worker, job, answer, most, time.monotonic() + seconds), people))
    return Counter({worker.name: count for worker, count in zip(people, done, strict=True)})


def take(worker: Worker, job: str, *, seconds: float = 60) -> PortalTask:
    """Wait for a task and have it shown."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            offered = worker.client.next_task(job)
        except PortalError as error:
            if error.status != 404:
                raise
        else:
            if offered.task is not None:
                return offered.task
        time.sleep(0.3)
    raise AssertionError(f"no task of {job} for {worker.name} within {seconds:.0f} s")


def text_on(page: str) -> str:
    """Read the text to classify off a page."""
    found = re.search(r"<classification-target[^>]*>(.*?)</classification-target>", page, re.DOTALL)
    assert found, page[:2_000]
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def _work(worker: Worker, job: str, answer: Answer, most: int | None, deadline: float) -> int:
    done, after = 0, None
    while time.monotonic() < deadline and (most is None or done < most):
        try:
            offered = worker.client.next_task(job, after=after)
        except PortalError as error:
            if error.status != 404:
                raise
            time.sleep(0.3)
            continue
        after = offered.after
        if offered.task is None:
            if offered.reason in {"done", "stopped"}:
                return done
            time.sleep(0.3)
            continue
        try:
            page = worker.client.page(offered.task)
            worker.client.submit(job, offered.task, answer(worker, page), seconds=1.5)
        except PortalError as error:
            if error.code not in LOST:
                raise
        else:
            done += 1
    return done
