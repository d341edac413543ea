"""The projects or offers that a question sets side by side, each with what it is called and what it tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.agent.planner.cashflows.flows import Flow, Length, Told
from bot.agent.slots.amounts import Amount

KIND = (
    r"(?:option|offer|project|vendor|plan|proposal|provider|supplier|case|scenario|quote|variant|alternative|tool|bid"
    r"|deal)"
)
VERB = (
    r"(?:costs?|wants?|asks?|is\b|needs?|charges?|takes?|has\b|requires?|would|gives?|returns?|saves?|brings?|at\b|with\b|for\b|offers?|invests?|pays?|quotes?"
    r"|bills?)"
)
BREAKS = re.compile(
    rf";\s*|\s+(?:vs\.?|versus|against|or|compared\s+(?:to|with))\s+(?=.*\d)|(?<=[\w)])\.\s+(?=.*\d)"
    rf"|,?\s+(?:and|while|whereas|but)\s+(?=(?:(?i:{KIND})\s+)?[A-Z]\w*\s*(?::|,|\(|{VERB}|-?\d|[$€£])|(?:the\s+)?(?:other|second)\b|(?i:{KIND})\s+\w+\b)"
    rf"|,\s+(?=(?i:{KIND})\s+\w+\b)|,\s+(?=(?:(?i:{KIND})\s+)?[A-Z]\w*\s*(?::|\(|{VERB}|-?\d|[$€£]))",
    re.DOTALL,
)
NAME = re.compile(
    rf"\b(?i:{KIND})\s+(?P<kind>[A-Z][\w-]*)\b|\b(?P<digit>(?i:{KIND})\s+\d)\b|\b(?P<capital>[A-Z][\w-]*)\b(?=\s*(?:,|\(|:|(?i:{VERB})|[$€£-]|$))"
    r"|(?P<colon>[A-Za-z][\w-]*(?:\s+[\w-]+){0,2})\s*:\s*$|(?P<subject>[A-Za-z][\w-]*(?:\s+[\w-]+){0,2})\s+(?=(?:costs?|wants|asks|needs|charges)\b[^:]*$)"
)
NO_NAME = frozenset(
    (
        "which",
        "what",
        "how",
        "is",
        "are",
        "do",
        "does",
        "the",
        "an",
        "a",
        "we",
        "our",
        "compare",
        "option",
        "npv",
        "irr",
        "roi",
        "if",
        "and",
        "or",
        "for",
        "at",
        "invest",
        "spend",
        "rank",
        "by",
        "pay",
        "should",
        "it",
        "of",
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    flows: tuple[Flow, ...]
    lengths: tuple[Length, ...]
    percents: tuple[Amount, ...]
    bare: tuple[Amount, ...]


def cases(text: str, told: Told) -> tuple[Case, ...]:
    """The cases in order, each the part of the text between two breaks that tells an amount of money; one where nothing
    breaks it. Times and percents are left with the part that they stand in."""
    cuts = [0, *(m.end() for m in BREAKS.finditer(text)), len(text)]
    parts: list[Case] = []
    for start, end in pairwise(cuts):
        flows = tuple(f for f in told.flows if start <= f.amount.start < end)
        rest = (
            tuple(t for t in told.lengths if start <= t.amount.start < end),
            tuple(p for p in told.percents if start <= p.start < end),
            tuple(b for b in told.bare if start <= b.start < end),
        )
        name = _name(text[start : flows[0].amount.start]) if flows else ""
        if flows and parts and not parts[-1].flows and parts[-1].name == "":
            before = parts.pop()
            parts.append(
                Case(name, flows, (*before.lengths, *rest[0]), (*before.percents, *rest[1]), (*before.bare, *rest[2]))
            )
        elif flows or any(rest):
            parts.append(Case(name, flows, *rest))
    return tuple(parts)


def _name(before: str) -> str:
    found = ""
    for match in NAME.finditer(before):
        name = next(part for part in match.groups() if part)
        words = [word for word in name.split() if word.lower() not in NO_NAME or (word == "A" and not match["subject"])]
        if words and words[-1] == name.split()[-1]:
            found = words[-1] if words[-1][0].isupper() else " ".join(words)
    return found


def named(text: str, parts: Sequence[Case]) -> list[str]:
    """What each is called: as written, else the first amount told of it, else by its place."""
    first = [case.flows[0].amount for case in parts]
    names = [
        case.name or text[a.start : max(a.end, a.phrase_end)].strip() for case, a in zip(parts, first, strict=True)
    ]
    return names if len(set(names)) == len(names) else [f"Option {place + 1}" for place in range(len(parts))]
