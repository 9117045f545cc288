"""How many DynamoDB request units a call takes, from what was sent and what came back.

The local stand-ins for AWS do not tell consumed capacity as AWS does, so the rules are applied here: writes by the
KB, reads by 4 KB, transactions twice, and the index by what an item's write changes in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from local.bench.prices import Unit

Attributes = Mapping[str, Mapping[str, Any]]
Key = tuple[str, str]
INDEX_KEY = ("queue", "queueAt")
PROJECTED = ("pk", "sk", "queue", "queueAt", "workers")


def attribute_size(value: Mapping[str, Any]) -> int:
    """Give the bytes of one attribute value in DynamoDB's JSON."""
    ((kind, content),) = value.items()
    return SIZES[kind](content)


def _number_size(text: str) -> int:
    """Two digits a byte, without zeros at the ends, and a byte for the exponent."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return math.ceil(len(digits) / 2) + 1 + text.startswith("-")


SIZES: dict[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": _number_size,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "L": lambda items: 3 + sum(1 + attribute_size(item) for item in items),
    "M": lambda items: 3 + len(items) + item_size(items),
}
"""Bytes by type, of the types the queue table has."""


def item_size(item: Attributes) -> int:
    """Give the bytes of an item: names and values."""
    return sum(len(name.encode()) + attribute_size(value) for name, value in item.items())


def write_units(size: int) -> int:
    """Units of writing an item of this size."""
    return max(1, math.ceil(size / 1024))


def read_units(size: int, *, consistent: bool = True) -> float:
    """Units of reading this much in one request (Query) or of one item."""
    units = max(1, math.ceil(size / 4096))
    return units if consistent else units / 2


class RequestUnits:
    """Units of the calls on one table; remembers items, because a write is billed by old and new state."""

    def __init__(self) -> None:
        self._items: dict[Key, Attributes] = {}

    def of(self, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[tuple[Unit, float]]:
        """Give what one call takes. A refused condition takes what the write would have taken."""
        failed = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 200) >= 300
        counters: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any], bool], Iterator[tuple[Unit, float]]]] = {
            "GetItem": self._get,
            "BatchGetItem": self._batch_get,
            "Query": self._query,
            "PutItem": self._put,
            "UpdateItem": self._update,
            "DeleteItem": self._delete,
            "BatchWriteItem": self._batch_write,
            "TransactWriteItems": self._transact,
        }
        if operation not in counters:
            raise ValueError(f"the benchmark does not know what DynamoDB's {operation} costs")
        yield from counters[operation](params, answer, failed)

    def _get(self, params: Mapping[str, Any], answer: Mapping[str, Any], _: bool) -> Iterator[tuple[Unit, float]]:
        yield Unit.READ, self._read(answer.get("Item", {}), consistent=bool(params.get("ConsistentRead")))

    def _batch_get(self, _: Mapping[str, Any], answer: Mapping[str, Any], __: bool) -> Iterator[tuple[Unit, float]]:
        for items in answer.get("Responses", {}).values():
            for item in items:
                yield Unit.READ, self._read(item, consistent=True)

    def _query(self, params: Mapping[str, Any], answer: Mapping[str, Any], _: bool) -> Iterator[tuple[Unit, float]]:
        size = sum(item_size(item) for item in answer.get("Items", ()))
        yield Unit.READ, read_units(size, consistent=bool(params.get("ConsistentRead")))

    def _put(self, params: Mapping[str, Any], _: Mapping[str, Any], failed: bool) -> Iterator[tuple[Unit, float]]:
        yield from self._written(params["Item"], failed=failed, transacted=False)

    def _update(
        self, params: Mapping[str, Any], answer: Mapping[str, Any], failed: bool
    ) -> Iterator[tuple[Unit, float]]:
        key = _key(params["Key"])
        after = answer.get("Attributes") or self._items.get(key, params["Key"])
        before = self._items.get(key, {})
        yield Unit.WRITE, write_units(max(item_size(before), item_size(after)))
        if not failed:
            yield from _index_writes(before, after)
            self._items[key] = after

    def _delete(self, params: Mapping[str, Any], _: Mapping[str, Any], failed: bool) -> Iterator[tuple[Unit, float]]:
        before = self._items.get(_key(params["Key"]), {})
        yield Unit.WRITE, write_units(item_size(before))
        if not failed:
            yield from _index_writes(before, {})
            self._items.pop(_key(params["Key"]), None)

    def _batch_write(
        self, params: Mapping[str, Any], _: Mapping[str, Any], failed: bool
    ) -> Iterator[tuple[Unit, float]]:
        for requests in params["RequestItems"].values():
            for request in requests:
                yield from self._written(request["PutRequest"]["Item"], failed=failed, transacted=False)

    def _transact(self, params: Mapping[str, Any], _: Mapping[str, Any], failed: bool) -> Iterator[tuple[Unit, float]]:
        for action in params["TransactItems"]:
            if "Put" in action:
                yield from self._written(action["Put"]["Item"], failed=failed, transacted=True)
            else:
                known = self._items.get(_key(action["Update"]["Key"]), {})
                yield Unit.TRANSACTED_WRITE, 2 * write_units(item_size(known))

    def _read(self, item: Attributes, *, consistent: bool) -> float:
        if "pk" in item:
            self._items[_key(item)] = item
        return read_units(item_size(item), consistent=consistent)

    def _written(self, item: Attributes, *, failed: bool, transacted: bool) -> Iterator[tuple[Unit, float]]:
        before = self._items.get(_key(item), {})
        units = write_units(max(item_size(before), item_size(item)))
        yield (Unit.TRANSACTED_WRITE, 2 * units) if transacted else (Unit.WRITE, units)
        if not failed:
            yield from _index_writes(before, item)
            self._items[_key(item)] = item


def _key(item: Attributes) -> Key:
    return item["pk"]["S"], item["sk"]["S"]


def _index_writes(before: Attributes, after: Attributes) -> Iterator[tuple[Unit, float]]:
    """Tell what the index takes: a changed key takes the old entry out and puts a new one in."""
    old, new = _entry(before), _entry(after)
    if old == new:
        return
    moved = old and new and [old[name] for name in INDEX_KEY] != [new[name] for name in INDEX_KEY]
    if moved or not new:
        yield Unit.INDEX_WRITE, write_units(item_size(old))
    if new:
        yield Unit.INDEX_WRITE, write_units(item_size(new))


def _entry(item: Attributes) -> dict[str, Mapping[str, Any]]:
    if not all(name in item for name in INDEX_KEY):
        return {}
    return {name: item[name] for name in PROJECTED if name in item}
