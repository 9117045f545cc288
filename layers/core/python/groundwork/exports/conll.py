"""CoNLL-2003: a token a line with its entity tag (Tjong Kim Sang & De Meulder, 2003), in the IOB2 scheme.

A text is one sentence after a `-DOCSTART-` line. Tokens are runs of word characters with their combining marks, and
single other characters; a span that begins or ends inside of one cuts it, so that every span is whole. Of spans that
overlap the longest is kept, of equally long ones the first, and of those with one place the one whose label comes first
in the label file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import TEXT, ExportFile, encoded, text_lines
from groundwork.exports.label_reading import Entity, read_entities
from groundwork.exports.labeled_object import LabeledObject, UnexportableError

DOCUMENT = "-DOCSTART- -X- -X- O"
OVERLAPPING = "spans that overlap a longer or earlier one"
BLANK = "spans of nothing but white space"


def write_conll(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `data.conll`, the object ids of its texts in `objects.txt`, and tags with their labels in `labels.txt`."""
    tags = tag_names(dataset.labels)
    yield ExportFile("data.conll", _documents(dataset, tags), TEXT)
    yield ExportFile("objects.txt", text_lines(str(item.object_id) for item in dataset.objects()), TEXT)
    named = (f"{tags[label]}\t{_one_line(label)}" for label in dataset.labels)
    yield ExportFile("labels.txt", b"".join(text_lines(named)), TEXT)


def tag_names(labels: Sequence[str]) -> dict[str, str]:
    """Give each label a tag without white space, none of them the same."""
    tags: dict[str, str] = {}
    for label in labels:
        tag = "_".join(label.split()) or "_"
        while tag in tags.values():
            tag += "_"
        tags[label] = tag
    return tags


def without_overlaps(entities: Iterable[Entity], labels: Sequence[str]) -> list[Entity]:
    """Keep the spans that the rule of this module prefers, in the order of the text."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda one: (one.start - one.end, one.start, labels.index(one.label))):
        if all(entity.end <= other.start or other.end <= entity.start for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda one: one.start)


def tokens(text: str, cuts: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """Find the tokens of a text as start and end; none of them lies across a cut."""
    token = _token()
    places = sorted({0, len(text), *cuts})
    for start, end in pairwise(places):
        for found in token.finditer(text, start, end):
            yield found.span()


@cache
def _token() -> re.Pattern[str]:
    """Match a word with its combining marks, which are no word characters to `re`, or any other character."""
    marks = "".join(sign for sign in map(chr, range(0x11000)) if unicodedata.category(sign) in {"Mn", "Mc"})
    return re.compile(rf"(?:\w[{re.escape(marks)}]*)+|[^\w\s]")


def _documents(dataset: Dataset, tags: dict[str, str]) -> Iterator[bytes]:
    def parse(item: LabeledObject) -> tuple[str, list[Entity]]:
        text = dataset.text(item)
        entities = read_entities(item)
        if any(entity.label not in tags for entity in entities):
            raise UnexportableError("a class that is no label of this job")
        if any(entity.end > len(text) for entity in entities):
            raise UnexportableError("a span beyond the end of the text")
        inked = [entity for entity in entities if any(True for _ in tokens(text[entity.start : entity.end]))]
        kept = without_overlaps(inked, dataset.labels)
        dataset.lose(item, BLANK, len(entities) - len(inked))
        dataset.lose(item, OVERLAPPING, len(inked) - len(kept))
        return text, kept

    for _, (text, entities) in dataset.read(parse):
        lines = (f"{token} -X- -X- {tag}\n" for token, tag in _tagged(text, entities, tags))
        yield encoded(f"{DOCUMENT}\n\n{''.join(lines)}\n")


def _tagged(text: str, entities: Sequence[Entity], tags: dict[str, str]) -> Iterator[tuple[str, str]]:
    places = iter(entities)
    entity = next(places, None)
    inside = False
    for start, end in tokens(text, (cut for entity in entities for cut in (entity.start, entity.end))):
        while entity is not None and entity.end <= start:
            entity, inside = next(places, None), False
        if entity is None or start < entity.start:
            yield text[start:end], "O"
        else:
            yield text[start:end], f"{'I' if inside else 'B'}-{tags[entity.label]}"
            inside = True


def _one_line(text: str) -> str:
    return " ".join(text.split())
