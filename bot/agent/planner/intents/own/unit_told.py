"""What one of something costs us, where the question tells how many there were: `we closed 12,000 tickets in May`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.lexicon import stem
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

PER = re.compile(
    r"(?:\b(?:per|each|every|for (?:each|every|one|a single)|a single|one|a(?=\s+\w+\s+costs?\b))\b|/)\s*"
    r"(?P<count>1?k\b|1,?000|thousand|hundred|million)?\s*(?P<words>[A-Za-z][\w-]*(?:\s+[A-Za-z][\w-]*){0,2})",
    re.IGNORECASE,
)
AFTER = re.compile(r"(?:\s+[A-Za-z][\w-]*){1,4}")
BEFORE = re.compile(r"(?P<verb>[A-Za-z]+)\s+(?:about\s+|around\s+|roughly\s+|some\s+|over\s+|a total of\s+)?$")
COUNTS = {"thousand": "1000", "hundred": "100", "million": "1000000", "k": "1000", "1k": "1000", "1000": "1000"}
TIMES = frozenset({"day", "week", "month", "quarter", "year", "hour", "token", "GPU hour", "GPU"})


@dataclass(frozen=True, slots=True)
class Told:
    """`amount` counts what `name` calls; `per` of them are asked about; `words` is everything that calls them so."""

    amount: Amount
    name: str
    per: str | None
    words: frozenset[str]


NO_THING = frozenset(("and", "for", "from", "the", "with"))


def told_count(r: Reading) -> Told | None:
    """How many there were of what the cost is asked for each of; None where that is not told."""
    asked = [(found, found["words"].split()) for found in PER.finditer(r.text)]
    for amount in r.amounts:
        if amount.kind != "number" or amount.unit in TIMES or amount.value < 2:
            continue
        after = AFTER.match(r.text, amount.end)
        nouns = {stem(word): i for i, word in enumerate((after[0] if after else "").split())}
        for found, words in asked:
            if found.start() <= amount.start < found.end():
                continue
            at = next(
                (
                    i
                    for i, word in enumerate(words)
                    if stem(word) in nouns and len(word) > 2 and word.lower() not in NO_THING
                ),
                None,
            )
            if at is None:
                continue
            counted = (after[0] if after else "").split()[: nouns[stem(words[at])] + 1]
            verb = BEFORE.search(r.text[: amount.start])
            said = frozenset(word.lower() for word in (*words[: at + 1], *counted, *([verb["verb"]] if verb else [])))
            per = COUNTS.get((found["count"] or "").lower().replace(",", ""))
            return Told(amount, " ".join(words[: at + 1]).lower(), per, said)
    return None


def _weigh(r: Reading) -> float | None:
    told = told_count(r)
    if told is None or r.money or any(a.unit == "token" for a in r.amounts) or r.accelerators:
        return None
    ours = own(r) + 0.2 * r.has("ours", "spend") + 0.1 * bool(r.values)
    return 1.2 + ours if ours >= 0.2 else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    told = told_count(r)
    assert told is not None
    args = filters(r, base)
    for dimension in ("team", "provider"):
        if kept := tuple(name for name in args.pop(dimension, ()) if name.lower() not in told.words):
            args[dimension] = kept
    args["period"] = spans(r, base)[0] or as_text(Period.last_month(r.today))
    args["metric"] = told.name
    args["count"] = plain(told.amount.value)
    if told.amount.per in {"day", "week", "month"}:
        args["every"] = told.amount.per
    if told.per:
        args["per"] = told.per
    return (Planned("unit_cost", args),)


INTENTS = (Intent("unit_told", _weigh, _fill),)
