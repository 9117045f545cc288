"""Image networks of known shapes with random weights: as fast as the trained ones, without anybody's file."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

MOBILENET_V2 = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
"""Expansion, channels, blocks, stride of each stage (Sandler et al., 2018)."""
RESNET_18 = ((64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2))
"""Channels, blocks, stride of each stage (He et al., 2016)."""
RESNET_50 = ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2))


class Network:
    """A network under construction; every method returns the name of what it computes."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._weights: dict[str, Any] = {}
        self._random = np.random.default_rng(0)

    def convolution(  # noqa: PLR0913 (what differs between convolutions, by name)
        self, image: str, before: int, after: int, size: int, *, stride: int = 1, groups: int = 1, relu: bool = True
    ) -> str:
        """Convolve `before` channels to `after`, with random weights that keep the scale of values."""
        shape = (after, before // groups, size, size)
        deviation = np.sqrt(2 / (before // groups * size * size))
        weights = f"weights{len(self._weights)}"
        self._weights[weights] = (self._random.standard_normal(shape) * deviation).astype(np.float32)
        made = self._node("Conv", image, weights, strides=[stride] * 2, pads=[size // 2] * 4, group=groups)
        return self._node("Relu", made) if relu else made

    def sum(self, one: str, other: str) -> str:
        """Add two images of the same shape."""
        return self._node("Add", one, other)

    def relu(self, image: str) -> str:
        """Cut what is below zero."""
        return self._node("Relu", image)

    def pooled(self, image: str) -> str:
        """Halve the sides."""
        return self._node("MaxPool", image, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)

    def to_bytes(self, image: str) -> bytes:
        """Finish with the mean of each channel, for images of 224 pixels a side."""
        last = self._node("Flatten", self._node("GlobalAveragePool", image))
        graph = helper.make_graph(
            self._nodes,
            "network",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ("batch", 3, 224, 224))],
            [helper.make_tensor_value_info(last, TensorProto.FLOAT, None)],
            [numpy_helper.from_array(value, name) for name, value in self._weights.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
        content: bytes = model.SerializeToString()
        return content

    def _node(self, kind: str, *inputs: str, **options: Any) -> str:
        output = f"value{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **options))
        return output


def mobilenet_v2() -> bytes:
    """Inverted residuals: 0.3 billion multiplications an image, 1,280 features."""
    network = Network()
    image, channels = network.convolution("image", 3, 32, 3, stride=2), 32
    for expansion, after, blocks, first_stride in MOBILENET_V2:
        for block in range(blocks):
            stride, wide = (first_stride if block == 0 else 1), channels * expansion
            inner = image if expansion == 1 else network.convolution(image, channels, wide, 1)
            inner = network.convolution(inner, wide, wide, 3, stride=stride, groups=wide)
            inner = network.convolution(inner, wide, after, 1, relu=False)
            image = network.sum(image, inner) if stride == 1 and channels == after else inner
            channels = after
    return network.to_bytes(network.convolution(image, channels, 1280, 1))


def resnet_18() -> bytes:
    """Residual blocks of two convolutions: 1.8 billion multiplications an image, 512 features."""
    return _resnet(RESNET_18, bottleneck=1)


def resnet_50() -> bytes:
    """Residual bottlenecks of three convolutions: 4.1 billion multiplications an image, 2,048 features."""
    return _resnet(RESNET_50, bottleneck=4)


def _resnet(stages: tuple[tuple[int, int, int], ...], bottleneck: int) -> bytes:
    network = Network()
    image, channels = network.pooled(network.convolution("image", 3, 64, 7, stride=2)), 64
    for middle, blocks, first_stride in stages:
        for block in range(blocks):
            stride, after = (first_stride if block == 0 else 1), middle * bottleneck
            if bottleneck == 1:
                inner = network.convolution(image, channels, middle, 3, stride=stride)
            else:
                inner = network.convolution(image, channels, middle, 1)
                inner = network.convolution(inner, middle, middle, 3, stride=stride)
            inner = network.convolution(inner, middle, after, 3 if bottleneck == 1 else 1, relu=False)
            if stride != 1 or channels != after:
                image = network.convolution(image, channels, after, 1, stride=stride, relu=False)
            image, channels = network.relu(network.sum(inner, image)), after
    return network.to_bytes(image)
