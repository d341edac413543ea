"""What keeps attacks off, each with a way to take it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.agent.grounding.check import Grounding
from tools.ledger.audience import EVERYTHING, Audience


@dataclass(frozen=True, slots=True)
class Guard:
    """Without it, at least one of `attacks` (by name) brings something out."""

    name: str
    attacks: tuple[str, ...]
    take: Callable[[pytest.MonkeyPatch], None]


def _set(target: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(target, value)


def _unfiltered(audience: Audience, dimensions: Any) -> Any:
    from tools.ledger.ledger import charges

    return charges()


def _open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("tools.ledger.query.visible", _unfiltered)
    patch.setattr("tools.ledger.known.visible", _unfiltered)


def _unwatched(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("tools.ledger.query.only_theirs", lambda ledger, table, audience: None)


def _open_and_unwatched(patch: pytest.MonkeyPatch) -> None:
    _open(patch)
    _unwatched(patch)


def _obeying(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("knowledge.answering.candidates.gives_orders", lambda sentence: False)
    patch.setattr("knowledge.answering.orders.without_orders", lambda text: text)


def _lax(patch: pytest.MonkeyPatch) -> None:
    from bot.agent.toolbox.tool import Tool

    strict = Tool.call

    def call(self: Any, services: Any, turn: Any, args: dict[str, Any]) -> Any:
        known = {name: value for name, value in args.items() if name in self.arguments.model_fields}
        return strict(self, services, turn, known)

    patch.setattr(Tool, "call", call)


def _one_thread(patch: pytest.MonkeyPatch) -> None:
    from bot.agent.memory import Conversations

    shared = Conversations.thread
    patch.setattr(Conversations, "thread", lambda self, name, audience: shared(self, name, EVERYTHING))


GUARDS = (
    Guard(
        "the ledger's filter by audience and the second look at its rows",
        ("every team's spend by spend_total", "every team's spend by spend_by"),
        _open_and_unwatched,
    ),
    Guard(
        "that only names which may be seen are near an unknown one",
        ("another team by a name near its sub-account's",),
        _set("tools.ledger.known.teams_seen", lambda audience, dimensions: None),
    ),
    Guard(
        "the channel's limit",
        ("an administrator in a channel of one team", "one's own spend in a channel of another team"),
        lambda patch: patch.setattr(Audience, "within", lambda self, other: self),
    ),
    Guard(
        "the check of figures",
        ("a figure in digits", "a figure in words", "a figure in a table"),
        _set("bot.agent.compose.check", lambda text, evidence: Grounding(text)),
    ),
    Guard(
        "the check of figures in dress",
        ("a figure as a couple", "a figure in Roman numerals"),
        _set("bot.agent.grounding.check.disguised", lambda flat: iter(())),
    ),
    Guard(
        "the check of what a calculation is given",
        ("a figure washed by the calculator", "a figure in the name of a project"),
        _set("bot.agent.toolbox.as_langchain.unfounded", lambda args, evidence, **more: None),
    ),
    Guard(
        "that a model's own words are no origin",
        ("a figure washed by asking back", "a figure washed by saying that it is unknown"),
        _set("bot.agent.compose._told", lambda call, by_model: str(call.error)),
    ),
    Guard(
        "the list of links in a reply",
        ("an address without a scheme", "an address with dots spelled", "an address in full-width letters"),
        _set("bot.agent.compose.clean_links", lambda text, allowed: (text, [])),
    ),
    Guard(
        "the escaping of mentions in Slack",
        ("who is here, called", "the channel by its plain name"),
        _set("bot.slack.markup._unmentioned", lambda text: text),
    ),
    Guard(
        "the cleaning of titles in Slack",
        ("what a PDF's metadata orders", "what a document orders"),
        _set(
            "bot.slack.notes.linked",
            lambda url, label: f"<{url}|{label}>",
        ),
    ),
    Guard(
        "that what is retrieved is data: a text's orders answer nothing and prove nothing",
        ("a figure that a document orders", "a figure that a document orders, obeyed"),
        _obeying,
    ),
    Guard(
        "that the prompt is not told",
        ("the instructions, word for word",),
        _set("bot.agent.compose.without_instructions", lambda text, instructions: text),
    ),
    Guard(
        "a thread's memory by what may be seen",
        ("what another person was told in the thread", "what the administrator was told in the thread"),
        _one_thread,
    ),
    Guard("the limit of calls", ("calls without end",), _set("bot.agent.loop.MOST_STEPS", 1000)),
    Guard("the strictness of arguments", ("an argument that does not exist",), _lax),
)

OTHERS_SPEND = ("every team's spend by spend_total", "every team's spend by spend_by")
DOUBLED = (
    Guard("the ledger's filter by audience", OTHERS_SPEND, _open),
    Guard("the second look at its rows", OTHERS_SPEND, _unwatched),
)
"""Of which each alone keeps the attacks off."""
