from __future__ import annotations

from pathlib import Path

import pytest

from local.bench import million_votes, stored_votes


def test_stored_votes_are_all_read_by_the_function_that_estimates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(million_votes, "OBJECTS", 1_200)
    stored_votes.write(tmp_path)
    found = stored_votes.estimated(tmp_path)
    assert (found["votes"], found["files"]) == (3_600, 3)
    assert found["peak"] >= found["before"] > 0
