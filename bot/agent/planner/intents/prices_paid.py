"""What a million tokens really cost us, from the bills; list prices are the catalogue's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.spend_scope import filters, spans
from bot.agent.planner.intents.token_kinds import token_side
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
    r"\b(?:per|a|an|each)\s+(?:1?k|thousand|hundred|billion|1,?000|100k?|10k)\s*tok|\bper\s+token\b", re.I
)
PAID = re.compile(
    r"\b(?:effective(?:ly)?|blended|reali[sz]ed|actual(?:ly)?|really|average|we|us|our|paid|pay(?:ing)?|charged|spend|spent)\b",
    re.IGNORECASE,
)


def _weigh(r: Reading) -> float | None:
    """Only a price of a million tokens is told, and only where the bills are asked about."""
    text = r.text
    for mention in reversed(r.models):
        text = f"{text[: mention.start]}{text[mention.end :].lstrip()}"  # `per million gpt-4.1 input tokens`
    if not A_MILLION.search(text) or OTHER_COUNT.search(r.text) or r.money or r.percents:
        return None
    past = r.periods and all(p.period.start <= r.today for p in r.periods)
    if not (PAID.search(r.text) or past) or (r.has("forecast", "cheapest") and not r.has("ours")):
        return None
    return 1.1 if r.periods or r.has("ours") else 0.7


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if side := token_side(r.text):
        args["side"] = side
    return tuple(
        Planned("token_prices_paid", {**args, "period": period} if period else args) for period in spans(r, base)
    )


INTENTS = (Intent("prices_paid", _weigh, _fill),)
