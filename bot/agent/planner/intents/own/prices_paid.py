"""What a million tokens really cost us, from the bills; list prices are the catalogue's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.token_kinds import token_side
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading

KINDS = r"(?:(?:fresh|uncached|cached|cache[\s-](?:reads?|writes?)|input|prompt|output|completion)\s+){0,2}"
A_MILLION = re.compile(
    r"(?:\b(?:per|a|an|one|each|for each|every)\s+|/\s*)(?:(?:1|one)\s?)?(?:m|mm|million|1,000,000|mtok)?\s*"
    rf"{KINDS}(?:tok(?:en)?s?|mtok)\b"
    r"|\b(?:effective|blended|reali[sz]ed|average|actual) (?:unit )?(?:token )?(?:price|rate)s?\b"
    r"|\btoken prices? paid\b",
    re.IGNORECASE,
)
OTHER_COUNT = re.compile(
    r"(?:\b(?:per|a|an|one|each|every|for\s+each)\s+|/\s*)(?:(?P<thousand>(?:1\s?)?k|(?:1\s+)?thousand|1[,.]?000)\b|(?P<billion>(?:1\s+)?billion)\b"
    rf"|(?P<other>hundred|100k?|10k)\b)\s*{KINDS}tok|\b(?:per|each|a\s+single|one)\s+{KINDS}(?P<token>token)\b",
    re.I,
)
COUNTS = {"thousand": "1000", "billion": "1000000000", "token": "1"}
PAID = re.compile(
    r"\b(?:effective(?:ly)?|blended|reali[sz]ed|actual(?:ly)?|really|average|we|us|our|paid|pay(?:s|ing)?|costs?|charged|spend|spent)\b",
    re.IGNORECASE,
)
ALL_MODELS = re.compile(
    r"\b(?:across|over)\s+(?:(?:all|our|the|every)\s+)*(?:\w+\s+)?models?\b|\ball\s+models\b|\boverall\b|\btogether\b",
    re.I,
)
MEANT = 0.25


def _weigh(r: Reading) -> float | None:
    """Only a price of a million tokens is told, and only where the bills are asked about."""
    text = r.text
    for mention in reversed(r.models):
        text = f"{text[: mention.start]}{text[mention.end :].lstrip()}"  # `per million gpt-4.1 input tokens`
    other = OTHER_COUNT.search(text)
    if not (A_MILLION.search(text) or other) or (other and other["other"]) or r.money or r.percents:
        return None
    if other and not (r.has("ours") or r.of("team") or (r.periods and own(r) > MEANT)):
        return None  # a list price is asked for, in a unit of its own
    past = r.periods and all(p.period.start <= r.today for p in r.periods)
    if not (PAID.search(r.text) or past) or (r.has("forecast", "cheapest") and not r.has("ours")):
        return None
    return 1.1 if r.periods or r.has("ours") else 0.7


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if side := token_side(r.text):
        args["side"] = side
    if other := OTHER_COUNT.search(r.text):
        args["per"] = next(count for name, count in COUNTS.items() if other[name])
    if any(g.dimension == "model" for g in r.groupings) and not ALL_MODELS.search(r.text):
        args["by_model"] = True
    return tuple(
        Planned("token_prices_paid", {**args, "period": period} if period else args) for period in spans(r, base)
    )


INTENTS = (Intent("prices_paid", _weigh, _fill),)
