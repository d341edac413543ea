"""What a bill becomes: prices or usage that move once, or grow each month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own.own_spend import is_workload, own
from bot.agent.planner.intents.own.spend_scope import SCOPE, filters
from bot.agent.planner.intents.supposed.part_moved import DIFFERENCE, condition, is_part, part_moved
from bot.agent.planner.intents.supposed.scenario_words import (
    A_MONTH,
    A_YEARLY,
    BILL,
    CLAUSE,
    COUNTED,
    DOUBLES,
    FACT,
    FALLS,
    HORIZON,
    LEFT_OF_IT,
    MONTHLY,
    MONTHS,
    MULTIPLES,
    ORDERED,
    PRICE,
    RISES,
    SAVED,
    SELLS,
    SUPPOSED,
    TIMES,
    TOLD,
    VOLUME,
)
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

WHOLE_OR_PART = (
    "Only a part of that bill would move. Should I tell that part alone after the move, or another part? Name the "
    "provider or model in what you ask about, as in “what would the OpenAI bill have been”."
)
LEAST_BILL = 100
LEAST_OWN = 0.3


def bill_given(r: Reading) -> Amount | None:
    """The one amount that is the bill now: money, or a number beside the word, where there is only one."""
    sums = [a for a in r.money if a.per not in {"token", "hour", "GPU hour"}]
    if not sums and BILL.search(r.text):
        sums = [
            a for a in r.amounts if a.kind == "number" and a.unit is None and a.role is None and a.value >= LEAST_BILL
        ]
    return sums[0] if len(sums) == 1 else None


def _supposes(r: Reading) -> bool:
    if SUPPOSED.search(r.text) or ORDERED.search(r.text):
        return True
    return TOLD.search(r.text) is not None and not FACT.search(r.text)


def _supposed(r: Reading) -> bool:
    """Whether a past bill is to be told as it were after a move: `if traffic doubles`, `with 20% less usage`."""
    moves = list(_moves(r))
    said = _supposes(r) or (DOUBLES.search(r.text) and VOLUME.search(r.text))
    saved = SAVED.search(r.text) and not r.amount("discount", "decline", kind="percent")
    if (
        not moves
        or not said
        or len({m.text for m in r.models}) > 1
        or len({a.value for a in r.percents}) > len(moves)
        or saved
    ):
        return False
    return bool(r.periods) and not (all(p.is_future for p in r.periods) or r.amount("cached", "batch", kind="percent"))


# `We pay $22,500 after a 10% discount`: it is off already.
ALREADY = re.compile(
    r"\b(?:after|net\s+of|including|incl\.?|with)\s+(?:an?\s+|the\s+|our\s+)?\d[\d.]*\s*(?:%|percent|per\s+cent)\s+"
    r"(?:\w+\s+)?(?:discount|rebate|reduction|off)\b",
    re.IGNORECASE,
)


def _weigh(r: Reading) -> float | None:
    if COUNTED.search(r.text):
        return None
    moved = bool(r.percents) or DOUBLES.search(r.text)
    if not moved or r.has("project") or (r.models and (is_workload(r) or not own(r))) or A_YEARLY.search(r.text):
        return None
    if not (bill_given(r) or own(r) >= 0.2 or r.accelerators):
        return None
    if not (bill_given(r) or r.accelerators or r.models or r.periods or r.values or BILL.search(r.text)):
        return None  # "we use 65%" is of no bill
    if bill_given(r) and ALREADY.search(r.text) and not r.has("scenario", "whatif"):
        return None
    said = r.has("scenario", "change", "whatif") or any(a.signed for a in r.percents)
    said = said or bool(PRICE.search(r.text) or VOLUME.search(r.text))
    ours = not bill_given(r) and (_supposes(r) or r.amount("discount", kind="percent") is not None)
    if not (said or ours):
        return None
    if not bill_given(r) and (own(r) >= LEAST_OWN or (r.values and r.periods)) and _supposed(r):
        return 1.0 + own(r)
    told = 0.5 if bill_given(r) else 0.0
    return max(told, 0.3 * r.has("scenario", "change", "whatif")) + 0.35 * r.has("scenario", "whatif")


def _scenario(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {**base, **_moves(r)}
    if months := r.unit("month", "year"):
        args["months"] = plain(months.value * (12 if months.unit == "year" else 1))
    elif (ahead := HORIZON.search(r.text)) and any(name.startswith("monthly") for name in args):
        args["months"] = str(MONTHS[(ahead["span"] or ahead["later"]).lower()])
    if bill := bill_given(r):
        return (Planned("bill_after_change", {**args, "amount": plain(bill.value), "currency": _currency(bill)}),)
    if "amount" in args:
        return (Planned("bill_after_change", args),)
    span = _condition(r)
    if is_part(r, span):
        moved = part_moved(r, span, _moves(r), base)
        return (moved or Planned("ask_back", {"question": WHOLE_OR_PART}),)
    if "first" in base:
        named = filters(r, {key: value for key, value in base.items() if key in SCOPE})
        then = {"period": as_text(r.periods[0].period)} if r.periods and not r.periods[0].is_future else {}
        return (Planned("spend_if", {**args, **named, **then}),)
    if DIFFERENCE.search(r.text) and set(args) <= {"price_change", "volume_change"} and not r.accelerators:
        whole = part_moved(r, (0, 0), args, base)
        return (whole,) if whole else ()
    scope = filters(r, {})
    if r.accelerators:
        scope["accelerator"] = tuple({m.text.casefold(): m.text for m in r.accelerators}.values())
    past = [mention for mention in r.periods if not mention.is_future]
    past = [mention for mention in past if not TILL.search(r.text[mention.end :])] or past
    scope["period"] = as_text(past[0].period if past else Period.last_month(r.today))
    if set(args) <= {"price_change", "volume_change"}:
        return (Planned("spend_if", {**scope, **args, "first": "difference" if DIFFERENCE.search(r.text) else "bill"}),)
    return (Planned("spend_total", scope), Planned("bill_after_change", args, amount_from="amount"))


# When the price moves, told before what is asked: `cheaper in August. What would June have been`.
TILL = re.compile(r"^[.;:!]\s+(?=.*\?)")


def _currency(bill: Amount) -> str:
    return bill.unit if bill.kind == "money" and bill.unit else "USD"


def _moves(r: Reading) -> Args:
    """The change of prices and that of usage, each from its own clause; of two of one kind only the first, so that the
    other is asked about."""
    args: Args = {}
    given = bill_given(r) is not None
    for start, end in _clauses(r.text):
        clause = r.text[start:end]
        moved = next((a for a in r.percents if start <= a.start < end and a.role != "cached"), None)
        doubled = DOUBLES.search(clause)
        if moved is None and doubled is None:
            continue
        volume = VOLUME.search(clause) is not None and not PRICE.search(clause)
        told = PRICE.search(r.text) or (SELLS.search(clause) and any(start <= at < end for at in _sellers(r)))
        if not volume and not told and VOLUME.search(r.text):
            volume = True
        size = moved.value if moved is not None else _multiple(doubled)
        falls, rises = (words.search(clause) is not None for words in (FALLS, RISES))
        if not (falls or rises):
            falls, rises = (words.search(r.text) is not None for words in (FALLS, RISES))
        if volume and moved is not None and not (falls or rises or moved.signed):
            if LEFT_OF_IT.match(r.text, moved.end) is None:
                continue  # which way is not said
            size -= 100
        name = "volume" if volume else "price"
        monthly = MONTHLY.search(r.text) is not None or (A_MONTH.search(clause) is not None and not given)
        name = (f"monthly_{name}_growth" if volume else f"monthly_{name}_change") if monthly else f"{name}_change"
        if name in args:
            continue
        args[name] = plain(-abs(size) if moved is not None and falls and not rises else size)
        if moved is not None and not (falls or rises or moved.signed) and not volume:
            args["either_way"] = True
    return args


def _sellers(r: Reading) -> list[int]:
    """Where who sells is named."""
    return [v.start for v in r.values if v.dimension in {"provider", "service"}]


def _multiple(said: re.Match[str] | None) -> Decimal:
    """By how many percent what doubles, halves or is times something changes."""
    assert said is not None
    times = (said["times"] or "").lower()
    factor = Decimal(TIMES.get(times, times)) if times else MULTIPLES[(said["verb"] or said["half"]).lower()]
    return (factor - 1) * 100


def volume_moved(r: Reading) -> Decimal | None:
    """By how many percent traffic is moved at once; None where it is not: `70% of the traffic` is a part."""
    told = FALLS.search(r.text) or RISES.search(r.text) or DOUBLES.search(r.text) or any(a.signed for a in r.percents)
    moved = _moves(r).get("volume_change") if told else None
    return None if moved is None else Decimal(moved)


def _condition(r: Reading) -> tuple[int, int]:
    """The clause that says what moves."""
    at = [a.start for a in r.percents] or [m.start() for m in DOUBLES.finditer(r.text)]
    return condition(r, at[0] if at else 0)


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [*(m.start() for m in CLAUSE.finditer(text)), len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


INTENTS = (Intent("scenario", _weigh, _scenario),)
