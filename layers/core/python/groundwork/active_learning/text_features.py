"""Counts of words, pairs of words and pieces of words in a text, hashed to columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher

from groundwork.active_learning.features import Features

COLUMNS = 2**18
"""Of the words, and again of the pieces: with a million different ones a fourth of them would share a column."""
MOST_WORDS = 200
"""Words of a text that are read."""
MOST_CHARACTERS = 200
"""Characters of a text whose pieces are read: pieces tell little that a long text's words do not."""
PIECES = range(2, 6)
"""Lengths of pieces; two characters are a word in Chinese."""
MOST_COUNTED = 255
WORD = re.compile(r"\w+")


class TextFeatures:
    """Extracts from texts; holds 100,000 texts of a thousand characters in half a gigabyte."""

    def __init__(self) -> None:
        self._hasher = FeatureHasher(COLUMNS, input_type="pair", alternate_sign=False, dtype=np.float32)

    def extract(self, contents: Sequence[str]) -> Features:
        """Count in each text; an empty one has a row of zeros."""
        words = self._hashed([_words(text) for text in contents])
        pieces = self._hashed([_pieces(text) for text in contents])
        return Features(sparse.hstack([words, pieces], format="csr", dtype=np.uint8))

    def _hashed(self, counts: Sequence[Counter[str]]) -> sparse.csr_matrix:
        if not counts:
            return sparse.csr_matrix((0, COLUMNS), dtype=np.uint8)
        hashed = self._hasher.transform(count.items() for count in counts)
        np.minimum(hashed.data, MOST_COUNTED, out=hashed.data)
        return hashed.astype(np.uint8)


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
