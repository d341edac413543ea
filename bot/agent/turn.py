"""One question being answered: who asks, what they may see, and every tool call made for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.agent.progress import Ended, Event, Listener, Started
from bot.reply import Question, Source
from tools.errors import ToolError
from tools.ledger.audience import Audience
from tools.results import Result

log = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True)
class Spent:
    """What the answer before this question cost: the model that gave it, its tokens, USD at list price (None: unknown).
    `cached` input tokens are part of `input`."""

    model: str
    input: int
    cached: int
    output: int
    cost: Decimal | None


@dataclass(slots=True)
class Turn:
    """Calls are recorded from several threads; an index into `calls` stands for a call in the message history.

    `before` is what the answer before cost, None where there is none. `forget` is set by the tool that forgets the
    conversation. `by_model` says that a chat model chose the calls' arguments; `earlier` is what it was shown of the
    conversation.
    """

    question: Question
    audience: Audience
    progress: Progress | None = None
    listener: Listener | None = None
    before: Spent | None = None
    by_model: bool = False
    earlier: tuple[str, ...] = ()
    forget: bool = False
    calls: list[Call] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _steps: int = 0

    def record(self, call: Call) -> int:
        with self._lock:
            self.calls.append(call)
            return len(self.calls) - 1

    @contextmanager
    def step(self, tool: str, doing: str) -> Iterator[Callable[[], None]]:
        """Tell that a step begins and, when the block is left, how it ended: fine unless what is yielded was called or
        the block raised."""
        with self._lock:
            self._steps += 1
            name = f"step-{self._steps}"
        failed: list[bool] = []
        started = time.perf_counter()
        if self.progress is not None and tool:
            self.progress(doing)
        self.tell(Started(name, tool, doing))
        try:
            yield lambda: failed.append(True)
        except BaseException:
            failed.append(True)
            raise
        finally:
            self.tell(Ended(name, tool, doing, time.perf_counter() - started, not failed))

    def tell(self, event: Event) -> None:
        if self.listener is None:
            return
        try:
            self.listener(event)
        except Exception:
            log.exception("What listens to the progress of a question failed.")
