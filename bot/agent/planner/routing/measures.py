"""Which figure a question asks for, by its unit, and whether an answer has it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tools.results import Figure


@dataclass(frozen=True, slots=True)
class Measure:
    """`said` finds that it is asked for; `figure` finds it in a figure's unit or label. Without `only` another figure
    may answer, too."""

    name: str
    said: re.Pattern[str]
    figure: re.Pattern[str]
    only: bool

    def told_by(self, figure: Figure) -> bool:
        return any(self.figure.search(words) for words in (figure.unit, figure.label))


@lru_cache(maxsize=1)
def measures() -> tuple[Measure, ...]:
    table = tomllib.loads(files("bot.agent.planner.routing").joinpath("measures.toml").read_text("utf-8"))
    return tuple(
        Measure(
            entry["name"],
            re.compile(entry["said"], re.IGNORECASE),
            re.compile(entry["figure"], re.IGNORECASE),
            entry.get("only", False),
        )
        for entry in table["measure"]
    )


def asked(text: str) -> tuple[Measure, ...]:
    """What a question asks to be told, as far as its words say."""
    return tuple(measure for measure in measures() if measure.said.search(text))


def asked_first(text: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, one that a question asks for by its unit before the others: first what most of its words fit."""
    wanted = asked(text)
    return tuple(sorted(figures, key=lambda figure: -sum(measure.told_by(figure) for measure in wanted)))


def missing(text: str, figures: Sequence[Figure]) -> str | None:
    """What a question asks for and no figure tells; None where nothing is missing."""
    return next((m.name for m in asked(text) if m.only and not any(m.told_by(f) for f in figures)), None)
