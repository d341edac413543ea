"""Questions about the power that accelerators draw, what it costs and the CO2 it causes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.chips.chips_named import BUY, RENT, chip_hours, hardware, span_hours
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.measures import asked
from bot.agent.slots.amounts import Amount
from tools.calculators.energy import grids
from tools.money import plain

AIMS = (
    ("emissions", re.compile(r"\bco2\w*|\bcarbon\b|\bemissions?\b|\btonnes?\b|\bfootprint\b", re.IGNORECASE)),
    (
        "cost",
        re.compile(
            r"\bcosts?\b|\bbill\b|\bprice\b|\bpay\b|[$€£]|\bspend\b|\bexpens\w+|\bhow much (?:money|do we)", re.I
        ),
    ),
    ("energy", re.compile(r"\bkwh\b|\bmwh\b|\benergy\b|\belectricity\b|\bpower\b", re.IGNORECASE)),
)

EACH = re.compile(r"\s*(?:[km]w|kilowatts?|megawatts?)\s+(?:each|apiece|per|a)\b", re.IGNORECASE)
EACH_BEFORE = re.compile(
    r"(?:\b(?:nodes?|servers?|instances?|machines?|hosts?)\s*(?:x|×|\*|times|at|of|with|drawing)\s*|\beach\s+(?:\w+\s+){0,2})$",
    re.I,
)
KILOWATT_HOURS = {"Wh": Decimal(1) / 1000, "kWh": Decimal(1), "MWh": Decimal(1000), "GWh": Decimal(10**6)}
UNITS_OF_WORK = frozenset({"request", "conversation", "ticket", "document", "image", "page", "user"})
SPANS = {
    "year": re.compile(r"\b(?:per|a|each|every) year\b|\byearly\b|\bannual(?:ly)?\b|\bp\.?a\.?(?!\w)", re.IGNORECASE),
    "month": re.compile(r"\b(?:per|a|each|every) month\b|\bmonthly\b", re.IGNORECASE),
    "week": re.compile(r"\b(?:per|a|each|every) week\b|\bweekly\b", re.IGNORECASE),
    "day": re.compile(r"\b(?:per|a|each|every) day\b|\bdaily\b", re.IGNORECASE),
}
GRID = re.compile(r"\bgrid\b|\bk?wh\b|\bpue\b|\bpower\b", re.IGNORECASE)
INTENSITY = re.compile(
    r"\b(?:grid|carbon|emission|co2e?)(?:\s+(?:intensity|factor|mix|of|is|at|with|a))*\s*(?:of|is|at|=|:)?\s*$",
    re.IGNORECASE,
)


def _weigh_energy(r: Reading) -> float | None:
    if _metered(r):
        priced = r.money or r.has("energy", "cost") or any(words.search(r.text) for _, words in AIMS)
        return 0.9 if priced and not r.has("rentbuy") else None
    if r.has("train") and r.unit("parameter") and r.unit("token"):
        return None
    chips = r.accelerators or r.unit("GPU", "GPU hour", "kW", "MW", "W")
    if not chips or not (r.has("energy") or (r.unit("kW", "MW", "W") and GRID.search(r.text))):
        return None
    return 0.4 if not BUY.search(r.text) or not RENT.search(r.text) else 0.1


def _metered(r: Reading) -> bool:
    """Whether the energy itself is told, in kWh or as that of one query."""
    return any(a.unit in KILOWATT_HOURS and a.kind == "number" and a.per not in KILOWATT_HOURS for a in r.amounts)


def of_energy(r: Reading) -> tuple[Args, ...]:
    """The arguments of what the energy of another calculation's hours comes to, for each country named; none where the
    question asks for no energy or CO2."""
    if not r.has("energy") or not any(measure.name in {"CO2", "electricity in kWh"} for measure in asked(r.original)):
        return ()
    args = conditions(r)
    if each := r.unit("W"):
        args["power_w_each"] = plain(each.value)
    if aim := next((name for name, words in AIMS if name != "cost" and words.search(r.text)), None):
        args["aim"] = aim
    return tuple({**args, "grid": place} for place in _places(r)) or (args,)


def conditions(r: Reading) -> Args:
    """PUE, price of electricity and grams of CO2 a kWh, where they are told."""
    args: Args = {}
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    grams = next((a for a in r.amounts if _a_kwh_emits(r, a)), None)
    if grams is not None:
        args["grams_per_kwh"] = plain(grams.value * (1000 if grams.unit == "kilogram" else 1))
    rates = [a for a in r.amounts if a is not grams and a.kind == "number" and a.per in {"kWh", "MWh"}]
    bare = r.money[0] if len(r.money) == 1 and not r.money[0].per and r.money[0].value <= 1 else None
    price = next((a for a in r.money if a.per in {"kWh", "MWh"}), None)
    if price := price or next(iter(rates), None) or r.amount("electricity", kind="money") or bare:
        args["electricity_per_kwh"] = plain(price.value / (1000 if price.per == "MWh" else 1))
    return args


def _a_kwh_emits(r: Reading, amount: Amount) -> bool:
    """Whether an amount is of CO2 a kWh: `400 g/kWh`, `0.4 kg CO2 per kWh`, `a grid of 380`."""
    if amount.unit in {"gram", "kilogram"}:
        return amount.per in {"kWh", None}
    named = amount.kind == "number" and amount.unit is None and amount.role != "pue"
    return (
        named
        and amount.per in {"kWh", None}
        and (amount.role == "carbon" or INTENSITY.search(r.text[: amount.start]) is not None)
    )


def _queried(r: Reading) -> Args:
    """The energy of one query and how many there are, over the span that is asked for; or a metered energy in kWh."""
    energy = next((a for a in r.amounts if a.unit in KILOWATT_HOURS and a.per not in KILOWATT_HOURS), None)
    if energy is None:
        return {}
    kwh = energy.value * KILOWATT_HOURS[str(energy.unit)]
    counts = [a for a in r.amounts if a.unit in UNITS_OF_WORK and a.kind == "number"]
    if not counts:
        return {"energy_kwh": plain(kwh)}
    args: Args = {"wh_each": plain(kwh * 1000), "queries": plain(counts[0].value)}
    if counts[0].per in SPANS:
        args["every"] = counts[0].per
        if span := next(
            (name for name, words in SPANS.items() if name != counts[0].per and words.search(r.text)), None
        ):
            args["over"] = span
    return args


def _energy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    if queried := _queried(r):
        args |= queried
    elif total := chip_hours(r):
        args["gpu_hours"] = plain(total)
        args.pop("count", None)
    elif (hours := span_hours(r)) is not None:
        args["hours"] = plain(hours)
    power, boxes = r.unit("kW", "MW"), r.unit("node")
    if power and boxes and (EACH.match(r.text, power.end) or EACH_BEFORE.search(r.text[: power.start])):
        args["power_w_each"] = plain(power.value * (1000 if power.unit == "kW" else 10**6))
        args["count"] = plain(boxes.value)
    elif power and (EACH.match(r.text, power.end) or EACH_BEFORE.search(r.text[: power.start])):
        args["power_w_each"] = plain(power.value * (1000 if power.unit == "kW" else 10**6))
        many = [a for a in r.amounts if a.end < power.start and a.unit is None and a.role != "pue" and a.value > 1]
        if "count" not in args and many:
            args["count"] = plain(many[-1].value)
    elif power:
        args["power_kw"] = plain(power.value * (1000 if power.unit == "MW" else 1))
    if each := r.unit("W"):
        args["power_w_each"] = plain(each.value)
        if "count" not in args and "gpu_hours" not in args:
            before = [a for a in r.amounts if a.end < each.start and a.unit in {None, "GPU"} and a.role != "pue"]
            if before:
                args["count"] = plain(before[0].value)
    args |= conditions(r)
    if load := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(load.value)
    aim = next((name for name, words in AIMS if words.search(r.text)), None)
    if aim == "energy" and "electricity_per_kwh" in args:
        aim = None if base else "cost"
    if aim:
        args["aim"] = aim
    places: list[str | None] = [*_places(r)] or ([args["grid"]] if "grid" in args else [None])
    return tuple(Planned("energy", {**args, "grid": place} if place else args) for place in places)


def _places(r: Reading) -> list[str]:
    """The countries named whose grids are on record, each once; short names only in capitals."""
    found: dict[str, None] = {}
    for grid in grids():
        for name in (grid.region, *grid.names):
            words = name.upper() if len(name) <= 3 else name
            flags = re.NOFLAG if len(name) <= 3 else re.IGNORECASE
            if re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", r.text, flags):
                found[grid.region] = None
    return sorted(found, key=lambda region: r.text.casefold().find(region.casefold()))


INTENTS = (Intent("energy", _weigh_energy, _energy),)
