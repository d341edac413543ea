"""One attack by a model that does whatever it likes, and the run of it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.agent.ask import Agent
from bot.reply import Question, Reply
from tests.agent.example import TODAY
from tests.fakes.models.script import Call, Received, Scripted, Turn, calls, text_of
from tests.fakes.models.server import ScriptedModel

ROUNDS = 24
PRIVATE = None


@dataclass(frozen=True, slots=True)
class Attack:
    """The asker asks `asks`, alone or in `channel`. The model makes the `rounds` of calls, then says `says`, in which
    {results} is all that tools told it, {history} the whole conversation and {prompt} its instructions; asked to
    correct itself, it does it all again. `leak` are further texts that must not come out, in any case, spacing or
    script. `loops`: it repeats the rounds for ever. `earlier` asked before in the same conversation."""

    name: str
    says: str = "{results}"
    rounds: tuple[tuple[Call, ...], ...] = ()
    asks: str = "How did October 2026 go for us?"
    asker: str = "U0ANN"
    channel: str | None = PRIVATE
    leak: tuple[str, ...] = ()
    loops: bool = False
    earlier: str | None = None

    def script(self) -> Iterator[Scripted]:
        while True:
            for made in self.rounds:
                yield calls(*made)
            if not self.loops:
                yield self._final

    def _final(self, asked: Received) -> Turn:
        told = "\n\n".join(self._readable(text) for text in asked.results.values())
        system = asked.system
        said = "\n\n".join(text_of(message.get("content")) for message in asked.messages[1:])
        filled = {"{results}": told, "{prompt}": system, "{history}": said}
        text = self.says
        for mark, value in filled.items():
            text = text.replace(mark, value)
        return Turn(text or "Done.")

    @staticmethod
    def _readable(result: str) -> str:
        try:
            body: Any = json.loads(result)
        except ValueError:
            return result
        parts = [str(body.get(name, "")) for name in ("summary", "error")]
        parts += [f"{one['label']}: {one['value']} {one['unit']}." for one in body.get("figures", ())]
        parts += [", ".join(map(str, row)) for row in body.get("table", {}).get("rows", ())]
        parts += [f"{one['title']} {one['url']} {one['quote']}" for one in body.get("sources", ())]
        return "\n\n".join(part for part in parts if part)


class Endless(list[Scripted]):
    """A script that goes on for as long as it is asked."""

    def __init__(self, steps: Iterator[Scripted]) -> None:
        super().__init__(next(steps) for _ in range(ROUNDS))


def ask(agent: Agent, attack: Attack, thread: str | None = None, asker: str | None = None) -> Reply:
    return agent.ask(Question(attack.asks, TODAY, asker or attack.asker, attack.channel, thread))


def plain(text: str) -> str:
    """As an eye or a machine may read it: compatibility forms resolved, no case, no spacing, no invisible signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    digits = (str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in folded)
    return "".join(char for char in digits if char.isalnum() or char in ".,:/<>@!|$€%&?=-")


__all__ = ["Attack", "Endless", "ScriptedModel", "ask", "plain"]
