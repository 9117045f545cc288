"""End to end: the real stacks on a local cloud with IAM enforced and TLS, one deployment for the whole session.

`END_TO_END_DIRECTORY` names a folder to keep the cloud's data in, so that the next run deploys only what changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.browser import Desk, chromium
from tests.end_to_end.cloud import Cloud, connected, deployed_cloud


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the garbage collector close the connections of clients, as it does everywhere."""
    for item in items:
        if "end_to_end" in item.path.parts:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Deploy once for all tests."""
    kept = os.environ.get("END_TO_END_DIRECTORY")
    with deployed_cloud(Path(kept).resolve() if kept else tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture
def cloud(deployed: Cloud) -> Iterator[Cloud]:
    """The deployed cloud, with boto3 pointing at it."""
    with connected(deployed.settings):
        yield deployed


@pytest.fixture(scope="module")
def browser(deployed: Cloud) -> Iterator[Browser]:
    """Chromium, which trusts the cloud's certificate."""
    with chromium(deployed.settings.certificate) as opened:
        yield opened


@pytest.fixture
def desk(cloud: Cloud, browser: Browser) -> Iterator[Desk]:
    """A worker's window of the portal; a script's complaint fails the test."""
    opened = Desk(browser, cloud.deployment["PortalUrl"])
    yield opened
    complaints = opened.complaints
    opened.close()
    assert complaints == []
