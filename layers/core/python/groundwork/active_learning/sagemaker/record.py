"""The records that SageMaker's containers answer with as `application/x-recordio-protobuf`.

A RecordIO frame is a magic number, the length of its payload, and the payload filled up to four bytes. The payload is a
`Record` message: features by name, each a tensor of values (SageMaker developer guide, "Common Data Formats"; Protocol
Buffers encoding). Only what segmentation answers with is read: float32 and int32 tensors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor: TypeAlias = NDArray[np.float32] | NDArray[np.int32]

MAGIC = 0xCED7230A
_LENGTH = (1 << 29) - 1
"""The three bits above tell parts of a split record; containers send records whole."""
_FEATURES = 1
_KEY, _VALUE = 1, 2
_FLOAT32, _INT32 = 2, 7
"""Fields of `Value`: which kind of tensor it holds."""
_VALUES = 1
"""Field of every tensor: its values."""
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
"""Wire types."""


class RecordError(ValueError):
    """Bytes that are no such record."""


def read_record(content: bytes) -> dict[str, Tensor]:
    """Read the first record: its features by name, each of shape (n,).

    Raises
    ------
    RecordError
        The bytes are no RecordIO frame with a `Record` in it.
    """
    try:
        return dict(_feature(value) for number, value in _fields(_payload(content)) if number == _FEATURES)
    except RecordError:
        raise
    except (LookupError, struct.error, ValueError) as error:
        raise RecordError(f"the record can't be read: {error}") from error


def _payload(content: bytes) -> memoryview:
    magic, length = struct.unpack_from("<II", content)
    if magic != MAGIC:
        raise RecordError("the file is no RecordIO")
    payload = memoryview(content)[8 : 8 + (length & _LENGTH)]
    if len(payload) != length & _LENGTH:
        raise RecordError("the record is cut off")
    return payload


def _feature(entry: memoryview) -> tuple[str, Tensor]:
    parts = dict(_fields(entry))
    return bytes(parts[_KEY]).decode() if _KEY in parts else "", _tensor(parts[_VALUE])


def _tensor(value: memoryview) -> Tensor:
    import numpy as np  # noqa: PLC0415

    for number, tensor in _fields(value):
        parts = [part for field, part in _fields(tensor) if field == _VALUES]
        if number == _FLOAT32:
            return np.concatenate([np.frombuffer(part, "<f4") for part in parts] or [np.empty(0, "<f4")])
        if number == _INT32:
            numbers = [number for part in parts for number in _numbers(part)]
            return np.array(numbers, np.int64).astype(np.int32)
    raise RecordError("a feature has neither a float32 nor an int32 tensor")


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Go through a message; a value that stands by itself is given as the bytes it was written in."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        number, wire = tag >> 3, tag & 7
        if wire == _BYTES:
            length, place = _varint(message, place)
            end = place + length
        elif wire == _VARINT:
            _, end = _varint(message, place)
        elif wire in (_FIXED32, _FIXED64):
            end = place + (4 if wire == _FIXED32 else 8)
        else:
            raise RecordError(f"wire type {wire} is none of a record's")
        if end > len(message):
            raise RecordError("the record is cut off")
        yield number, message[place:end]
        place = end


def _numbers(packed: memoryview) -> Iterator[int]:
    place = 0
    while place < len(packed):
        number, place = _varint(packed, place)
        yield number - (1 << 64) if number >> 63 else number


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = message[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, place
        shift += 7
        if shift > 63:
            raise RecordError("a number has too many digits")
