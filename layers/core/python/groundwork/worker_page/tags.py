"""Tags that print or store text, with our escaping in place of the library's."""

from __future__ import annotations

from typing import TextIO

from liquid import RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.capture_tag import CaptureNode, CaptureTag
from liquid.builtin.tags.cycle_tag import CycleNode, CycleTag
from liquid.builtin.tags.echo_tag import EchoNode, EchoTag
from liquid.builtin.tags.ifchanged_tag import IfChangedNode, IfChangedTag

from groundwork.worker_page.buffers import CaptureBuffer, write_forms
from groundwork.worker_page.text_forms import Forms, forms_of, liquid_text


class PageOutputNode(OutputNode):
    """`{{ … }}`."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value."""
        return write_forms(forms_of(self.expression.evaluate(context)), buffer)


class PageEchoNode(EchoNode):
    """`{% echo … %}`."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value."""
        return write_forms(forms_of(self.expression.evaluate(context)), buffer)


class PageCycleNode(CycleNode):
    """`{% cycle … %}`."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the next value of the group."""
        values = [argument.evaluate(context) for argument in self.args]
        group = liquid_text(self.group.evaluate(context)) if self.group else str(values)
        return write_forms(forms_of(values[context.cycle(group, len(values))]), buffer)


class PageCaptureNode(CaptureNode):
    """`{% capture … %}`."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Store the block."""
        captured = CaptureBuffer()
        self.block.render(context, captured)
        context.assign(self.name, captured.captured())
        return 0


class PageIfChangedNode(IfChangedNode):
    """`{% ifchanged %}`."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the block when it differs from the last time."""
        captured = CaptureBuffer()
        self.block.render(context, captured)
        forms: Forms = captured.captured().forms
        return write_forms(forms, buffer) if context.ifchanged(forms.html) else 0


class PageOutput(Output):
    """`{{ … }}`."""

    node_class = PageOutputNode


class PageEcho(EchoTag):
    """`{% echo … %}`."""

    node_class = PageEchoNode


class PageCycle(CycleTag):
    """`{% cycle … %}`."""

    node_class = PageCycleNode


class PageCapture(CaptureTag):
    """`{% capture … %}`."""

    node_class = PageCaptureNode


class PageIfChanged(IfChangedTag):
    """`{% ifchanged %}`."""

    node_class = PageIfChangedNode
