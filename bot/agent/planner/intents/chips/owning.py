"""What owning accelerators and renting them is said to cost, with or without a currency's sign."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.intents.chips.chips_named import MOST_AN_HOUR
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount

RUNNING = re.compile(
    r"\b(?:running|run|operating|operate|powering)\s+(?:(?:it|them|one|costs?|at|for|is)\s+)*$", re.IGNORECASE
)
RUN_AFTER = re.compile(r"\s*(?:to\s+(?:run|operate|power)|(?:in\s+)?(?:running|operating|opex))\b", re.IGNORECASE)
EACH_AFTER = re.compile(
    r"\s*(?:each|apiece|(?:per|a|for (?:each|one|a))\s+(?:gpu|card|chip|piece|unit|accelerator|[habl]\d+s?))\b"
    r"|\s*/\s?(?:gpu|card)",
    re.IGNORECASE,
)
EACH_BEFORE = re.compile(r"\b(?:each|every|per (?:gpu|card|chip)|a (?:gpu|card|chip))\b[^.;?]{0,25}$", re.IGNORECASE)
MACHINE_BEFORE = re.compile(
    r"\b(?:servers?|node|box|machine|rack|system|cluster|dgx|hgx|rig|(?:all|the lot|together|in total))\b[^.;?]{0,45}$",
    re.I,
)
MOST_FOR_ONE = 100_000
LEAST_PRICE = 1000
RENT_BEFORE = re.compile(
    r"\b(?:rent\w*|leas\w+|hir\w+|cloud|on[\s-]demand|hour\w*)\b(?:\s+(?:it|them|one|is|are|at|for|costs?|of|would|be|about|a|an"
    r"|price|rate|the|same|those|around|roughly|each))*\s*$",
    re.IGNORECASE,
)
RENT_AFTER = re.compile(r"\s*(?:an? hour\s+|per hour\s+|/\s?h(?:r|our)?\s+)?to\s+(?:rent|lease|hire)\b", re.IGNORECASE)
RUN_BEFORE = re.compile(
    r"\b(?:running|operating|power|electricity|opex|upkeep|hosting|housing|maintenance|run)\b(?:\s+(?:costs?|cost\s+us|us|it|them|one"
    r"|is|are|at|of|for|and|power|hosting|housing|our|own|ones|about|around|each|would|be|a|costing))*\s*$",
    re.IGNORECASE,
)
RUN_ON = re.compile(
    r"\s*(?:an? |per |/\s?)?(?:gpu[\s-])?(?:hour|hr|h)?\s*(?:each\s+)?(?:of|for|in|to)\s+(?:\w+\s+(?:and|&)\s+)?"
    r"(?:run\w*|operat\w+|power\w*"
    r"|electricity|hosting|housing|upkeep|opex|cool\w+)\b",
    re.IGNORECASE,
)


def bought_for(r: Reading) -> Amount | None:
    """What is paid to own them: a sum that is said to be, else one of no span and too large for an hour's rent."""
    told = [a for a in r.money if a.role == "purchase" and not a.per and a.value > MOST_AN_HOUR]
    sums = [a for a in r.money if not a.per and a.value > MOST_AN_HOUR]
    bare = [a for a in r.amounts if a.kind == "number" and a.unit is None and a.per is None and a.value >= LEAST_PRICE]
    return next(iter([*told, *sums, *bare]), None)


def of_all(r: Reading, price: Amount, count: str | None) -> bool:
    """Whether a price is that of all of them together: a server's, or more than one could cost."""
    if count is None or Decimal(count) <= 1 or EACH_AFTER.match(r.text, max(price.end, price.phrase_end)):
        return False
    if EACH_AFTER.match(r.text, price.end) or EACH_BEFORE.search(r.text[: price.start]):
        return False
    return MACHINE_BEFORE.search(r.text[: price.start]) is not None or price.value >= MOST_FOR_ONE


def running_cost(r: Reading) -> Amount | None:
    """What an hour of an own one costs to run."""
    for amount in _hourly(r):
        if _run_before(r, amount):
            return amount
    for amount in _hourly(r):
        said = RUN_AFTER.match(r.text, amount.phrase_end) or RUN_ON.match(r.text, amount.end)
        if (said or RUN_ON.match(r.text, amount.phrase_end)) and not RENT_BEFORE.search(r.text[: amount.start]):
            return amount
    hourly = [a for a in _hourly(r) if a.per is not None]
    roles = [a for a in hourly if a.role in {"running_cost", "electricity"}]
    rents = [a for a in hourly if a.role == "rent" or RENT_BEFORE.search(r.text[: a.start])]
    if not roles and len(hourly) == 2 and len(rents) == 1:
        other = next(a for a in hourly if a is not rents[0])
        return other if other.value < rents[0].value else None  # `30,000 over 4 years, 0.5 an hour` against the rent
    return roles[0] if roles else None


def _run_before(r: Reading, amount: Amount) -> bool:
    """Whether the words before an amount say that it is what running costs: those of another amount do not, as in
    `0.30 an hour to run and 2.10 to rent`."""
    before = r.text[: amount.start]
    found = RUNNING.search(before) or RUN_BEFORE.search(before)
    if found is None or RENT_AFTER.match(r.text, amount.end):
        return False
    others = [a for a in _hourly(r) if a.end <= found.start()]
    return not any((of := RUN_AFTER.match(r.text, a.phrase_end)) and of.end() > found.start() for a in others)


def rent_an_hour(r: Reading, running: Amount | None) -> Amount | None:
    """What an hour costs to rent: the amount that is said to be, else the one left beside the running cost."""
    left = [a for a in _hourly(r) if a is not running]
    said = [a for a in left if RENT_BEFORE.search(r.text[: a.start]) or RENT_AFTER.match(r.text, a.end)]
    hourly = [a for a in left if a.per is not None]
    return next(iter([*said, *hourly]), left[0] if len(left) == 1 else None)


def _hourly(r: Reading) -> list[Amount]:
    """Amounts that may be of an hour: of money or of nothing, small, and of no other span."""
    return [
        a
        for a in r.amounts
        if (a.kind == "money" or (a.kind == "number" and a.unit is None))
        and a.role not in {"pue", "top", "discount"}
        and (a.per in {"hour", "GPU hour", "GPU"} or (a.per is None and (a.kind == "money" or a.value % 1)))
        and 0 < a.value < MOST_AN_HOUR
    ]
