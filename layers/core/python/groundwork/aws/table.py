"""The queue table: keys, and the few calls every gateway on it makes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from groundwork.aws.dynamodb_item import marshal, to_attribute, unmarshal
from groundwork.task_dispatch.write_conflict import WriteConflictError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BATCH_GET_ITEMS = 100
"""DynamoDB's limit of one BatchGetItem."""
INDEX = "queue"
BUSY_TRIES = 10
"""Attempts at a write of an item that somebody else's transaction holds, which lasts some tens of milliseconds."""
BUSY_SECONDS = 0.02


class Table:
    """One DynamoDB table with string keys `pk` and `sk`."""

    def __init__(self, client: DynamoDBClient, name: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self.name = name
        self._sleep = sleep

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        """Read one item, strongly consistent."""
        answer = self._client.get_item(TableName=self.name, Key=marshal({"pk": pk, "sk": sk}), ConsistentRead=True)
        return unmarshal(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        """Read many items, strongly consistent, in no particular order."""
        found: list[dict[str, Any]] = []
        for first in range(0, len(keys), BATCH_GET_ITEMS):
            wanted: Any = [marshal({"pk": pk, "sk": sk}) for pk, sk in keys[first : first + BATCH_GET_ITEMS]]
            while wanted:
                request: Any = {self.name: {"Keys": wanted, "ConsistentRead": True}}
                answer = self._client.batch_get_item(RequestItems=request)
                found += [unmarshal(item) for item in answer["Responses"].get(self.name, [])]
                left = answer["UnprocessedKeys"].get(self.name)
                wanted = left["Keys"] if left else []
        return found

    def put(
        self, item: Mapping[str, Any], condition: str | None = None, values: Mapping[str, Any] | None = None
    ) -> None:
        """Write one item.

        Raises
        ------
        WriteConflictError
            The condition does not hold.
        """
        self._conditional(self._client.put_item, self.put_action(item, condition, values))

    def update(
        self, pk: str, sk: str, change: str, values: Mapping[str, Any], condition: str | None = None
    ) -> dict[str, Any]:
        """Change one item and return it as it is then.

        Attribute names that are DynamoDB's words are written with a leading `#` and need no declaration.

        Raises
        ------
        WriteConflictError
            The condition does not hold.
        """
        action = {**self.update_action(pk, sk, change, values, condition), "ReturnValues": "ALL_NEW"}
        return unmarshal(self._conditional(self._client.update_item, action)["Attributes"])

    def delete(self, pk: str, sk: str) -> None:
        """Delete one item; no error when there is none."""
        self._client.delete_item(TableName=self.name, Key=marshal({"pk": pk, "sk": sk}))

    def query(
        self, pk: str, *, least: str = "", most: str | None = None, index: bool = False, page: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Read the items of a partition in order, from `least` to `most`, both inclusive, `page` at a time.

        A query of the index is eventually consistent, as DynamoDB's global indexes are.
        """
        keys = ("queue", "queueAt") if index else ("pk", "sk")
        condition = f"{keys[0]} = :pk AND {keys[1]} " + ("BETWEEN :least AND :most" if most else ">= :least")
        values = {":pk": pk, ":least": least or " ", **({":most": most} if most else {})}
        arguments: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": marshal(values),
            **({"IndexName": INDEX} if index else {"ConsistentRead": True}),
            **({"Limit": page} if page else {}),
        }
        while True:
            answer = self._client.query(**arguments)
            for item in answer["Items"]:
                yield unmarshal(item)
            if "LastEvaluatedKey" not in answer:
                return
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def transact(self, actions: Sequence[Mapping[str, Any]]) -> None:
        """Do all of it or nothing.

        Raises
        ------
        WriteConflictError
            A condition does not hold, or another transaction has one of the items.
        """
        try:
            self._client.transact_write_items(TransactItems=list(actions))  # type: ignore[arg-type]
        except self._client.exceptions.TransactionCanceledException as error:
            raise WriteConflictError(str(error)) from error
        except ClientError as error:
            if error.response["Error"]["Code"] == "TransactionConflictException":
                raise WriteConflictError(str(error)) from error
            raise

    def put_action(
        self, item: Mapping[str, Any], condition: str | None = None, values: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Describe a put, for a transaction."""
        return {"TableName": self.name, "Item": marshal(item), **_expressions(None, condition, values or {})}

    def update_action(
        self, pk: str, sk: str, change: str, values: Mapping[str, Any], condition: str | None = None
    ) -> dict[str, Any]:
        """Describe an update, for a transaction."""
        key = marshal({"pk": pk, "sk": sk})
        return {"TableName": self.name, "Key": key, **_expressions(change, condition, values)}

    def _conditional(self, call: Any, arguments: Mapping[str, Any]) -> Any:
        for attempt in range(1, BUSY_TRIES + 1):
            try:
                return call(**arguments)
            except self._client.exceptions.ConditionalCheckFailedException as error:
                raise WriteConflictError(str(error)) from error
            except self._client.exceptions.TransactionConflictException:
                self._sleep(BUSY_SECONDS * attempt)
        raise WriteConflictError("another transaction kept the item")


def _expressions(change: str | None, condition: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {f"#{name}": name for name in re.findall(r"#(\w+)", f"{change or ''} {condition or ''}")}
    return {
        **({"UpdateExpression": change} if change else {}),
        **({"ConditionExpression": condition} if condition else {}),
        **({"ExpressionAttributeNames": names} if names else {}),
        **(
            {"ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()}}
            if values
            else {}
        ),
    }
