"""Small ONNX models, made in the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT


def channel_means(
    *,
    shape: Sequence[int | str | None] = ("n", 3, 8, 8),
    type_: int = FLOAT,
    maps: bool = False,
    initializers: Mapping[str, Any] | None = None,
) -> bytes:
    """A model whose features are the means of the channels of its normalized input; as maps: the input itself."""
    nodes = [helper.make_node("Cast", ["image"], ["real"], to=FLOAT)]
    if maps:
        nodes.append(helper.make_node("Identity", ["real"], ["features"]))
    else:
        nodes.append(helper.make_node("ReduceMean", ["real", "axes"], ["features"], keepdims=0))
    axes = [2, 3] if shape[1] in (1, 3) else [1, 2]
    constants = {"axes": np.array(axes, np.int64), **(initializers or {})}
    return model(nodes, shape, ["features"], constants, type_=type_)


def model(
    nodes: Sequence[Any],
    shape: Sequence[int | str | None],
    outputs: Sequence[str],
    constants: Mapping[str, Any] | None = None,
    *,
    type_: int = FLOAT,
    types: Mapping[str, int] | None = None,
) -> bytes:
    graph = helper.make_graph(
        nodes,
        "model",
        [helper.make_tensor_value_info("image", type_, shape)],
        [helper.make_tensor_value_info(name, (types or {}).get(name, FLOAT), None) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in (constants or {}).items()],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    content: bytes = made.SerializeToString()
    return content
