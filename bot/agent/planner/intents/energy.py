"""Questions about the power that accelerators draw, what it costs and the CO2 it causes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.hardware import BUY, RENT, hardware, span_hours
from bot.agent.planner.measures import asked
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
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
    r"(?:\b(?:nodes?|servers?|instances?|machines?|hosts?)\s*(?:x|×|\*|times)\s*|\beach\s+(?:\w+\s+){0,2})$", re.I
)


def _weigh_energy(r: Reading) -> float | None:
    if not r.has("energy") or not (r.accelerators or r.unit("GPU", "kW", "MW", "W")):
        return None
    return 0.4 if not BUY.search(r.text) or not RENT.search(r.text) else 0.1


def of_energy(r: Reading) -> tuple[Args, ...]:
    """The arguments of what the energy of another calculation's hours comes to, for each country named; none where the
    question asks for no energy or CO2."""
    if not r.has("energy") or not any(measure.name in {"CO2", "electricity in kWh"} for measure in asked(r.original)):
        return ()
    args: Args = {}
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    if price := r.amount("electricity", kind="money"):
        args["electricity_per_kwh"] = plain(price.value)
    if aim := next((name for name, words in AIMS if name != "cost" and words.search(r.text)), None):
        args["aim"] = aim
    return tuple({**args, "grid": place} for place in _places(r)) or (args,)


def _energy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    hours = span_hours(r)
    if hours is not None:
        args["hours"] = plain(hours)
    power, machines = r.unit("kW", "MW"), r.unit("node")
    if power and machines and (EACH.match(r.text, power.end) or EACH_BEFORE.search(r.text[: power.start])):
        args["power_w_each"] = plain(power.value * (1000 if power.unit == "kW" else 10**6))
        args["count"] = plain(machines.value)
    elif power:
        args["power_kw"] = plain(power.value * (1000 if power.unit == "MW" else 1))
    if each := r.unit("W"):
        args["power_w_each"] = plain(each.value)
        if "count" not in args and (
            counted := next((a for a in r.amounts if a.end < each.start and a.unit in {None, "GPU"}), None)
        ):
            args["count"] = plain(counted.value)
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    priced = next((a for a in r.amounts if a.kind == "number" and a.per in {"kWh", "MWh"}), None)
    bare = r.money[0] if len(r.money) == 1 and not r.money[0].per and r.money[0].value <= 1 else None
    if price := r.amount("electricity", kind="money") or priced or bare:
        args["electricity_per_kwh"] = plain(price.value)
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
