"""What people ask of companies' reports, and the labels under which reports print it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Statement = Literal["income", "balance", "cash", "any"]
STATEMENTS: tuple[tuple[Statement, re.Pattern[str]], ...] = (
    ("cash", re.compile(r"(?i)\bstatements? of (?:consolidated )?cash ?flows?|\bcash ?flows? statements?")),
    (
        "balance",
        re.compile(r"(?i)\bbalance sheets?\b|\bstatements? of (?:consolidated )?financial (?:position|condition)"),
    ),
    (
        "income",
        re.compile(
            r"(?i)\bstatements? of (?:consolidated )?(?:operations|income|earnings|comprehensive (?:income|loss)|"
            r"profit (?:or|and) loss)|\bincome statements?"
        ),
    ),
)
# The words that a statement's heading says, for a search.
TITLES: dict[Statement, str] = {
    "cash": "consolidated statements of cash flows",
    "balance": "consolidated balance sheets",
    "income": "consolidated statements of income operations earnings",
    "any": "",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """`labels`, best first, are looked for in the financial `statement` named, on any page where it is "any". `instead`
    are the measures to show where a report prints no such row, `parts` those that it is worked out from."""

    name: str
    asked: re.Pattern[str]
    labels: tuple[str, ...] = ()
    statement: Statement = "income"
    instead: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@cache
def measures() -> dict[str, Measure]:
    """By name, in the order in which a question is read."""
    told: dict[str, Any] = tomllib.loads(
        files("knowledge.reports").joinpath("measures.toml").read_text(encoding="utf-8")
    )
    return {one["name"]: _measure(one) for one in told["measure"]}


def measures_in(question: str) -> list[Measure]:
    """Those named, each reading its own words away so that a longer name leaves none to a shorter one."""
    found: list[Measure] = []
    rest = question
    for measure in measures().values():
        if measure.asked.search(rest):
            found.append(measure)
            rest = measure.asked.sub(" ", rest)
    return found


def needed_for(asked: Sequence[Measure]) -> list[Measure]:
    """The measures asked for and those that they are worked out from, each once."""
    known = measures()
    whole = [part for one in asked for part in (one, *(known[name] for name in (*one.parts, *one.instead)))]
    return list({one.name: one for one in whole}.values())


def statement_in(text: str) -> Statement:
    """The financial statement that a heading names; "any" for none."""
    return next((kind for kind, title in STATEMENTS if title.search(text)), "any")


def _measure(told: dict[str, Any]) -> Measure:
    return Measure(
        told["name"],
        re.compile(rf"(?i)(?<!\w)(?:{told['asked']})(?!\w)"),
        tuple(told.get("labels", ())),
        told.get("statement", "income"),
        tuple(told.get("instead", ())),
        tuple(told.get("parts", ())),
    )
