"""The state of one rendering: variables, grants, warnings and what is left of the limits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from liquid import BoundTemplate, RenderContext, Token
from liquid.exceptions import FilterError

from groundwork.job.s3_uri import S3Uri
from groundwork.worker_page.limits import (
    INTEGER_BITS,
    LOOP_TURNS,
    NAMESPACE_BYTES,
    loop_limit,
    namespace_limit,
)
from groundwork.worker_page.s3_address import s3_address
from groundwork.worker_page.text_forms import GrantedUrl, liquid_text

if TYPE_CHECKING:
    from liquid.builtin.tags.for_tag import ForLoop
    from liquid.builtin.tags.tablerow_tag import TableRow

VALUE_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library's filters, and ours, raise when a value is not what they expect."""

Grant = Callable[[S3Uri], str]
"""Makes a short-lived HTTPS address from which a browser may read an object."""


class PageContext(RenderContext):
    """What a template can reach while it renders: `task.input`, its own variables, and nothing of the machine."""

    __slots__ = ("_grant", "_turns", "grant_failure", "granted", "now", "warnings")

    def __init__(
        self, template: BoundTemplate, *, variables: Mapping[str, object], grant: Grant, now: datetime | None
    ) -> None:
        super().__init__(template, globals=variables)
        # The library's own scope also answers `now` and `today` from the machine's clock.
        self.scope = type(self.scope)(self.locals, self.globals, self.counters)
        self._grant = grant
        self._turns = 0
        self.now = now
        self.grant_failure: Exception | None = None
        self.granted: dict[str, str] = {}
        self.warnings: list[str] = []

    def assign(self, key: str, val: Any) -> None:
        """Set a variable.

        Raises
        ------
        LocalNamespaceLimitError
            The variables would hold too much.
        """
        if isinstance(val, int) and val.bit_length() > INTEGER_BITS:
            raise namespace_limit()
        self.locals[key] = val
        if sum(map(sys.getsizeof, self.locals.values())) > NAMESPACE_BYTES:
            raise namespace_limit()

    @contextmanager
    def loop(self, namespace: Mapping[str, object], forloop: ForLoop | TableRow) -> Iterator[RenderContext]:
        """Enter a loop whose turns are counted."""
        forloop.it = self._counted(forloop.it)
        with super().loop(namespace, forloop) as context:
            yield context

    def _counted(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self._turns += 1
            if self._turns > LOOP_TURNS:
                raise loop_limit()
            yield item

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Find a filter, and let what goes wrong in it say its name and place."""
        function = super().filter(name, token)

        def applied(*given: object, **named: object) -> object:
            try:
                return function(*given, **named)
            except VALUE_ERRORS as error:
                if error is self.grant_failure:
                    raise
                raise FilterError(f"{name}: {error}", token=token) from error

        return applied

    def grant(self, value: object) -> str:
        """Turn an S3 address into one the browser may read; the same object gets the same address."""
        text = liquid_text(value)
        uri = s3_address(text)
        if uri is None:
            self.warnings.append(f"grant_read_access: expected the address of an S3 object, got {text[:200]!r}")
            return text
        name = str(uri)
        if name not in self.granted:
            self.granted[name] = self._address(uri)
        return GrantedUrl(self.granted[name])

    def _address(self, uri: S3Uri) -> str:
        try:
            return self._grant(uri)
        except Exception as failure:
            # Kept apart from errors of the template, which it may look like.
            self.grant_failure = failure
            raise
