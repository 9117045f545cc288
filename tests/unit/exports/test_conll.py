from __future__ import annotations

import pytest
from groundwork.exports.conll import BLANK, OVERLAPPING, tag_names, tokens, without_overlaps
from groundwork.exports.label_reading import Entity
from groundwork.task_types.label_form import LabelForm
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from tests.formats.jobs import image_job
from tests.unit.exports.datasets import ENTITIES, LABELS, dataset, entities, export, line


def read_conll(content: bytes) -> list[list[tuple[str, str]]]:
    """Tokens and tags of each document, as any reader of CoNLL-2003 finds them."""
    documents: list[list[tuple[str, str]]] = []
    for row in content.decode().split("\n"):
        if not row:
            continue
        token, *_, tag = row.split(" ")
        if token == "-DOCSTART-":
            documents.append([])
        else:
            documents[-1].append((token, tag))
    return documents


def spans(document):
    return get_entities([tag for _, tag in document])


def test_spans_are_what_seqeval_finds_and_every_text_is_a_document():
    files = export("conll", dataset(LabelForm.ENTITIES, ENTITIES))
    first, second = read_conll(files["data.conll"])
    assert [token for token, _ in first] == ["The", "Maria", "left", "Port", "Said", "."]
    assert spans(first) == [("boat", 1, 1), ("net", 3, 4)]
    assert second == [("Nothing", "O"), ("here", "O"), ("\U0001f6a2", "O")]
    assert files["objects.txt"].decode().split() == ["0", "2"]


def test_the_file_is_what_it_is():
    content = export("conll", dataset(LabelForm.ENTITIES, ENTITIES[:1]))["data.conll"].decode()
    assert content == (
        "-DOCSTART- -X- -X- O\n\nThe -X- -X- O\nMaria -X- -X- B-boat\nleft -X- -X- O\n"
        "Port -X- -X- B-net\nSaid -X- -X- I-net\n. -X- -X- O\n\n"
    )


def test_neighbors_of_one_label_stay_two_spans():
    files = export("conll", dataset(LabelForm.ENTITIES, [entities("Port Said", ("net", 0, 4), ("net", 5, 9))]))
    assert spans(read_conll(files["data.conll"])[0]) == [("net", 0, 0), ("net", 1, 1)]


def test_a_span_inside_of_a_word_cuts_it():
    files = export("conll", dataset(LabelForm.ENTITIES, [entities("Hafenboot", ("boat", 5, 9))]))
    assert read_conll(files["data.conll"]) == [[("Hafen", "O"), ("boot", "B-boat")]]


def test_of_overlapping_spans_the_longest_is_kept_then_the_first_then_the_first_label():
    def kept(*found):
        return [
            (one.label, one.start, one.end) for one in without_overlaps([Entity(*each, None) for each in found], LABELS)
        ]

    assert kept(("boat", 0, 4), ("net", 2, 9)) == [("net", 2, 9)]
    assert kept(("net", 3, 6), ("boat", 0, 3), ("buoy", 2, 5)) == [("boat", 0, 3), ("net", 3, 6)]
    assert kept(("net", 0, 4), ("boat", 0, 4)) == [("boat", 0, 4)]


def test_what_is_lost_is_counted_once_however_often_the_dataset_is_read():
    lines = [entities("The old boat", ("boat", 0, 12), ("net", 4, 7), ("net", 3, 4), ("buoy", 8, 12))]
    data = dataset(LabelForm.ENTITIES, lines)
    export("conll", data)
    export("conll", data)
    assert data.counts() == {"objects": 1, "exported": 1, "leftOut": {}, "lost": {OVERLAPPING: 2, BLANK: 1}}


def test_tags_have_no_space_and_differ():
    assert tag_names(["a b", "a_b", "a  b", " "]) == {"a b": "a_b", "a_b": "a_b_", "a  b": "a_b__", " ": "_"}
    job = image_job(labels=("port of call", "x"))
    files = export("conll", dataset(LabelForm.ENTITIES, [entities("Said", ("port of call", 0, 4))], job=job))
    assert b"Said -X- -X- B-port_of_call\n" in files["data.conll"]
    assert files["labels.txt"] == b"port_of_call\tport of call\nx\tx\n"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (entities("Said", ("net", 0, 5)), "a span beyond the end of the text"),
        (entities("Said", ("net", 3, 3)), "an entity without a span"),
        (entities("Said", ("port", 0, 2)), "a class that is no label of this job"),
        (line({"source": "Said"}, 3), "a label without entities"),
        ({**entities(""), "source-ref": "s3://in/gone.txt"}, "a text that is not there"),
        ({**entities(""), "source-ref": "s3://in/latin.txt"}, "a text that is not UTF-8"),
    ],
)
def test_a_label_that_marks_no_spans_is_left_out_with_its_reason(broken, reason):
    data = dataset(LabelForm.ENTITIES, [*ENTITIES, broken], {"s3://in/latin.txt": b"\xe9"})
    files = export("conll", data)
    assert len(read_conll(files["data.conll"])) == 2
    assert data.counts()["leftOut"] == {"failed": 1, reason: 1}


def test_a_text_in_a_file_is_read():
    source = {"source": "", "source-ref": "s3://in/a.txt"}
    data = dataset(LabelForm.ENTITIES, [{**entities("", ("net", 0, 4)), **source}], {"s3://in/a.txt": b"Said"})
    assert read_conll(export("conll", data)["data.conll"]) == [[("Said", "B-net")]]


TEXTS = st.text(st.sampled_from("ab \n\t.-é🚢\u2028_0'"), max_size=30)


@given(TEXTS, st.lists(st.tuples(st.sampled_from(LABELS), st.integers(0, 30), st.integers(1, 8)), max_size=6))
def test_every_character_but_white_space_is_in_one_token_and_every_kept_span_is_whole(text, drawn):
    marked = [(label, start, min(start + length, len(text))) for label, start, length in drawn if start < len(text)]
    content = export("conll", dataset(LabelForm.ENTITIES, [entities(text, *marked)]))["data.conll"]
    (document,) = read_conll(content)
    assert "".join(token for token, _ in document) == "".join(text.split())
    wanted = [
        (entity.label, text[entity.start : entity.end].split())
        for entity in without_overlaps(
            [Entity(*each, None) for each in marked if text[each[1] : each[2]].strip()], LABELS
        )
    ]
    found = [(label, "".join(token for token, _ in document[start : end + 1])) for label, start, end in spans(document)]
    assert found == [(label, "".join(words)) for label, words in wanted]


@pytest.mark.parametrize("word", ["Cafe\u0301", "हिन्दी", "ที่นี่", "Straße", "x_1"])
def test_a_word_keeps_its_marks(word):
    assert list(tokens(f"{word}.")) == [(0, len(word)), (len(word), len(word) + 1)]


def test_tokens_never_lie_across_a_cut():
    assert list(tokens("don't stop", [2])) == [(0, 2), (2, 3), (3, 4), (4, 5), (6, 10)]
