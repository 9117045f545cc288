"""Features of images by a model of the deployer's own, an ONNX file: the vector of one of its outputs.

Any image model will do that takes one image input, with the channels first or last, a fixed or a free batch: a
network without its last layer, a whole classifier, or a vision transformer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from groundwork.active_learning.feature_extraction.extractor import Content
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.feature_extraction.image_decoding import UnreadableImageError, decoded
from groundwork.active_learning.feature_extraction.onnx_input import image_input
from groundwork.active_learning.feature_extraction.onnx_preprocessing import Preprocessing, arranged, normalized, pixels
from groundwork.active_learning.features import Features, UnreadableObjectError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MOST_MODEL_BYTES = 400 * 1024 * 1024
"""Size of a model file: while it is loaded the function's 3,008 MB hold it about three times."""
WIDEST = 2048
"""Numbers in a vector: what is learned from 100,000 of them takes 2 GB."""
LARGEST_HALF = float(np.finfo(np.float16).max)


class OnnxFeatures:
    """Extracts by one model.

    Parameters
    ----------
    name
        What errors call the model: its address.
    model
        Content of the file.
    preprocessing
        Content of the JSON file beside it; None when there is none.
    threads
        Processors to use.

    Raises
    ------
    FeatureExtractorError
        It is no model, or none of the kind.
    """

    def __init__(self, name: str, model: bytes, preprocessing: bytes | None, threads: int) -> None:
        self._name = name
        self._settings = _settings(name, preprocessing)
        self._session = _session(name, model, threads)
        self._input = image_input(name, self._session.get_inputs(), self._settings)
        self._output = self._chosen_output()

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return len(self._vector(np.zeros((self._input.height, self._input.width, 3), np.uint8)))

    def extract(self, contents: Sequence[Content]) -> Features:
        """Run the model on each image.

        Raises
        ------
        UnreadableObjectError
            A file is no image, is damaged, or too large.
        """
        rows = []
        for row, content in enumerate(contents):
            if isinstance(content, str):
                raise UnreadableObjectError(row, "a text is no image")
            try:
                image = decoded(content, side=max(self._input.height, self._input.width))
            except UnreadableImageError as error:
                raise UnreadableObjectError(row, str(error)) from error
            rows.append(self._vector(pixels(image, self._input.height, self._input.width, self._settings)))
        # Half precision: three digits, a fraction of the noise between two pictures of one thing.
        cut = np.clip(np.array(rows), -LARGEST_HALF, LARGEST_HALF)
        return Features(np.nan_to_num(cut).astype(np.float16))

    def _vector(self, colors: NDArray[np.uint8]) -> NDArray[np.float32]:
        return _pooled(self._run([self._output], colors)[0], self._input.layout)

    def _run(self, outputs: list[str] | None, colors: NDArray[np.uint8]) -> list[Any]:
        values = arranged(colors, self._input.channels, self._settings)
        values = np.round(values) if self._input.type is np.uint8 else normalized(values, self._settings)
        image = values if self._input.layout == "NHWC" else values.transpose(2, 0, 1)
        batch = np.zeros((self._input.batch, *image.shape), self._input.type)
        batch[0] = image
        try:
            found: list[Any] = self._session.run(outputs, {self._input.name: batch})
        except Exception as error:
            # The runtime's own errors share no base but Exception.
            raise FeatureExtractorError(self._name, f"it does not run on an image: {_first_line(error)}") from error
        return found

    def _chosen_output(self) -> str:
        """Take the named output, else the last that is a vector, else the last that can be pooled to one."""
        names = [output.name for output in self._session.get_outputs()]
        if self._settings.output is not None and self._settings.output not in names:
            raise FeatureExtractorError(
                self._name, f"it has no output {self._settings.output!r}; there are {', '.join(names)}"
            )
        # Shapes are often left open in the file, so the outputs are looked at as they come for a black image.
        wanted = [self._settings.output] if self._settings.output else names
        black = np.zeros((self._input.height, self._input.width, 3), np.uint8)
        ranks = {
            name: np.ndim(value)
            for name, value in zip(wanted, self._run(wanted, black), strict=True)
            if isinstance(value, np.ndarray) and np.issubdtype(value.dtype, np.floating)
        }
        for rank in (2, 4, 3):
            of_rank = [name for name in wanted if ranks.get(name) == rank]
            if of_rank:
                return self._of_good_width(of_rank[-1], black)
        raise FeatureExtractorError(self._name, "none of its outputs is an array of 2 to 4 dimensions of real numbers")

    def _of_good_width(self, output: str, black: NDArray[np.uint8]) -> str:
        width = len(_pooled(self._run([output], black)[0], self._input.layout))
        if not 1 <= width <= WIDEST:
            raise FeatureExtractorError(
                self._name, f"its output {output!r} has {width:,} numbers for an image; 1 to {WIDEST:,} are accepted"
            )
        return output


def _pooled(output: NDArray[Any], layout: str) -> NDArray[np.float32]:
    """Reduce the first image's output to a vector: maps by the mean of their places, tokens by that of all."""
    first = np.asarray(output[0], dtype=np.float32)
    if first.ndim == 3:
        first = first.mean(axis=(1, 2) if layout == "NCHW" else (0, 1))
    elif first.ndim == 2:
        first = first.mean(axis=0)
    return first


def _settings(name: str, preprocessing: bytes | None) -> Preprocessing:
    try:
        return Preprocessing.model_validate_json(preprocessing) if preprocessing is not None else Preprocessing()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        place = ".".join(map(str, problem["loc"])) or "the file"
        raise FeatureExtractorError(f"{name}.json", f"{place}: {problem['msg']}") from error


def _session(name: str, model: bytes, threads: int) -> InferenceSession:
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    # Named, because the runtime can't see in Lambda how many processors it has.
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # The runtime's own errors share no base but Exception.
        raise FeatureExtractorError(name, f"it is no ONNX model that can be run: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]
