"""Which accelerators a question names, how many, for how long, and at what price an hour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.chips.counted import machines
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.running_time import hours_a_span, running_time
from bot.agent.slots.amounts import Amount
from tools.money import plain

ENDS_IN_S = re.compile(r"l40s$", re.IGNORECASE)
LEADING = re.compile(r"\d[\d,]*")
HOURS_AFTER = re.compile(r"[\s-]*(?:gpu|chip)?[\s-]*(?:hours?|hrs?|h)\b", re.IGNORECASE)
PER_HOUR = re.compile(
    r"\b(?:(?:per|an?|each|every|one)\s+(?:(?:gpu|chip|card|accelerator|node|instance)[\s-])?(?:hour|hr)|hourly)\b"
    r"|/\s?(?:gpu[\s-]?)?h(?:ou)?rs?\b|/\s?h\b",
    re.IGNORECASE,
)
HOURS = {
    "hour": Decimal(1),
    "day": Decimal(24),
    "week": Decimal(168),
    "month": Decimal(730),
    "quarter": Decimal(2190),
    "year": Decimal(8760),
}
ADVERBS = {
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "all year": "year",
    "year-round": "year",
    "monthly": "month",
    "all month": "month",
    "weekly": "week",
    "daily": "day",
}
WHOLE = re.compile(
    r"\b(?:all of|whole(?: of)?|entire|throughout|full|non-?stop|around the clock|24\s?/\s?7|continuously|always on"
    r"|all through)\b",
    re.IGNORECASE,
)
A_TIME = re.compile(
    r"\b(?:a|an|one|per|each|every|for\s+the)\s+(?:(?:whole|full|entire|single|complete|calendar)\s+)?"
    r"(?P<unit>hour|day|week|month|year)\b(?!\s+(?:ahead|before|after|to date|so far))"
    r"|\b(?P<adverb>yearly|annual|annually|monthly|weekly|daily|all year|year-round|all month)\b",
    re.IGNORECASE,
)
OF_A_NODE = re.compile(
    r"\b(?:per|a|an|each|every|one)\s+(?:node|server|box|machine|instance|system|dgx|hgx)\b|/\s?node\b", re.I
)
OF_ONE = re.compile(
    r"\b(?:per|an?|each|every|one|single)[\s-]+(?:gpu|chip|card|accelerator|h\d00|a100|b\d00)\b|/\s?gpu\b|\bgpu[\s-]h",
    re.I,
)
OF_ALL = re.compile(
    r"\s*\(?(?:in total|all in|together|altogether|total(?=\s*[),;])"
    r"|for (?:all|both|the (?:lot|box|node|server|machine|whole)))\b",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"[\s-]*(?:gpus?\s+)?(?:node|server|box|machine|system|rig)\s+(?:of|with|holding)\s+(?P<count>[2-9]|1[0-6])\b(?!\s*(?:[x%]|gb|tb|k\b))",
    re.I,
)
ONE_BOX = re.compile(r"[\s-]*(?:gpus?\s+)?(?:node|server|box|machine|instance|system)\b", re.IGNORECASE)
AT = re.compile(r"(?:\bat|@)\s*(?:about\s+)?$", re.IGNORECASE)
MOST_AN_HOUR = 100
LEAST_UNCLEAR = 6
UNCLEAR = "0"
HOUR_COSTS = re.compile(r"\bhours?\s+(?:\w+\s+){0,2}?(?:costs?|is|at|priced at|for|=)\s*(?:about\s+)?$", re.IGNORECASE)
BUY = re.compile(r"\b(?:buy|bought|purchas|own(?:ing|ed)?\b|acquir)\w*", re.IGNORECASE)
RENT = re.compile(r"\b(?:rent|leas|hir|cloud|reserv)\w*", re.IGNORECASE)


def hardware(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments that every hardware tool takes: which accelerator, how many."""
    args: Args = dict(base)
    if r.accelerators:
        first = r.accelerators[0]
        memory = next((a for a in r.amounts if a.unit == "GB" and 0 <= first.start - a.phrase_end <= 1), None)
        args["accelerator"] = f"{bare(first.text)} {plain(memory.value)}GB" if memory else bare(first.text)
        if first.gpus_per_instance and (machines_of := count_before(r, first.start)) is not None:
            args["count"] = plain(Decimal(machines_of) * first.gpus_per_instance)
        elif first.count is not None:
            args["count"] = str(first.count)
        elif (worded := count_before(r, first.start)) is not None:
            args["count"] = worded
        elif base and "accelerator" in base and base.get("count") and first.gpus_per_instance is None:
            args["count"] = base["count"]
    if "count" not in args or not (r.accelerators and r.accelerators[0].count):
        counted = r.unit("GPU")
        if counted is not None:
            args["count"] = plain(counted.value)
    if "count" not in args and r.accelerators and (held := HOLDS.match(r.text, r.accelerators[0].end)):
        args["count"] = held["count"]
    if several := machines(r):
        args["count"] = plain(several[0] * several[1])
    return args


