"""Python values as DynamoDB attribute values, without `Decimal`: numbers stay int and float.

Floats here are times in seconds; DynamoDB keeps 38 digits, so `repr` survives the way there and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AttributeValue = dict[str, Any]
Item = dict[str, AttributeValue]


def marshal(values: Mapping[str, Any]) -> Item:
    """Make an item of a mapping; entries that are None are left out."""
    return {name: to_attribute(value) for name, value in values.items() if value is not None}


def unmarshal(item: Mapping[str, Any]) -> dict[str, Any]:
    """Make a mapping of an item."""
    return {name: from_attribute(value) for name, value in item.items()}


def to_attribute(value: Any) -> AttributeValue:
    """One value as an attribute value.

    Raises
    ------
    TypeError
        A type that no item of ours holds.
    """
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": str(value)}
        case int() | float():
            return {"N": repr(value)}
        case Mapping():
            return {"M": marshal(value)}
        case list() | tuple():
            return {"L": [to_attribute(element) for element in value]}
        case None:
            return {"NULL": True}
        case _:
            raise TypeError(f"no DynamoDB attribute for {type(value).__name__}")


def from_attribute(attribute: Mapping[str, Any]) -> Any:
    """One attribute value as a Python value."""
    ((kind, value),) = attribute.items()
    match kind:
        case "N":
            return float(value) if any(mark in value for mark in ".eE") else int(value)
        case "M":
            return unmarshal(value)
        case "L":
            return [from_attribute(element) for element in value]
        case "NULL":
            return None
        case _:
            return value
