"""What a bill becomes: prices or usage that move once, or grow each month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own_spend import is_workload, own
from bot.agent.planner.intents.spend_scope import filters
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

FALLS = re.compile(r"\b(?:fall|fell|drop|decline|decrease|down|cut|cheaper|lower|less|shrink|reduc)\w*", re.IGNORECASE)
RISES = re.compile(r"\b(?:ris|rais|hik|rose|grow|grew|increas|up\b|climb|higher|more|dearer|jump)\w*", re.IGNORECASE)
VOLUME = re.compile(
    r"\b(?:usage|volumes?|traffic|use|tokens?(?!\s+(?:price|cost|rate))|requests?|demand|consumption|growth|grows?"
    r"|users?)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"\b(?:prices?|rates?|pricing|unit costs?)\b", re.IGNORECASE)
PERCENT = r"(?:%|\bper\s?cent\b|\bpct\b)"
MONTHLY = re.compile(
    rf"{PERCENT}\s*(?:\w+\s+)?(?:on\s+average\s+)?(?:a|per|each|every|/)\s*(?:single\s+)?month\b|{PERCENT}\s+monthly"
    r"|\bmonthly\s+(?:growth|rise|increase|decline|drop|decrease)|month over month|\bmom\b",
    re.I,
)
A_MONTH = re.compile(r"\b(?:a|per|each|every)\s+month\b|\bmonthly\b", re.IGNORECASE)
A_YEARLY = re.compile(
    rf"{PERCENT}\s*(?:\w+\s+)?(?:a|per|each|every|/)\s*(?:year|quarter|week|day)"
    r"|\b(?:yearly|annual\w*|quarterly|weekly|yoy|cagr)\b",
    re.I,
)
DOUBLES = re.compile(r"\b(?P<verb>doubl|tripl|halv)\w*", re.IGNORECASE)
MULTIPLES = {"doubl": Decimal(100), "tripl": Decimal(200), "halv": Decimal(-50)}
CLAUSE = re.compile(r"[,;.?](?=\s|$)|\b(?:and|but|while|with)\b", re.IGNORECASE)
BILL = re.compile(r"\b(?:bills?|invoice|spend\w*|costs?|pay(?:ing)?|charges?|budget)\b", re.IGNORECASE)
HORIZON = re.compile(
    r"\b(?:in|after|within|over|for|by the end of)\s+(?:a|an|one|the|next|the next|a whole|a full)\s+"
    r"(?P<span>year|quarter|month)\b"
    r"|\ba (?P<later>year|quarter) (?:from now|later|on)\b",
    re.IGNORECASE,
)
MONTHS = {"year": 12, "quarter": 3, "month": 1}
WHOLE_OR_PART = (
    "Only a part of that bill would move. Should I tell that part alone after the move, or another part? Name the "
    "provider or model in what you ask about, as in “what would the OpenAI bill have been”."
)
THEM = re.compile(
    r"\b(?:with|to|from|on|for|cost|costs) (?:them|it|that|those)\b|\b(?:its|their|that) (?:bill|part|spend"
    r"|share)\b",
    re.I,
)
IF = re.compile(r"\b(?:if|suppose|supposing)\b", re.IGNORECASE)
LEAST_BILL = 100
LEAST_OWN = 0.3
STOP = re.compile(r"[,;.?](?=\s|$)")
SUPPOSED = re.compile(
    r"\b(?:if|would|suppos\w+|imagine|assum\w+|had|with\s+(?:about\s+)?\d[\d.]*\s?(?:%|percent)\s+(?:less|fewer"
    r"|more|lower|higher))\b",
    re.IGNORECASE,
)
SAVED = re.compile(r"\bsav(?:e|ed|es|ing|ings)\b", re.IGNORECASE)
# What the price of one provider or model moves: a bill of more than that moves by less.
OF_A_PRICE = frozenset({"provider", "service", "model"})


def bill_given(r: Reading) -> Amount | None:
    """The one amount that is the bill now: money, or a number beside the word, where there is only one."""
    sums = [a for a in r.money if a.per not in {"token", "hour", "GPU hour"}]
    if not sums and BILL.search(r.text):
        sums = [
            a for a in r.amounts if a.kind == "number" and a.unit is None and a.role is None and a.value >= LEAST_BILL
        ]
    return sums[0] if len(sums) == 1 else None


def _supposed(r: Reading) -> bool:
    """Whether a past bill is to be told as it were after a move: `if traffic doubles`, `with 20% less usage`."""
    moves = list(_moves(r))
    said = SUPPOSED.search(r.text) or (DOUBLES.search(r.text) and VOLUME.search(r.text))
    if not moves or not said or len(r.models) > 1 or len(r.percents) > 1 or SAVED.search(r.text):
        return False
    return bool(r.periods) and not (any(p.is_future for p in r.periods) or r.amount("cached", "batch", kind="percent"))


def _partly(r: Reading) -> bool:
    """Whether only the condition names a provider or a model, and the bill asked about is told apart from it: `if
    OpenAI was 10% cheaper, what would search have paid in May`. That bill may hold more than what moves."""
    start, end = _condition(r)
    named = [v.start for v in r.values if v.dimension in OF_A_PRICE]
    named += [m.start for m in r.models] + [m.start for m in r.accelerators]
    if IF.search(r.text, start, end):
        named += [v.start for v in r.values if v.dimension == "team" and start <= v.start < end]
    told = [*(p.start for p in r.periods), *(v.start for v in r.values)]
    apart = any(not start <= at < end for at in told)
    back = THEM.search(r.text[:start]) or THEM.search(r.text[end:])
    return bool(named) and apart and not back and all(start <= at < end for at in named)


def _weigh(r: Reading) -> float | None:
    moved = bool(r.percents) or DOUBLES.search(r.text)
    if not moved or r.has("project") or (r.models and (is_workload(r) or not own(r))) or A_YEARLY.search(r.text):
        return None
    if not (bill_given(r) or own(r) >= 0.2 or r.accelerators):
        return None
    if not (bill_given(r) or r.accelerators or r.models or r.periods or r.values or BILL.search(r.text)):
        return None  # "we use 65%" is of no bill
    said = r.has("scenario", "change", "whatif") or any(a.signed for a in r.percents)
    said = said or bool(PRICE.search(r.text) or VOLUME.search(r.text))
    if not said:
        return None
    if not bill_given(r) and own(r) >= LEAST_OWN and _supposed(r):
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
    if _partly(r):
        return (Planned("ask_back", {"question": WHOLE_OR_PART}),)
    scope = filters(r, {})
    if r.accelerators:
        scope["accelerator"] = tuple(dict.fromkeys(m.text for m in r.accelerators))
    past = [mention for mention in r.periods if not mention.is_future]
    scope["period"] = as_text(past[0].period if past else Period.last_month(r.today))
    return (Planned("spend_total", scope), Planned("bill_after_change", args, amount_from="amount"))


def _currency(bill: Amount) -> str:
    return bill.unit if bill.kind == "money" and bill.unit else "USD"


def _moves(r: Reading) -> Args:
    """The change of prices and that of usage, each from its own clause; of two of one kind only the first, so that the
    other is asked about."""
    args: Args = {}
    monthly = MONTHLY.search(r.text) is not None or (A_MONTH.search(r.text) is not None and not bill_given(r))
    for start, end in _clauses(r.text):
        clause = r.text[start:end]
        moved = next((a for a in r.percents if start <= a.start < end and a.role != "cached"), None)
        doubled = DOUBLES.search(clause)
        if moved is None and doubled is None:
            continue
        volume = VOLUME.search(clause) is not None and not PRICE.search(clause)
        if not volume and not PRICE.search(clause) and VOLUME.search(r.text) and not PRICE.search(r.text):
            volume = True
        size = moved.value if moved is not None else MULTIPLES[str(doubled and doubled["verb"]).lower()]
        falls, rises = (words.search(clause) is not None for words in (FALLS, RISES))
        if not (falls or rises):
            falls, rises = (words.search(r.text) is not None for words in (FALLS, RISES))
        name = "volume" if volume else "price"
        name = (f"monthly_{name}_growth" if volume else f"monthly_{name}_change") if monthly else f"{name}_change"
        if name in args:
            continue
        args[name] = plain(-abs(size) if moved is not None and falls and not rises else size)
        if moved is not None and not (falls or rises or moved.signed) and not volume:
            args["either_way"] = True
    return args


def volume_moved(r: Reading) -> Decimal | None:
    """By how many percent traffic is moved at once; None where it is not: `70% of the traffic` is a part."""
    told = FALLS.search(r.text) or RISES.search(r.text) or DOUBLES.search(r.text) or any(a.signed for a in r.percents)
    moved = _moves(r).get("volume_change") if told else None
    return None if moved is None else Decimal(moved)


def _condition(r: Reading) -> tuple[int, int]:
    """The clause that says what moves; commas and stops end it."""
    ends = [*(m.start() for m in STOP.finditer(r.text)), len(r.text)]
    spans = list(zip([0, *ends[:-1]], ends, strict=True))
    at = [a.start for a in r.percents] or [m.start() for m in DOUBLES.finditer(r.text)]
    start, end = next((span for span in spans if span[0] <= at[0] < span[1]), (0, len(r.text)))
    return max([start, *(m.start() for m in IF.finditer(r.text, start, at[0]))]), end


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [*(m.start() for m in CLAUSE.finditer(text)), len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


INTENTS = (Intent("scenario", _weigh, _scenario),)