def count_before(r: Reading, start: int) -> str | None:
    """A count right before an accelerator that stands apart from it or in words: `eight MI325X`."""
    before = [a for a in r.amounts if 0 <= start - a.end <= 1 and a.kind == "number" and a.unit in {None, "GPU", "x"}]
    return plain(before[0].value) if before and before[0].value == before[0].value.to_integral_value() else None


def price_covers(r: Reading, price: Amount, count: str | None) -> str | None:
    """How many accelerators a price an hour is of, where it is of more than one: `$5.20 per hour in total`, `an 8xH100
    node at $18 an hour`. UNCLEAR where several machines are named and it may be of one accelerator or of a machine."""
    near = r.text[max(0, price.start - 45) : price.end + 40]
    if (price.per is not None and "GPU" in price.per) or OF_ONE.search(near):
        return None
    if count is not None and Decimal(count) > 1 and OF_ALL.match(r.text, max(price.end, price.phrase_end)):
        return count
    several = machines(r)
    if several is not None:
        if OF_A_NODE.search(near):
            return plain(several[1])
        if price.value >= LEAST_UNCLEAR:
            return UNCLEAR
        return None
    boxed = next((m for m in r.accelerators if m.count and m.count > 1 and ONE_BOX.match(r.text, m.end)), None)
    return str(boxed.count) if boxed is not None else None


def bare(text: str) -> str:
    """The name without the count before it and without a plural, where it is none of the name: `L40S`."""
    return re.sub(
        r"(?<=\d)s$",
        "" if not ENDS_IN_S.search(text) else "s",
        re.sub(r"^\d[\d,]*\s*(?:x\s*|×\s*)?(?=[A-Za-z])", "", text),
    )


def hourly_price(r: Reading) -> Amount | None:
    """A price an hour that the question gives: `$2.20 per GPU hour`, `a GPU hour costs $2`, `on H100 at $2`, and, of no
    currency, `H100 at 2.20 an hour`."""
    said = next((a for a in r.money if _an_hour(r, a)), None)
    if said is not None or not (r.accelerators or r.unit("GPU")):
        return said
    bare_rates = [a for a in r.amounts if a.kind == "number" and a.unit is None and a.per in {"hour", "GPU hour"}]
    return bare_rates[0] if len(bare_rates) == 1 and bare_rates[0].value < MOST_AN_HOUR else None


def _an_hour(r: Reading, amount: Amount) -> bool:
    before = r.text[max(0, amount.start - 40) : amount.start]
    if (amount.per and "hour" in amount.per) or HOUR_COSTS.search(before):
        return True
    chip = any(0 <= amount.start - m.end <= len(" at about ") for m in r.accelerators)
    chip = chip or bool(
        r.accelerators and len(r.money) == 1 and amount.role in {None, "running_cost"} and not BUY.search(r.text)
    )
    return chip and amount.per is None and amount.value < MOST_AN_HOUR and AT.search(before) is not None


def span_hours(r: Reading) -> Decimal | None:
    """For how long, in hours: `for 3 days`, `a month`; None where the question says no time or only `per hour`."""
    if hours_a_span(r) is not None:
        used = running_time(r)
        return used[0] if used else None
    for amount in r.amounts:
        if amount.kind == "number" and amount.unit in HOURS and amount.role not in {"period"}:
            return amount.value * HOURS[amount.unit]
    if len(r.periods) == 1 and r.periods[0].period.whole_months and WHOLE.search(r.text):
        return Decimal(r.periods[0].period.days) * 24  # `running nonstop all of March`
    spoken = [(m["unit"] or ADVERBS[m["adverb"].lower()]).lower() for m in A_TIME.finditer(r.text)]
    longer = [HOURS[unit] for unit in spoken if unit != "hour"]
    return longer[0] if longer else None


def chip_hours(r: Reading) -> Decimal | None:
    """How many hours of one accelerator are asked for: `100 A100 hours`, `5,000 GPU hours`."""
    for mention in r.accelerators:
        if mention.count is None and (said := LEADING.match(mention.text)) and HOURS_AFTER.match(r.text, mention.end):
            return Decimal(said[0].replace(",", ""))
    hours = r.unit("GPU hour")
    return hours.value if hours is not None and not hours.per else None
