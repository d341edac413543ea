"""Questions over many list prices: the cheapest models, one model's sellers, usual discounts; text as tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.cheapest import MODEL_WORD, candidates, sellers
from bot.agent.planner.intents.models.list_prices import FAMILY, LISTED, dated, ours
from bot.agent.planner.intents.models.price_parts import component, components
from bot.agent.planner.intents.models.token_counts import volumes
from bot.agent.planner.intents.models.workload import workload
from bot.agent.planner.intents.own.held_against import ABOVE, BELOW
from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.errors import NeedsChoice
from tools.money import plain
from tools.prices.vocabulary import provider_id

DEAREST = re.compile(
    r"\b(?:most expensive|dearest|priciest|costliest|highest(?:[\s-]+(?:priced?|costs?|rates?))?|most costly)\b", re.I
)
CHEAPEST = re.compile(
    r"\b(?:cheapest|least expensive|lowest|most affordable|least costly|cheaper|best price|inexpensive|costs?\s+less"
    r"|less expensive)\b",
    re.IGNORECASE,
)
SPENT = re.compile(r"\b(?:spend\w*|spent|bills?|billed|paid|invoice\w*|our|ours)\b", re.IGNORECASE)
AVERAGE = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
LIST_PRICE = re.compile(r"\b(?:list\s+)?(?:prices?|pricing|cost|rate)s?\b", re.IGNORECASE)
CACHE = re.compile(r"\bcach\w+\b", re.IGNORECASE)
OFF = re.compile(
    r"\b(?:discount\w*|cheaper|less|off|sav(?:e|es|ing|ings)|reduc\w+|rebate|price break|lower)\b|%", re.IGNORECASE
)
SELLER = re.compile(
    r"\b(?:which|what|who|where|whose|any|all|each|every|across|by|per|between|different|other)\b[\w\s,'’-]{0,30}?"
    r"\b(?:providers?|hosts?|clouds?|vendors?|sellers?|places?|platforms?|sells?|offers?|hosts?|serves?)\b"
    r"|\b(?:who|where)(?:['’]s|\s+(?:is|are|can|do|does|should|would))?\b|\b(?:providers?|hosts?|resellers?)\b",
    re.IGNORECASE,
)
MAKER_AS_HOST = re.compile(
    r"\b(?:at|on|from|via|through|by)\s+(?P<at>deepseek|mistral|cohere|minimax|moonshot(?:ai)?)\b"
    r"|\b(?P<own>deepseek|mistral|cohere|minimax|moonshot(?:ai)?)(?:\s+(?:itself|direct(?:ly)?)|['’]s\s+own\b)",
    re.IGNORECASE,
)
APART = re.compile(
    r"\b(?:or|as|same|of|vs\.?|versus|against|than|and|between|compared|difference|compare)\b|,", re.IGNORECASE
)
TEXT = {"word": "words", "character": "characters", "page": "pages", "token": "tokens"}
HOW_MANY = re.compile(r"\bhow (?:many|much)\s+(?:\w+\s+){0,3}?(?P<asked>tokens?|words?|pages?)\b", re.IGNORECASE)
IN_TOKENS = re.compile(
    r"\bin tokens\b|^\W*(?:roughly\s+|about\s+|approx\w*\s+|number of\s+)*tokens?\s+(?:in|for|of|per)\b"
    r"|\btokens? (?:count|equivalent)\b|\bwords?\s+(?:to|into|->)\s+tokens\b",
    re.IGNORECASE,
)


def _personal(r: Reading) -> bool:
    """Whether a time, a team or the asker is named with what was spent: no list of prices then."""
    return bool(r.periods or r.has("ours") or r.of("team")) and ours(r) >= 0.35


def _weigh_rank(r: Reading) -> float | None:
    if SPENT.search(r.text):
        return None
    if r.accelerators or volumes(r) or r.money or len([m for m in r.models if m.ref]) > 1:
        return None
    if r.has("ours", "train", "finetune", "serve") or _personal(r) or r.of("team") or (r.groupings and r.periods):
        return None
    dearest = DEAREST.search(r.text)
    if not dearest and not CHEAPEST.search(r.text):
        return None
    if any(m.ref or _several_sellers(m.problem) for m in r.models):
        return None
    if not (MODEL_WORD.search(r.text) or (sellers(r)[0] and components(r.text)) or FAMILY.search(r.text)):
        return None
    return 0.65 + 0.2 * bool(components(r.text))


def _rank(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {**dated(r)}
    if (part := _component(r)) is not None:
        args["component"] = part
    if DEAREST.search(r.text):
        args["dearest"] = True
    return (Planned("ranked_prices", args | candidates(r)),)


def _bound(r: Reading) -> tuple[str, str] | None:
    """`below` or `above`, and the USD a million tokens that the price keeps within; None where none is told."""
    if len(r.money) != 1 or r.money[0].per not in {"token", None}:
        return None
    told = r.money[0]
    if told.per is None and not LISTED.search(r.text):
        return None
    before = r.text[: told.start].rstrip("$€£ ")
    way = "below" if BELOW.search(before) else "above" if ABOVE.search(before) else None
    return (way, plain(told.value / told.per_count * 10**6 if told.per else told.value)) if way else None


def _weigh_within(r: Reading) -> float | None:
    """Models, of a provider or of all, whose price keeps within an amount; or the mean price of a provider's models."""
    told = [a for a in volumes(r) if a.role != "context"]
    if SPENT.search(r.text) or r.accelerators or told or any(m.ref for m in r.models) or r.has("train", "serve"):
        return None
    if r.has("ours") or r.of("team") or r.periods:
        return None
    if _bound(r) is not None and (MODEL_WORD.search(r.text) or sellers(r)[0] or FAMILY.search(r.text)):
        return 2.2
    mean = (
        AVERAGE.search(r.text)
        and not r.amounts
        and LIST_PRICE.search(r.text)
        and (sellers(r)[0] or FAMILY.search(r.text))
    )
    return 2.2 if mean and MODEL_WORD.search(r.text) else None


