"""Errors whose text is a sentence for the person who asked or imported.

`status` says what a reply becomes when the error ends a question; the command line prints the sentence and exits 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

Status = Literal["answered", "clarify", "unknown", "denied", "failed"]


class ToolError(Exception):
    """Something the asker should hear; `str(error)` is the sentence."""

    status: ClassVar[Status] = "failed"


class Unknown(ToolError):
    """A name, price, period or figure that Outlay does not have. Never stands for zero.

    `nearest` holds the known names closest to what was asked, best first; may be empty.
    """

    status: ClassVar[Status] = "unknown"

    def __init__(self, sentence: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.nearest = tuple(nearest)


class NeedsChoice(ToolError):
    """Two or more readings fit, or a needed value is missing: ask back, offering `options` (may be empty)."""

    status: ClassVar[Status] = "clarify"

    def __init__(self, sentence: str, options: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.options = tuple(options)


class Denied(ToolError):
    """The asker or the channel may not see this. The sentence names no figure and no other team."""

    status: ClassVar[Status] = "denied"


class BadInput(ToolError):
    """A file or value that cannot be used as it is; names the file, the line and the column where there is one."""

    def __init__(
        self, why: str, *, file: str | None = None, line: int | None = None, column: str | None = None
    ) -> None:
        where = ", ".join(
            part
            for part in (
                file,
                f"line {line}" if line is not None else None,
                f"column {column}" if column else None,
            )
            if part
        )
        super().__init__(f"{where}: {why}" if where else why)
        self.why, self.file, self.line, self.column = why, file, line, column
