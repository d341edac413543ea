"""Plain sums of the amounts that a question tells, each with its unit: no table and no bill is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.quantities.bare_money import with_bare_money
from bot.agent.planner.quantities.dimensions import balance
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

ONE_OF = re.compile(
    r"\b(?:per|one|a|an|each|every|single)\s+(?:single\s+)?(?:gpu|chip|card|accelerator|h\d00|a100|b\d00|l40s?)\b"
    r"|\bgpu[\s-]hour\b",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"\b(?:node|box|server|instance|machine|system|cluster|pod|rack)s?\b(?:\s+\w+){0,2}?\s+(?:with|of|has|having|containing)\b"
    r"|\b\d+\s?(?:x|×)?[\s-]?(?:gpu|h\d00|a100|b\d00)\s+(?:node|box|server|instance|machine|cluster)\b",
    re.IGNORECASE,
)
BREAK_EVEN = re.compile(
    r"\bbreak[\s-]?even\b|\bcosts? the same\b|\bcheaper\b|\bpays? off\b|\bworth it\b", re.IGNORECASE
)
FIXED = re.compile(
    r"\bfixed\b|\bself-?\s?host\w*|\bflat\b|\bown\b|\bour\s+(?:\w+\s+)?(?:gpus?|servers?|cluster|box(?:es)?|nodes?)\b"
    r"|\bin-?house\b|\bon-?prem\w*|\b(?:rented|dedicated|reserved)\s+(?:gpus?|servers?|boxes|cluster|nodes?)\b",
    re.IGNORECASE,
)
A_MILLION_TOKENS = re.compile(
    r"\b(?:per|a|each)\s+(?:1\s?)?(?:m\b|million|mtok)|/\s?(?:1\s?)?(?:m\b|million|mtok)", re.I
)
NET = re.compile(r"\bnet\b|\bsave|\bbenefit\b|\bleft\b|\bgain\b", re.IGNORECASE)


def _money(r: Reading, *per: str | None) -> list[Amount]:
    return [a for a in r.money if (a.per or None) in per]


def _node(r: Reading) -> str | None:
    """An hour of one accelerator, from that of a whole machine and how many are in it."""
    rates = [a for a in r.money if a.per == "hour" or a.per is None]
    counts = [m.count for m in r.accelerators if m.count and m.count > 1]
    counts += [int(a.value) for a in r.amounts if a.unit == "GPU" and a.value > 1]
    others = [a for a in r.amounts if a not in rates and a.unit not in {"GPU", "node"} and a.value != 1]
    if len(rates) != 1 or len(counts) != 1 or others or not (WHOLE.search(r.text) and ONE_OF.search(r.text)):
        return None
    if any(a.unit == "node" and a.value != 1 for a in r.amounts):
        return None
    return f"{plain(rates[0].value)} / {counts[0]}"


def _even_tokens(r: Reading) -> str | None:
    """At how many tokens a fixed cost is that of an API with a price a million tokens; both of one time."""
    prices = _money(r, "token")
    fixed = [a for a in r.money if a not in prices]
    told = [a for a in r.amounts if a.unit not in {"GPU", "node"} and not (a.unit == "token" and a.value == 10**6)]
    if len(prices) != 1 or not fixed or len(told) != 1 + len(fixed) or not BREAK_EVEN.search(r.text):
        return None
    if not (FIXED.search(r.text) and re.search(r"\btokens?\b", r.text, re.IGNORECASE)):
        return None
    if not balance(*(a.per for a in fixed)) or {a.unit for a in fixed} != {prices[0].unit}:
        return None
    costs = " + ".join(plain(a.value) for a in fixed)
    costs = f"({costs})" if len(fixed) > 1 else costs
    return f"{costs} * {plain(prices[0].per_count)} / {plain(prices[0].value)}"


def _tokens_served(r: Reading) -> str | None:
    """What a million tokens cost on machines rented by the hour, of which the hours and the tokens are told."""
    rates = _money(r, "hour", "GPU hour")
    tokens = [a for a in r.amounts if a.unit == "token" and a.kind == "number" and a.value > 10**6]
    hours = [a for a in r.amounts if a.unit == "hour" and a.kind == "number"]
    count = _chips(r)
    used = {id(a) for a in (*rates, *tokens, *hours, *(a for a in r.amounts if a.unit == "GPU"))}
    others = [a for a in r.amounts if id(a) not in used and not (a.unit == "token" and a.value == 10**6)]
    if not (len(rates) == len(tokens) == len(hours) == 1) or others or not A_MILLION_TOKENS.search(r.text):
        return None
    if (hours[0].per or "month").split(" ")[-1] != (tokens[0].per or "month").split(" ")[-1]:
        return None
    return f"{count} * {plain(rates[0].value)} * {plain(hours[0].value)} / ({plain(tokens[0].value)} / 1000000)"


def _chips(r: Reading) -> int:
    counted = next((m.count for m in r.accelerators if m.count), None)
    return counted or next((int(a.value) for a in r.amounts if a.unit == "GPU"), 1)


def _hours_saved(r: Reading) -> str | None:
    """The worth of hours saved at a rate, less what it costs, all of one time."""
    hours = [a for a in r.amounts if a.unit == "hour" and a.kind == "number"]
    rates = _money(r, "hour")
    costs = [a for a in r.money if a not in rates]
    if not (len(hours) == len(rates) == len(costs) == 1) or len(r.amounts) != 3 or not NET.search(r.text):
        return None
    if not balance(hours[0].per, costs[0].per) or r.accelerators:
        return None
    return f"{plain(hours[0].value)} * {plain(rates[0].value)} - {plain(costs[0].value)}"


def _left(text: str, *found: re.Match[str] | None) -> bool:
    """Whether `text` has a number outside `found`, beside the digits of names."""
    for match in found:
        if match is not None:
            text = text.replace(match[0], " ", 1)
    return re.search(r"\d", NAMES.sub(" ", text)) is not None


def _energy_cost(r: Reading) -> str | None:
    """What an energy costs at a price a kWh; both told, and nothing else."""
    energy = [a for a in r.amounts if a.unit in KWH and a.per is None and a.money is None]
    price = [a for a in r.money if a.per in KWH]
    if len(energy) != 1 or len(price) != 1 or len(r.amounts) != 2:
        return None
    of_energy, of_price = KWH[str(energy[0].unit)], KWH[str(price[0].per)]
    scale = "" if of_energy == of_price else f" * {of_energy} / {of_price}"
    return f"{plain(energy[0].value)} * {plain(price[0].value)}{scale}"


def _emissions(r: Reading) -> str | None:
    """Tonnes of CO2 of an energy at grams a kWh."""
    energy, grams = ENERGY.search(r.text), GRAMS.search(r.text)
    if not energy or not grams or _left(r.text, grams, energy) or not EMITTED.search(r.text):
        return None
    hours = {"k": "1", "m": "1000", "g": "1000000"}[energy["scale"].lower()]
    grams_each = {"g": "1", "k": "1000"}[grams["unit"][0].lower()]
    return f"{_digits(energy)} * {hours} * {_digits(grams)} * {grams_each} / 1000000"


def _cache(r: Reading) -> str | None:
    """Bytes of key and value that one token leaves in the cache: 2 x layers x KV heads x head size x bytes."""
    layers, heads, size = (words.search(r.text) for words in (LAYERS, HEADS, HEAD_SIZE))
    bits = BITS.search(r.text)
    if not (layers and heads and size) or not CACHE.search(r.text) or _left(r.text, layers, heads, size, bits):
        return None
    if not re.search(r"\b(?:per|a|each|one)\s+token\b", r.text, re.IGNORECASE):
        return None
    width = (bits["bits"] or bits["typed"]) if bits else "16"
    return f"2 * {_digits(layers)} * {_digits(heads)} * {_digits(size)} * {width} / 8"


def _decode(r: Reading) -> str | None:
    """Tokens a second of one sequence where all weights are read from memory for each token: bandwidth over weights."""
    bandwidth, size, bits = BANDWIDTH.search(r.text), SIZE.search(r.text), BITS.search(r.text)
    if not (bandwidth and size and bits) or not ALONE.search(r.text) or not DECODE.search(r.text):
        return None
    if _left(ALONE.sub(" ", r.text), bandwidth, size, bits):
        return None
    scale = {"t": "10**12", "g": "10**9", "m": "10**6"}[bandwidth["scale"].lower()]
    params = {"b": "10**9", "m": "10**6", "t": "10**12"}[size["scale"].lower()]
    width = bits["bits"] or bits["typed"]
    return f"{_digits(bandwidth)} * {scale} / ({_digits(size)} * {params} * {width} / 8)"


def _digits(match: re.Match[str]) -> str:
    return match["n"].replace(",", "")


KWH = {"kWh": 1, "MWh": 1000, "GWh": 1000000}
NUMBER = r"(?<![\w.])(?P<n>\d[\d,]*(?:\.\d+)?)"
NAMES = re.compile(r"\bco2e?\b|\bbatch[\s-]?(?:size\s*)?(?:of\s*)?1\b", re.IGNORECASE)
ENERGY = re.compile(rf"{NUMBER}\s?(?P<scale>[kmg])wh\b", re.IGNORECASE)
GRAMS = re.compile(
    rf"{NUMBER}\s?(?P<unit>grams?|kg|g)\s*(?:of\s+)?(?:co2(?:e|-?eq)?\s*)?(?:per|a|/)\s*kwh\b", re.IGNORECASE
)
EMITTED = re.compile(r"\bco2\w*|\bemissions?\b|\bcarbon\b", re.IGNORECASE)
LAYERS = re.compile(rf"{NUMBER}\s?-?layers?\b", re.IGNORECASE)
HEADS = re.compile(rf"{NUMBER}\s?(?:kv|key[\s/-](?:and[\s-])?value)[\s-]heads?\b", re.IGNORECASE)
HEAD_SIZE = re.compile(r"\bhead[\s_-](?:dim(?:ension)?s?|size|width)\s*(?:of|=|:|is)?\s*(?P<n>\d[\d,]*)", re.IGNORECASE)
CACHE = re.compile(r"\bkv[\s-]?cache\b|\bcache\b", re.IGNORECASE)
BITS = re.compile(r"\b(?P<bits>4|8|16|32)[\s-]?bits?\b|\b(?:int|fp|bf|float)(?P<typed>4|8|16|32)\b", re.IGNORECASE)
BANDWIDTH = re.compile(rf"{NUMBER}\s?(?P<scale>[tgm])b/s\b", re.IGNORECASE)
SIZE = re.compile(rf"{NUMBER}\s?(?P<scale>[bmt])\b(?!/)", re.IGNORECASE)
ALONE = re.compile(
    r"\bbatch[\s-]?(?:size\s*)?(?:of\s*)?(?:1|one)\b|\bsingle[\s-](?:stream|request|user|sequence)\b", re.IGNORECASE
)
DECODE = re.compile(r"\bdecod\w+|\btokens?\s+(?:per|a)\s+second\b|\btok/s\b|\bgenerat\w+", re.IGNORECASE)
SUMS: tuple[tuple[Callable[[Reading], str | None], str, str], ...] = (
    (_node, "One accelerator hour", "USD per GPU hour"),
    (_even_tokens, "Break-even", "tokens"),
    (_tokens_served, "Cost per million tokens", "USD per million tokens"),
    (_hours_saved, "Net benefit", "USD"),
    (_energy_cost, "Energy cost", "USD"),
    (_emissions, "Emissions", "t CO2e"),
    (_cache, "KV cache a token", "bytes"),
    (_decode, "Most tokens a second", "tokens per second"),
)


def _weigh(r: Reading) -> float | None:
    if r.periods or r.values or r.models or r.percents:
        return None
    r = with_bare_money(r)
    return 1.6 if any(read(r) for read, _, _ in SUMS) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    r = with_bare_money(r)
    told = next((found, label, unit) for read, label, unit in SUMS if (found := read(r)))
    expression, label, unit = told
    code = (r.money[0].unit if r.money else None) or "USD"
    return (Planned("calculate", {"expression": expression, "label": label, "unit": unit.replace("USD", code)}),)


INTENTS = (Intent("sums_told", _weigh, _fill),)
