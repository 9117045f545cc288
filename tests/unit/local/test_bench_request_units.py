from collections import Counter
from typing import Any

import pytest

from local.bench.prices import Unit
from local.bench.request_units import RequestUnits, attribute_size, item_size, read_units, write_units


def data_object(**attributes: Any) -> dict[str, Any]:
    return {"pk": {"S": "JOB#tickets#000000"}, "sk": {"S": "00000007"}, **attributes}


def opened(moment: str, *workers: str) -> dict[str, Any]:
    queue = {"queue": {"S": "tickets#open#3"}, "queueAt": {"S": moment}}
    return data_object(workers={"L": [{"S": worker} for worker in workers]}, **queue)


def put(units: RequestUnits, item: dict[str, Any], status: int = 200) -> Counter[Unit]:
    answer = {"ResponseMetadata": {"HTTPStatusCode": status}}
    return count(units, "PutItem", {"TableName": "queue", "Item": item}, answer)


def count(units: RequestUnits, operation: str, params: dict[str, Any], answer: dict[str, Any]) -> Counter[Unit]:
    counted: Counter[Unit] = Counter()
    for unit, amount in units.of(operation, params, answer):
        counted[unit] += amount  # type: ignore[assignment]
    return counted


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "Zürich"}, 7),
        ({"N": "1793613600.25"}, 7),
        ({"N": "-38"}, 3),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": [{"S": "ab"}, {"S": "c"}]}, 3 + 3 + 2),
        ({"M": {"state": {"S": "leased"}}}, 3 + 1 + 5 + 6),
    ],
)
def test_an_attribute_has_the_size_dynamodb_documents(value: dict[str, Any], size: int) -> None:
    assert attribute_size(value) == size


def test_names_count_as_part_of_an_item() -> None:
    assert item_size({"pk": {"S": "JOB#tickets"}, "open": {"BOOL": False}}) == 2 + 11 + 4 + 1


@pytest.mark.parametrize(("size", "units"), [(0, 1), (1024, 1), (1025, 2)])
def test_writes_are_billed_by_the_kilobyte(size: int, units: int) -> None:
    assert write_units(size) == units


@pytest.mark.parametrize(
    ("size", "consistent", "units"), [(0, True, 1), (4096, True, 1), (4097, True, 2), (1, False, 0.5)]
)
def test_reads_are_billed_by_four_kilobytes(size: int, consistent: bool, units: float) -> None:
    assert read_units(size, consistent=consistent) == units


def test_an_item_that_enters_the_index_is_written_there_too() -> None:
    assert put(RequestUnits(), opened("1")) == {Unit.WRITE: 1, Unit.INDEX_WRITE: 1}


def test_a_write_that_changes_nothing_in_the_index_costs_nothing_there() -> None:
    units = RequestUnits()
    put(units, opened("1", "ana"))

    assert put(units, {**opened("1", "ana"), "version": {"N": "2"}}) == {Unit.WRITE: 1}


def test_a_new_worker_rewrites_the_index_entry_and_a_new_place_moves_it() -> None:
    units = RequestUnits()
    put(units, opened("1"))

    assert put(units, opened("1", "ana")) == {Unit.WRITE: 1, Unit.INDEX_WRITE: 1}
    assert put(units, opened("2", "ana")) == {Unit.WRITE: 1, Unit.INDEX_WRITE: 2}


def test_an_item_that_leaves_the_index_is_taken_out_of_it() -> None:
    units = RequestUnits()
    put(units, opened("1"))

    assert put(units, data_object()) == {Unit.WRITE: 1, Unit.INDEX_WRITE: 1}


def test_a_refused_condition_costs_the_write_but_leaves_the_index_alone() -> None:
    units = RequestUnits()
    put(units, opened("1"))

    assert put(units, opened("2"), status=400) == {Unit.WRITE: 1}
    assert put(units, opened("1")) == {Unit.WRITE: 1}


def test_a_transaction_takes_twice_the_units() -> None:
    key = {"pk": {"S": "JOB#tickets"}, "sk": {"S": "WINDOW"}}
    params = {"TransactItems": [{"Put": {"Item": data_object()}}, {"Update": {"Key": key}}]}

    assert count(RequestUnits(), "TransactWriteItems", params, {}) == {Unit.TRANSACTED_WRITE: 4}


def test_a_query_is_billed_by_what_it_read_in_all() -> None:
    item = data_object(text={"S": "x" * 1_500})

    consistent = count(RequestUnits(), "Query", {"ConsistentRead": True}, {"Items": [item] * 3})
    index = count(RequestUnits(), "Query", {"IndexName": "queue"}, {"Items": [item] * 3})

    assert consistent == {Unit.READ: 2}
    assert index == {Unit.READ: 1}


def test_an_unknown_operation_is_no_free_one() -> None:
    with pytest.raises(ValueError, match="Scan"):
        count(RequestUnits(), "Scan", {}, {})
