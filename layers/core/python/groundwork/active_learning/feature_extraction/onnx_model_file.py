"""A model of the deployer's own, as it lies in S3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.feature_extraction.onnx_features import MOST_MODEL_BYTES, OnnxFeatures
from groundwork.job.s3_uri import S3Uri

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore


def model_identity(store: ObjectStore, uri: S3Uri) -> str:
    """Tell a model file from what may be written in its place later.

    Raises
    ------
    FeatureExtractorError
        It can't be read.
    """
    try:
        return f"{uri} {store.head(uri).etag}"
    except (LookupError, OSError) as error:
        raise FeatureExtractorError(str(uri), str(error)) from error


def read_model(store: ObjectStore, uri: S3Uri, threads: int) -> OnnxFeatures:
    """Load a model, with the JSON file beside it if there is one, into memory; nothing is written to disk.

    Raises
    ------
    FeatureExtractorError
        It can't be read, is too large, or is no model that fits.
    """
    try:
        content = store.read_within(uri, MOST_MODEL_BYTES)
    except (LookupError, OSError, ValueError) as error:
        raise FeatureExtractorError(str(uri), str(error)) from error
    return OnnxFeatures(str(uri), content, _beside(store, uri), threads)


def _beside(store: ObjectStore, uri: S3Uri) -> bytes | None:
    try:
        return store.find(S3Uri(uri.bucket, f"{uri.key}.json"))
    except OSError:
        # Where the deployment may read the two files and not list the bucket, S3 answers so for one that is missing.
        return None
