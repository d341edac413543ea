"""One question being answered: who asks, what they may see, and every tool call made for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.reply import Question, Source
from tools.errors import ToolError
from tools.ledger.audience import Audience
from tools.results import Result

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Output:
    """A tool's result with the passages it cites; `passages` are the stored texts that its claims were taken from."""

    result: Result
    sources: tuple[Source, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call: either `output` or `error` is set. `seconds` is how long it took."""

    tool: str
    args: Mapping[str, Any]
    seconds: float
    output: Output | None = None
    error: ToolError | None = None


@dataclass(slots=True)
class Turn:
    """Calls are recorded from several threads; an index into `calls` stands for a call in the message history."""

    question: Question
    audience: Audience
    progress: Progress | None = None
    calls: list[Call] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def record(self, call: Call) -> int:
        with self._lock:
            self.calls.append(call)
            return len(self.calls) - 1

    def tell(self, sentence: str) -> None:
        if self.progress is not None:
            self.progress(sentence)
