"""What a person may see while a question is answered: steps as they start and end, then the text once it is checked.

A listener is any function of one event. Events come in the order in which things happen, from several threads at once
where tools run in parallel; the listener must bear that, and should return at once. What it raises is logged and
otherwise ignored: showing progress never costs an answer. Only `Stopped` ends the work: nobody waits for the answer
any more.

In Slack, `Started` and `Ended` of one `id` are the two states of one `task_update` chunk (`in_progress`, then
`complete` or `error`), and each `Said` is one `markdown_text` chunk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

SENTENCE = re.compile(r".+?(?:[.!?](?=\s)|\n|\Z)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Started:
    """A step has begun. `doing` says it for a person ("Reading the ledger"); `tool` is the tool's name, empty while a
    chat model is thinking. `id` is unique within the question."""

    id: str
    tool: str
    doing: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The step `id` is over after `seconds`. `fine` is False where it gave no result: an unknown name, a question back,
    a refusal, a fault."""

    id: str
    tool: str
    doing: str
    seconds: float
    fine: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The next piece of the reply's text, a sentence or so. Every figure and link in it is checked; the pieces of a
    question joined are the reply's text, and nothing that was said is taken back."""

    text: str


class Stopped(BaseException):
    """Raised by a listener. No `except Exception` on the way keeps it: no further tool or model is called, and `ask`
    raises it too."""


Event: TypeAlias = Started | Ended | Said
Listener: TypeAlias = Callable[[Event], None]


def pieces(text: str) -> Iterator[Said]:
    """`text` sentence by sentence; joined they are `text` again."""
    for match in SENTENCE.finditer(text):
        yield Said(match[0])
