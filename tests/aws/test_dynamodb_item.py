"""Values survive the way into an item and back."""

from __future__ import annotations

from typing import Any

import pytest
from groundwork.aws.dynamodb_item import marshal, to_attribute, unmarshal
from groundwork.aws.table import Table
from groundwork.task_dispatch.slots import SlotState
from hypothesis import given
from hypothesis import strategies as st

MOMENT = 1_772_705_472.123_456_7


def test_numbers_keep_their_kind_and_every_digit() -> None:
    values = {"count": 3, "moment": MOMENT, "open": True, "big": 10**30, "small": 1e-7}
    back = unmarshal(marshal(values))
    assert back == values
    assert [type(value) for value in back.values()] == [int, float, bool, int, float]


def test_what_is_none_is_left_out_of_an_item_and_kept_in_a_list() -> None:
    assert marshal({"until": None, "names": [None, "a"]}) == {"names": {"L": [{"NULL": True}, {"S": "a"}]}}


def test_an_enumeration_is_its_text() -> None:
    assert to_attribute(SlotState.LEASED) == {"S": "leased"}
    assert type(to_attribute(SlotState.LEASED)["S"]) is str


def test_a_type_no_item_holds_is_named() -> None:
    with pytest.raises(TypeError, match="bytes"):
        to_attribute(b"raw")


VALUES = st.recursive(
    st.booleans() | st.integers(-(10**30), 10**30) | st.text() | st.floats(0, 4e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(values=st.dictionaries(st.text(min_size=1), VALUES, max_size=4))
def test_any_item_comes_back_as_it_was(values: dict[str, Any]) -> None:
    assert unmarshal(marshal(values)) == values


def test_a_time_survives_the_table(table: Table) -> None:
    table.put({"pk": "a", "sk": "b", "moment": MOMENT})
    assert table.get("a", "b") == {"pk": "a", "sk": "b", "moment": MOMENT}