def _within(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in candidates(r).items() if key != "top"}
    if part := _component(r):
        args["component"] = part
    if found := _bound(r):
        args[found[0]] = found[1]
    else:
        args["average"] = True
    if re.search(r"\bhow many\b|\bnumber of\b", r.text, re.IGNORECASE):
        args["count"] = True
    return (Planned("prices_within", {**args, **dated(r)}),)


def _component(r: Reading) -> str | None:
    one = component(r.text)
    return {"cached": "cached_input"}.get(one, one) if one in {"input", "output", "cached"} else None


def _several_sellers(problem: Exception | None) -> bool:
    return isinstance(problem, NeedsChoice) and "several providers" in str(problem)


def _hosts(r: Reading) -> tuple[str, ...]:
    """The providers named, a maker among them where its API is meant: `on fireworks or at deepseek itself`."""
    said = [*sellers(r)[0], *(m["at"] or m["own"] for m in MAKER_AS_HOST.finditer(r.text))]
    return tuple({provider_id(name): name for name in reversed(said)}.values())[::-1]


def _weigh_sellers(r: Reading) -> float | None:
    """One model, and providers to choose between: named, or asked for."""
    names = {m.text.casefold() for m in r.models}
    if SPENT.search(r.text):
        return None
    if len(names) != 1 or r.accelerators or r.money or _personal(r) or r.has("ours"):
        return None
    hosts = _hosts(r)
    several = len(hosts) > 1 and APART.search(r.text)
    asked = SELLER.search(r.text) and (CHEAPEST.search(r.text) or DEAREST.search(r.text) or r.has("price", "cost"))
    if not several and not (asked and len(hosts) < 2):
        return None
    return 0.95


def _sellers(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {"model": r.models[0].text, **dated(r)}
    if volumes(r):
        args |= {key: value for key, value in workload(r, {}).items() if key != "price_change"}
    elif BATCH.search(r.text):
        args["batch"] = True
    hosts = _hosts(r)
    if len(hosts) > 1:
        args["providers"] = hosts
    if (part := _component(r)) is not None and not volumes(r):
        args["component"] = part
    if DEAREST.search(r.text):
        args["dearest"] = True
    return (Planned("model_at_providers", args),)


def _weigh_discount(r: Reading) -> float | None:
    if SPENT.search(r.text):
        return None
    if r.models or volumes(r) or r.money or r.accelerators or r.has("ours") or _personal(r):
        return None
    if not sellers(r)[0] or not (BATCH.search(r.text) or CACHE.search(r.text)) or not OFF.search(r.text):
        return None
    return 0.9


def _discount(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    kind = "batch" if BATCH.search(r.text) else "cache"
    return (Planned("provider_discounts", {"providers": sellers(r)[0], "kind": kind, **dated(r)}),)


def _weigh_text(r: Reading) -> float | None:
    if r.models or r.money or r.accelerators or len(r.amounts) > 2:
        return None
    return 1.0 if _counted(r) is not None else None


def _counted(r: Reading) -> tuple[str, str] | None:
    """How many of which unit a text is of, where tokens of words are asked for, or words of tokens."""
    asked = HOW_MANY.search(r.text)
    wanted = asked["asked"].lower().rstrip("s") if asked else "token" if IN_TOKENS.search(r.text) else None
    for amount in r.amounts:
        unit = amount.unit or ""
        apart = wanted is not None and wanted != unit and "token" in {wanted, unit}
        if apart and amount.kind == "number" and unit in TEXT and amount.per in {None, "page"}:
            return plain(amount.value), TEXT[unit]
    return None


def _text(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = _counted(r)
    assert found is not None
    args: Args = {"of_text": found[0], "unit": found[1]}
    if page := next((a for a in r.amounts if a.unit == "word" and plain(a.value) != found[0]), None):
        args["words_a_page"] = plain(page.value)
    return (Planned("text_tokens", args),)


INTENTS = (
    Intent("ranked_prices", _weigh_rank, _rank),
    Intent("prices_within", _weigh_within, _within),
    Intent("model_at_providers", _weigh_sellers, _sellers),
    Intent("provider_discounts", _weigh_discount, _discount),
    Intent("text_tokens", _weigh_text, _text),
)
