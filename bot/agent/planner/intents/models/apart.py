"""What is asked to be told apart: the difference of two prices, each worked out by a call of its own."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.intents.chips.chips_named import span_hours
from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.measures import asked
from bot.agent.planner.words.running_time import hours_a_span, running_time
from bot.agent.slots.amounts import Amount
from tools.money import plain

INSTEAD = re.compile(
    r"\b(?:instead of|rather than|sav(?:e|es|ed|ing|ings)|difference|versus|vs\.?|compared (?:to|with))\b", re.I
)
SAVED = re.compile(r"\b(?:sav(?:e|es|ed|ing|ings)|discount|premium|mark-?up)\b", re.IGNORECASE)
LEAST = re.compile(
    r"\b(?:which|what|who|where|is)\b.*"
    r"\b(?:cheap\w*|least|lowest|better deal|(?P<most>priciest|dearest|most expensive|highest))\b",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"\b(?:how many times|what (?:multiple|factor)|by (?:what|which) factor|ratio|multiple of|x times"
    r"|(?:\d+(?:\.\d+)?|two|three|four|five|six|ten)\s*(?:x|times)\s+(?:as\s+)?(?:cheap\w*|dear\w*|pric\w+|expensive|more|less|costl\w+))\b",
    re.I,
)
DISCOUNT = re.compile(r"\b(?:discount|mark-?up|premium|surcharge)\b(?!\s+(?:rate|code))", re.IGNORECASE)
PERCENT = re.compile(
    r"\b(?:how many|what|in|how much)\s+(?:\w+\s+){0,3}?(?:percent\w*|per cent|pct)|(?:in|how many|what)\s+%"
    r"|%\s*(?:cheaper|dearer|more|less|difference|discount)",
    re.IGNORECASE,
)
MORE = re.compile(r"\b(?:more|dearer|pricier|costlier|higher|above|premium|mark-?up|surcharge|extra|on top)\b", re.I)
ON_ALL_THE_TIME = re.compile(
    r"\bnon-?\s?stop\b|\baround the clock\b|\b24\s?/\s?7\b|\bcontinuous\w*|\balways[\s-]on\b", re.I
)
MOST_AN_HOUR = 100
HOURS = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}


def with_difference(r: Reading, calls: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """The calls, and how far apart their headlines are where that is asked of two."""
    wanted = any(one.name == "a difference" for text in (r.original, r.text) for one in asked(text)) or SAVED.search(
        r.text
    )
    wanted = wanted or TIMES.search(r.text) or PERCENT.search(r.text)
    if len(calls) > 1 and not wanted and (best := LEAST.search(r.text)):
        how = "most" if best["most"] else "least"
        return (*calls, Planned("combined_amounts", {"how": how}, after=True))
    if len(calls) != 2 or not wanted:
        return calls
    return (*calls, difference(r))


def difference(r: Reading) -> Planned:
    """The call that tells how far the two before are apart: as an amount, in percent, or as a multiple."""
    args: Args = {"how": "difference"}
    if TIMES.search(r.text):
        args["lead"] = "times"
    elif PERCENT.search(r.text) or (DISCOUNT.search(r.text) and not r.amounts):
        args["lead"] = "percent_more" if MORE.search(r.text) else "percent_less"
    return Planned("combined_amounts", args, after=True)


def two_prices(r: Reading, args: Args) -> tuple[Planned, ...]:
    """Two prices an hour that the question gives, for the same hours: what each comes to, and the difference."""
    prices = [a for a in r.money if a.per in {None, "hour", "GPU hour", "GPU"} and a.value < MOST_AN_HOUR]
    hours = _hours(r)
    if len(r.money) != 2 or len(prices) != 2 or hours is None or not INSTEAD.search(r.text):
        return ()
    chips = [mention for mention in r.accelerators if mention.count is None or mention.count == 1]
    names = [m.text for m in sorted(chips, key=lambda m: m.start)] if len(chips) == 2 == len(r.accelerators) else []
    if len(r.accelerators) > 1 and not names:
        return ()
    calls = []
    for at, price in enumerate(prices):
        one = {**args, "price_per_hour": plain(price.value), "hours": plain(hours)}
        calls.append(Planned("rent_price", {**one, "accelerator": names[at]} if names else one))
    return (*calls, Planned("combined_amounts", {"how": "difference"}, after=True))


def _hours(r: Reading) -> Decimal | None:
    if hours_a_span(r) is not None:
        used = running_time(r)
        return used[0] if used else None
    if (total := r.unit("GPU hour")) is not None and total.per is None:
        return total.value
    lengths: list[Amount] = [a for a in r.amounts if a.kind == "number" and a.unit in HOURS]
    if not lengths and ON_ALL_THE_TIME.search(r.text):
        return span_hours(r)
    return lengths[0].value * HOURS[str(lengths[0].unit)] if len(lengths) == 1 else None
