"""The shapes of a request's values, each with the words in which a refusal names it (spec: job-api §3.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_SHOWN = 80


def shown(value: object) -> str:
    """Quote a value in a message, cut when it is long."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


def _refusal(value: object, expected: str) -> PydanticCustomError:
    return PydanticCustomError("constraint", "{found} is not accepted", {"found": shown(value), "expected": expected})


@dataclass(frozen=True, slots=True)
class Text:
    """A string of `least` to `most` characters that matches `pattern` in full."""

    expected: str
    pattern: str
    least: int
    most: int
    allows: Callable[[str], bool] = lambda _: True

    def check(self, value: str) -> str:
        """Return the value or raise the refusal."""
        fits = self.least <= len(value) <= self.most and re.fullmatch(self.pattern, value) and self.allows(value)
        if not fits:
            raise _refusal(value, self.expected)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, core_schema.str_schema(strict=True))


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within bounds; a text of digits or a fraction is none."""

    least: int
    most: int | None = None

    @property
    def expected(self) -> str:
        """The bounds in words."""
        return f"an integer from {self.least} to {self.most}" if self.most else f"an integer of at least {self.least}"

    def check(self, value: int) -> int:
        """Return the value or raise the refusal."""
        if value < self.least or (self.most is not None and value > self.most):
            raise _refusal(value, self.expected)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, core_schema.int_schema(strict=True))


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `least` to `most` entries."""

    what: str
    least: int
    most: int

    @property
    def expected(self) -> str:
        """The bounds in words."""
        return f"a list of {self.least} to {self.most} {self.what}"

    def check(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the value or raise the refusal."""
        if not self.least <= len(value) <= self.most:
            found = f"a list of {len(value)}"
            raise PydanticCustomError("constraint", "{found} is not accepted", {"found": found})
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))


def _is_tag_text(value: str) -> bool:
    return all(character in "_.:/=+-@" or unicodedata.category(character)[0] in "LZN" for character in value)


_ARN = r"arn:aws[a-z\-]*"
_ACCOUNT = "[0-9]{12}"

JobName = Annotated[str, Text("1 to 63 letters, digits and inner hyphens", r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", 1, 63)]
AttributeName = Annotated[
    str, Text("1 to 127 letters, digits and inner hyphens", r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,126}", 1, 127)
]
ExportName = Annotated[str, Text("the name of an export format", r"[a-z0-9-]+", 1, 32)]
S3Address = Annotated[
    str, Text("an S3 address s3://bucket/key of at most 1024 characters", r"(https|s3)://([^/]+)/?(.*)", 0, 1024)
]
KmsKeyId = Annotated[
    str, Text('a KMS key id, key ARN or alias of at most 2048 characters, or ""', r"[a-zA-Z0-9:/_-]*", 0, 2048)
]
SnsTopicArn = Annotated[
    str,
    Text("the ARN of an SNS topic", rf"{_ARN}:sns:[a-z0-9\-]*:{_ACCOUNT}:[a-zA-Z0-9_.-]+", 0, 2048),
]
RoleArn = Annotated[
    str,
    Text(
        "a role ARN arn:aws:iam::<account>:role/<name> of 20 to 2048 characters",
        rf"{_ARN}:iam::{_ACCOUNT}:role/?[a-zA-Z_0-9+=,.@\-_/]+",
        20,
        2048,
    ),
]
WorkteamArn = Annotated[
    str,
    Text(
        "a work team ARN arn:aws:sagemaker:<region>:<account>:workteam/private-crowd/<name>",
        rf"{_ARN}:sagemaker:[a-z0-9\-]*:{_ACCOUNT}:workteam/.*",
        0,
        256,
    ),
]
HumanTaskUiArn = Annotated[
    str,
    Text(
        "an ARN arn:aws:sagemaker:<region>:<account>:human-task-ui/<name>",
        rf"{_ARN}:sagemaker:[a-z0-9\-]+:{_ACCOUNT}:human-task-ui/.*",
        0,
        1024,
    ),
]
LambdaFunctionArn = Annotated[
    str,
    Text(
        "a function ARN arn:aws:lambda:<region>:<account>:function:<name>",
        rf"{_ARN}:lambda:[a-z0-9\-]*:{_ACCOUNT}:function:.*",
        0,
        2048,
    ),
]
ModelArn = Annotated[
    str, Text("a model ARN of 20 to 2048 characters", rf"{_ARN}:sagemaker:[a-z0-9\-]*:{_ACCOUNT}:model/.*", 20, 2048)
]
AlgorithmArn = Annotated[
    str, Text("the ARN of a labeling job algorithm specification, at most 2048 characters", r"arn:.*", 0, 2048)
]
VpcResourceId = Annotated[str, Text("an id of at most 32 letters, digits and hyphens", r"[-0-9a-zA-Z]+", 0, 32)]
Keyword = Annotated[
    str,
    Text("1 to 30 letters and digits, words separated by single spaces", r"[A-Za-z0-9]+( [A-Za-z0-9]+)*", 1, 30),
]
TaskTitle = Annotated[
    str, Text("1 to 128 characters, no control characters and no emoji", "[\t\n\r -\ud7ff\ue000-\ufffd]*", 1, 128)
]
TaskDescription = Annotated[str, Text("one line of 1 to 255 characters", r".+", 1, 255)]
TagKey = Annotated[str, Text("1 to 128 letters, digits, spaces and _.:/=+-@", r"(?s:.*)", 1, 128, allows=_is_tag_text)]
TagValue = Annotated[
    str, Text("at most 256 letters, digits, spaces and _.:/=+-@", r"(?s:.*)", 0, 256, allows=_is_tag_text)
]
Origin = Annotated[
    str,
    Text(
        "an origin https://host or https://host:port, without a path",
        r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?",
        9,
        255,
    ),
]
