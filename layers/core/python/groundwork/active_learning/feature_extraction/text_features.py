"""Counts of words, pairs of words and pieces of words in a text, hashed to columns."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import numpy as np

from groundwork.active_learning.arrays import Indices
from groundwork.active_learning.feature_extraction.counts import Counts
from groundwork.active_learning.features import Features

COLUMNS = 2**18
"""Of the words, and again of the pieces: with a million different ones a fourth of them would share a column."""
MOST_WORDS = 200
"""Words of a text that are read."""
MOST_CHARACTERS = 200
"""Characters of a text whose pieces are read: pieces tell little that a long text's words do not."""
PIECES = range(2, 6)
"""Lengths of pieces; two characters are a word in Chinese."""
WORD = re.compile(r"\w+")


class TextFeatures:
    """Extracts from texts; holds 100,000 texts of a thousand characters in half a gigabyte."""

    def extract(self, contents: Sequence[str]) -> Features:
        """Count in each text; an empty one has a row of zeros."""
        return Features(Counts.of_rows(map(_row, contents), 2 * COLUMNS))


def _row(text: str) -> tuple[Indices, Indices]:
    words, pieces = _words(text), _pieces(text)
    columns = [_column(word) for word in words] + [COLUMNS + _column(piece) for piece in pieces]
    return np.array(columns, dtype=np.int64), np.array([*words.values(), *pieces.values()], dtype=np.int64)


def _column(token: str) -> int:
    return zlib.crc32(token.encode("utf-8", "surrogatepass")) % COLUMNS


def _words(text: str) -> Counter[str]:
    words = [match[0] for match in islice(WORD.finditer(text.casefold()), MOST_WORDS)]
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


def _pieces(text: str) -> Counter[str]:
    return Counter(_each_piece(text.casefold()[:MOST_CHARACTERS]))


def _each_piece(text: str) -> Iterator[str]:
    """Cut each word, with a space on either side, into pieces; marks count as words here."""
    for word in text.split():
        edged = f" {word} "
        for length in PIECES:
            yield from (edged[start : start + length] for start in range(len(edged) - length + 1))
