"""What the function that makes features writes, without the packages that it does not have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.counts import Counts
from groundwork.active_learning.feature_extraction.extractor import Extraction, OneByOne
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.feature_extraction.shard_features import ShardFeatures
from groundwork.active_learning.feature_extraction.text_features import COLUMNS, TextFeatures
from groundwork.active_learning.features import Features

from tests.unit.active_learning.pictures import plain

CORE = Path(__file__).parents[3] / "layers" / "core" / "python"
TEXTS = ["the red boat", "", "ein Boot, ein Boot", "\ud83d the net"]


def table(features: Features) -> Any:
    matrix: Any = features.matrix
    return matrix.toarray()


def dense(*rows: list[float]) -> Extraction:
    return Extraction(Features(np.array(rows, np.float16)))


@pytest.mark.parametrize("kind", ["text", "image"])
def test_features_are_made_and_written_without_scipy_and_scikit_learn(kind: str, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(plain("red"))
    program = """
import sys
from pathlib import Path
sys.modules["scipy"] = sys.modules["sklearn"] = None
from groundwork.active_learning.feature_extraction.extractors import _BUILT_IN
from groundwork.active_learning.feature_extraction.extractor import OneByOne
from groundwork.active_learning.feature_extraction.shard_features import ShardFeatures
kind, image = sys.argv[1], Path(sys.argv[2]).read_bytes()
contents = ["a red boat", ""] if kind == "text" else [image, b"no image"]
found = OneByOne("x", _BUILT_IN[kind]()).extract(contents)
written = ShardFeatures("x").with_extraction([0, 1], found).to_bytes()
assert ShardFeatures.from_bytes(written).known == {0, 1}
"""
    command = [sys.executable, "-c", program, kind, str(tmp_path / "red.png")]
    done = subprocess.run(command, env={"PYTHONPATH": str(CORE)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_counts_are_those_of_a_table() -> None:
    rows = [([3, 1, 3], [1, 2, 300]), ([], []), ([0], [7])]
    counts = Counts.of_rows(((np.array(c, np.int64), np.array(n, np.int64)) for c, n in rows), columns=5)
    assert table(Features(counts)).tolist() == [[0, 2, 0, 255, 0], [0] * 5, [7, 0, 0, 0, 0]]


def test_a_texts_words_pairs_and_pieces_are_counted() -> None:
    first, second = table(TextFeatures().extract(["a boat a boat", "A BOAT a boat"]))
    assert (first == second).all()
    words = first[:COLUMNS]
    assert sorted(words[words > 0].tolist()) == [1, 2, 2, 2], "boat a; a, boat, a boat"


def test_texts_one_at_a_time_and_in_shards_are_the_same_as_all_at_once() -> None:
    whole = TextFeatures().extract(TEXTS)
    alone = OneByOne("x", TextFeatures()).extract(TEXTS).features
    shards = Features.stack([TextFeatures().extract(part) for part in (TEXTS[:1], [], TEXTS[1:])])
    for other in (alone, shards, Features.from_bytes(whole.to_bytes())):
        assert other is not None
        assert table(other).shape == (4, 2 * COLUMNS)
        assert (table(other) == table(whole)).all()


def test_a_shard_is_read_as_it_was_written() -> None:
    extraction = Extraction(dense([1, 2], [3, 4]).features, {1: "not a readable image"})
    shard = ShardFeatures("x").with_extraction([7, 8, 9], extraction).with_extraction([10], dense([5, 6]))
    again = ShardFeatures.from_bytes(shard.to_bytes())
    assert (again.extractor, again.objects.tolist(), again.unreadable.tolist()) == ("x", [7, 9, 10], [8])
    assert again.features is not None
    assert np.asarray(again.features.matrix).tolist() == [[1, 2], [3, 4], [5, 6]]
    assert again.to_bytes() == shard.to_bytes()


def test_shards_are_joined_in_their_order() -> None:
    first = ShardFeatures("x").with_extraction([0, 1], dense([1], [2]))
    nothing = ShardFeatures("x").with_extraction([2], Extraction(None, {0: "gone"}))
    last = ShardFeatures("x").with_extraction([3], dense([4]))
    joined = ShardFeatures.join([first, nothing, last])
    assert (joined.objects.tolist(), joined.unreadable.tolist()) == ([0, 1, 3], [2])
    assert joined.features is not None
    assert joined.features.size == 3
    with pytest.raises(FeatureExtractorError, match=r"x can't be used: it has changed .* to y"):
        ShardFeatures.join([first, ShardFeatures("y")])


def test_no_shards_are_no_features() -> None:
    assert ShardFeatures.join([]).features is None
