"""The queue table's calls keep DynamoDB's limits and turn its conflicts into ours."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from groundwork.aws.table import Table
from groundwork.task_dispatch.write_conflict import WriteConflictError

from tests.aws.account import Account, put_all


def test_a_condition_that_does_not_hold_is_a_write_conflict(table: Table) -> None:
    table.put({"pk": "a", "sk": "b", "version": 1}, "attribute_not_exists(pk)")
    with pytest.raises(WriteConflictError):
        table.put({"pk": "a", "sk": "b", "version": 2}, "attribute_not_exists(pk)")
    with pytest.raises(WriteConflictError):
        table.put({"pk": "a", "sk": "b", "version": 3}, "version = :version", {":version": 2})
    table.put({"pk": "a", "sk": "b", "version": 2}, "version = :version", {":version": 1})
    assert table.get("a", "b") == {"pk": "a", "sk": "b", "version": 2}


def test_an_update_returns_the_item_and_may_use_words_of_dynamodb(table: Table) -> None:
    table.put({"pk": "a", "sk": "b", "status": "InProgress"})
    changed = table.update("a", "b", "SET #status = :status", {":status": "Stopping"}, "attribute_exists(pk)")
    assert changed == {"pk": "a", "sk": "b", "status": "Stopping"}
    with pytest.raises(WriteConflictError):
        table.update("a", "c", "SET #status = :status", {":status": "Stopping"}, "attribute_exists(pk)")
    assert table.get("a", "c") is None


def test_a_deleted_item_is_gone_and_may_be_deleted_again(table: Table) -> None:
    table.put({"pk": "a", "sk": "b"})
    table.delete("a", "b")
    table.delete("a", "b")
    assert table.get("a", "b") is None


def test_more_items_than_one_batch_takes_are_written_and_read(table: Table) -> None:
    items = [{"pk": "a", "sk": f"{number:04d}", "number": number} for number in range(230)]
    put_all(table, items)
    found = table.get_many([("a", f"{number:04d}") for number in range(240)])
    assert sorted(found, key=lambda item: item["sk"]) == items


def test_what_a_batch_left_undone_is_asked_for_again(account: Account) -> None:
    client = HalfBatches(account.dynamodb)
    busy: Any = client
    table = Table(busy, "queue")
    items = [{"pk": "a", "sk": f"{number:02d}"} for number in range(8)]
    put_all(account.table, items)
    found = table.get_many([("a", f"{number:02d}") for number in range(8)])
    assert sorted(found, key=lambda item: item["sk"]) == items
    assert client.calls > 1


def test_a_query_reads_page_after_page_in_order(table: Table) -> None:
    put_all(table, [{"pk": "a", "sk": f"{number:02d}"} for number in range(12)])
    table.put({"pk": "b", "sk": "00"})
    found = [item["sk"] for item in table.query("a", page=5)]
    assert found == [f"{number:02d}" for number in range(12)]
    assert [item["sk"] for item in table.query("a", least="03", most="06", page=2)] == ["03", "04", "05", "06"]


def test_a_query_of_the_index_gives_what_it_projects(table: Table) -> None:
    table.put({"pk": "a", "sk": "1", "queue": "open", "queueAt": "2", "workers": ["ada"], "slots": {}})
    table.put({"pk": "a", "sk": "2", "queue": "open", "queueAt": "1"})
    table.put({"pk": "a", "sk": "3"})
    found = list(table.query("open", index=True))
    assert [item["sk"] for item in found] == ["2", "1"]
    assert found[1]["workers"] == ["ada"]
    assert "slots" not in found[1]


def test_a_transaction_does_all_or_nothing(table: Table) -> None:
    table.put({"pk": "a", "sk": "count", "ready": 0})
    counted = table.update_action("a", "count", "SET ready = ready + :one", {":one": 1})
    table.transact([{"Put": table.put_action({"pk": "a", "sk": "1"}, "attribute_not_exists(pk)")}, {"Update": counted}])
    with pytest.raises(WriteConflictError):
        table.transact(
            [{"Update": counted}, {"Put": table.put_action({"pk": "a", "sk": "1"}, "attribute_not_exists(pk)")}]
        )
    assert table.get("a", "count") == {"pk": "a", "sk": "count", "ready": 1}


class HalfBatches:
    """Does half of what a batch asks for, as DynamoDB may when it is busy."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.calls = 0

    def batch_get_item(self, RequestItems: dict[str, Any]) -> Any:  # noqa: N803
        self.calls += 1
        ((name, request),) = RequestItems.items()
        keys = request["Keys"]
        now, later = keys[: len(keys) // 2 + 1], keys[len(keys) // 2 + 1 :]
        answer = self._client.batch_get_item(RequestItems={name: {**request, "Keys": now}})
        return {"Responses": answer["Responses"], "UnprocessedKeys": {name: {"Keys": later}} if later else {}}


class BusyItem:
    """An item that is in somebody else's transaction for the first calls."""

    def __init__(self, client: Any, conflicts: int) -> None:
        self._client = client
        self.conflicts = conflicts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def put_item(self, **arguments: Any) -> Any:
        return self._call("PutItem", self._client.put_item, arguments)

    def update_item(self, **arguments: Any) -> Any:
        return self._call("UpdateItem", self._client.update_item, arguments)

    def _call(self, name: str, call: Any, arguments: dict[str, Any]) -> Any:
        if self.conflicts:
            self.conflicts -= 1
            problem: Any = {"Error": {"Code": "TransactionConflictException", "Message": "ongoing transaction"}}
            raise self._client.exceptions.TransactionConflictException(problem, name)
        return call(**arguments)


def test_a_write_waits_for_somebody_elses_transaction_to_end(account: Account) -> None:
    pauses: list[float] = []
    client: Any = BusyItem(account.dynamodb, 3)
    table = Table(client, "queue", sleep=pauses.append)
    table.put({"pk": "a", "sk": "b"})
    assert table.get("a", "b") is not None
    assert len(pauses) == 3


def test_a_write_that_waits_in_vain_is_a_write_conflict(account: Account) -> None:
    client: Any = BusyItem(account.dynamodb, 1_000)
    table = Table(client, "queue", sleep=lambda _: None)
    with pytest.raises(WriteConflictError):
        table.update("a", "b", "SET ready = :one", {":one": 1})


def test_any_other_error_of_dynamodb_passes_through(account: Account) -> None:
    with pytest.raises(ClientError):
        Table(account.dynamodb, "no-such-table").put({"pk": "a", "sk": "b"})
