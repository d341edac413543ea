"""Questions of money over time: depreciation, blended rates, steady growth and decline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

WRITTEN_DOWN = re.compile(
    r"\bdepreciat\w*|\bbook value\b|\bwrit(?:e|ten|ing)[\s-]?(?:it\s|them\s|this\s)?(?:off|down)\b"
    r"|\b(?:straight[\s-]line|linear(?:ly)?)\b|\b(?:declining|reducing|diminishing)[\s-]balance\b",
    re.IGNORECASE,
)
FALLING = re.compile(r"\b(?:declining|reducing|diminishing)\b|\bdouble[\s-]declin", re.IGNORECASE)
LEFT = re.compile(
    r"\b(?:salvage|residual|resale|scrap|leftover)(?:\s+value)?(?:\s+(?:of|is|at))?[\s:=]*$", re.IGNORECASE
)
LEFT_AFTER = re.compile(r"\s*(?:of\s+|in\s+)?(?:salvage|residual|resale|scrap)\b", re.IGNORECASE)
OTHER_METHODS = re.compile(
    r"\bmacrs\b|\bsum[\s-]of|\bunits? of production\b|\bbonus depreciation\b|\btax\w*", re.IGNORECASE
)
BOOK_VALUE = re.compile(r"\bbook value\b|\bworth\b|\bwritten off\b|\bleft\b|\bend of year\b", re.IGNORECASE)
BY_THEN = re.compile(r"\b(?:after|at the end of(?: year)?|by the end of(?: year)?|in year|year)\s*$", re.IGNORECASE)
EACH = re.compile(r"\s*(?:each|apiece|a piece|per (?:gpu|card|chip|server|unit|node))\b", re.IGNORECASE)
BLENDED = re.compile(r"\bblended\b|\beffective (?:savings?|discount)(?: rate)?\b|\besr\b", re.IGNORECASE)
COVERED = re.compile(r"\bcover(?:s|ed|age|ing)?\b", re.IGNORECASE)
OFF_AFTER = re.compile(r"\s*(?:off\b|discount|cheaper|below\b|less\b|saving)", re.IGNORECASE)
OFF_BEFORE = re.compile(
    r"\b(?:discount|saving|savings|save|saves)(?:\s+rate)?(?:\s+(?:of|is|at|by))?[\s:=]*$", re.IGNORECASE
)
USED_AFTER = re.compile(r"\s*(?:utili[sz]|used\b|of (?:it|the commitment|them) (?:is |are )?used)", re.IGNORECASE)
USED_BEFORE = re.compile(r"\butili[sz](?:ation|ed)(?:\s+(?:of|is|at))?[\s:=]*$", re.IGNORECASE)
COMPOUND = re.compile(r"\bcagr\b|\bcompound(?:ed|ing)?\b|\b(?:annual|yearly|monthly|average) growth(?: rate)?\b", re.I)
UNTIL = re.compile(
    r"\b(?:how long|when|how many (?:months|years|quarters))\b.*\b(?:until|till|before|to|will|does)\b", re.I
)
DOUBLES = re.compile(r"\bdoubl(?:e|es|ed|ing)\b", re.IGNORECASE)
HALVES = re.compile(r"\bhal(?:ve|ves|ved|ving|f)\b", re.IGNORECASE)
FALLS = re.compile(r"\b(?:fall|fell|drop|declin|decreas|down|cheaper|lower|less|shrink|reduc|cut)\w*", re.IGNORECASE)
RISES = re.compile(r"\b(?:ris|rais|rose|grow|grew|increas|climb|higher|more|jump|go(?:es)? up)\w*", re.IGNORECASE)
ADDED_UP = re.compile(
    r"\b(?:total|totals|sum|altogether|cumulative\w*|combined|in all|overall|budget|afford|buys?|save[sd]?|saving)\b",
    re.IGNORECASE,
)
THEN = re.compile(
    r"\b(?:in|after|by)\s+(?:the\s+next\s+)?(?:\d|one|two|three|four|five|six|ten|20\d\d)|\bfrom now\b", re.IGNORECASE
)
EVERY = re.compile(
    r"\s*(?:(?:of\s+)?(?:growth|increases?|rise|more|up|decline|decrease|fall)\s+)?(?:(?:a|per|each|every|/)\s*(?P<span>year|quarter|month)\b"
    r"|(?P<adverb>annually|yearly|monthly|quarterly|mom|yoy|qoq)\b)",
    re.IGNORECASE,
)
ADVERBS = {"annually": "year", "yearly": "year", "monthly": "month", "quarterly": "quarter"}
ADVERBS |= {"mom": "month", "yoy": "year", "qoq": "quarter"}
LEAST_SUM = 1000
SPANS = ("year", "quarter", "month")


def _weigh_depreciation(r: Reading) -> float | None:
    if OTHER_METHODS.search(r.text) or r.models:
        return None
    return 0.8 if WRITTEN_DOWN.search(r.text) and _paid(r) else None


def _depreciation(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    sums = _paid(r)
    left = next((a for a in sums if _is_left(r, a)), None)
    paid = next((a for a in sums if a is not left), None)
    if paid is not None:
        args["cost"] = plain(paid.value)
        args["currency"] = paid.unit if paid.kind == "money" and paid.unit else "USD"
        counted = _count(r)
        if counted is not None and (paid.per or EACH.match(r.text[paid.end :])):
            args["count"] = counted
    if left is not None:
        args["residual_value"] = plain(left.value)
    if share := next((a for a in r.percents if _is_left(r, a)), None):
        args["residual_share"] = plain(share.value)
    for amount in (
        a for a in r.amounts if a.kind == "number" and (a.unit in {"year", "month"} or _labels_a_year(r, a))
    ):
        if BY_THEN.search(r.text[: amount.start]):
            labelled = _labels_a_year(r, amount) and not BOOK_VALUE.search(r.text)
            args["in_year" if labelled else "after_years"] = plain(amount.value)
        else:
            args["years"] = plain(amount.value / (12 if amount.unit == "month" else 1))
    if FALLING.search(r.text):
        args["method"] = "declining balance"
        if re.search(r"\bdouble\b", r.text, re.IGNORECASE):
            args["factor"] = "2"
    return (Planned("depreciation", args),)


def _paid(r: Reading) -> tuple[Amount, ...]:
    """The sums of money: those with a currency or, where none has one, large numbers of nothing else."""
    bare = tuple(
        a for a in r.amounts if a.kind == "number" and a.value >= LEAST_SUM and (a.unit is None or _of_a_machine(r, a))
    )
    return r.money or bare


def _of_a_machine(r: Reading, amount: Amount) -> bool:
    """Whether an amount is the price of one thing named behind it: `a 640k GPU cluster`."""
    before = re.search(r"\b(?:a|an|the|our|this)\s+$", r.text[: amount.start], re.IGNORECASE)
    after = re.match(r"\s+(?:worth\s+)?of\s", r.text[amount.end :], re.IGNORECASE)
    return amount.unit in {"GPU", "node"} and bool(after or (amount.scaled and before))


def _is_left(r: Reading, amount: Amount) -> bool:
    """Whether an amount is told as what is left at the end."""
    return LEFT.search(r.text[: amount.start]) is not None or LEFT_AFTER.match(r.text[amount.end :]) is not None


def _labels_a_year(r: Reading, amount: Amount) -> bool:
    return amount.unit is None and re.search(r"\byear\s*$", r.text[: amount.start], re.IGNORECASE) is not None


def _count(r: Reading) -> str | None:
    if r.accelerators and r.accelerators[0].count:
        return str(r.accelerators[0].count)
    counted = r.unit("GPU", "node")
    return None if counted is None else plain(counted.value)


def _weigh_blended(r: Reading) -> float | None:
    if not r.percents or r.models or own(r) >= 0.6:
        return None
    if BLENDED.search(r.text):
        return 0.8
    return 0.6 if COVERED.search(r.text) and r.has("commitment") and len(r.percents) > 1 else None


def _blended(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    off = next(
        (a for a in r.percents if OFF_AFTER.match(r.text[a.end :]) or OFF_BEFORE.search(r.text[: a.start])), None
    )
    rest = [a for a in r.percents if a is not off]
    used = next((a for a in rest if USED_AFTER.match(r.text[a.end :]) or USED_BEFORE.search(r.text[: a.start])), None)
    rest = [a for a in rest if a is not used]
    covered = next((a for a in rest if COVERED.search(_beside(r, a))), None) or next(iter(rest), None)
    for name, amount in (("discount", off), ("utilisation", used), ("coverage", covered)):
        if amount is not None:
            args[name] = plain(amount.value)
    for amount in r.money:
        args["currency"] = amount.unit or "USD"
        if amount.per and amount.per.endswith("hour"):
            args |= {"on_demand_rate": plain(amount.value), "unit": amount.per}
        else:
            args["bill"] = plain(amount.value)
    return (Planned("blended_rate", args),)


def _beside(r: Reading, amount: Amount) -> str:
    """The clause around an amount, as far as the next ones."""
    others = [a for a in r.amounts if a is not amount]
    before = max((a.end for a in others if a.end <= amount.start), default=0)
    after = min((a.start for a in others if a.start >= amount.end), default=len(r.text))
    return r.text[max(before, amount.start - 40) : min(after, amount.end + 40)]


def _weigh_growth(r: Reading) -> float | None:
    if r.models or own(r) >= 0.6 or r.has("project", "commitment") or ADDED_UP.search(r.text):
        return None
    rate, sums = _rate(r), _sums(r)
    turning = DOUBLES.search(r.text) or HALVES.search(r.text)
    if UNTIL.search(r.text) and rate is not None and (turning or len(sums) == 2):
        return 0.8
    if COMPOUND.search(r.text) and len(sums) == 2 and r.unit(*SPANS) is not None:
        return 0.8
    yearly = rate is not None and _span(r, rate) == "year"
    if not yearly or len(sums) != 1 or WRITTEN_DOWN.search(r.text):
        return None
    return 0.7 if r.unit(*SPANS) is not None and THEN.search(r.text) else None


def _growth(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    rate, sums = _rate(r), _sums(r)
    if rate is not None:
        falls = FALLS.search(r.text) is not None and RISES.search(r.text) is None
        args["rate"] = plain(-abs(rate.value) if falls or HALVES.search(r.text) else rate.value)
        args["every"] = _span(r, rate)
    if sums:
        args["start"] = plain(sums[0].value)
        args["unit"] = _unit(sums[0])
        if len(sums) > 1:
            args["end"] = plain(sums[1].value)
    if length := next((a for a in r.amounts if a.unit in SPANS and a.kind == "number"), None):
        args |= {"length": plain(length.value), "over": length.unit}
        args.setdefault("every", length.unit)
    turn = Decimal(2) if DOUBLES.search(r.text) else Decimal("0.5") if HALVES.search(r.text) else None
    if "end" not in args and "length" not in args and turn is not None:
        start = sums[0].value if sums else Decimal(1)
        args |= {"start": plain(start), "end": plain(start * turn), "unit": args.get("unit", "x")}
    return (Planned("compound_growth", args),)


def _rate(r: Reading) -> Amount | None:
    return next((a for a in r.percents if EVERY.match(r.text[a.end :])), None) or (
        r.percents[0] if len(r.percents) == 1 and re.search(r"\b(?:annual|yearly|monthly)\b", r.text, re.I) else None
    )


def _span(r: Reading, rate: Amount) -> str:
    found = EVERY.match(r.text[rate.end :])
    if found:
        return (found["span"] or "").lower() or ADVERBS[found["adverb"].lower()]
    return "month" if re.search(r"\bmonthly\b", r.text, re.IGNORECASE) else "year"


def _sums(r: Reading) -> list[Amount]:
    """The amounts that may grow: money, or a count of tokens, users and the like."""
    return [
        a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit in {"token", "user", "request"})
    ]


def _unit(amount: Amount) -> str:
    if amount.kind == "money":
        return f"{amount.unit or 'USD'} per {amount.per}" if amount.per else amount.unit or "USD"
    return f"{amount.unit}s"


INTENTS = (
    Intent("depreciation", _weigh_depreciation, _depreciation),
    Intent("blended_rate", _weigh_blended, _blended),
    Intent("growth", _weigh_growth, _growth),
)
