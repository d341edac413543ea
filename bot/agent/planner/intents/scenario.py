"""What a bill becomes: prices or usage that move once, or grow each month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own_spend import is_workload, own
from bot.agent.planner.intents.part_moved import A_MOVE, DIFFERENCE, condition, is_part, part_moved
from bot.agent.planner.intents.spend_scope import filters
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

FALLS = re.compile(
    r"\b(?:fall|fell|drop|decline|decrease|down|cut|cheaper|lower|less|fewer|shrink|reduc|discount|disappear|vanish|lose|lost|los|off\b)\w*",
    re.IGNORECASE,
)
RISES = re.compile(r"\b(?:ris|rais|hik|rose|grow|grew|increas|up\b|climb|higher|more|dearer|jump)\w*", re.IGNORECASE)
VOLUME = re.compile(
    r"\b(?:usage|volumes?(?!\s+(?:discount|rebate))|traffic|use|tokens?(?!\s+(?:price|cost|rate))|requests?|demand|consumption|growth|grows?"
    r"|users?)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"\b(?:prices?|rates?|pricing|unit costs?)\b", re.IGNORECASE)
# What only who sells does: `AWS raises p4d by 15%`.
SELLS = re.compile(r"\b(?:rais|hik|charg|cut|lower|slash|drop|put|announc)\w*", re.IGNORECASE)
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
DOUBLES = re.compile(
    r"\b(?P<verb>doubl|tripl|quadrupl|halv|twice|thrice)\w*"
    r"|\b(?P<half>half)(?=\s+(?:of\s+)?(?:the\s+|its\s+|our\s+|their\s+|as\s+(?:many|much)\s+)?"
    r"(?:price|volume|traffic|usage|use|tokens?|requests?|calls?)\b)"
    r"|(?<![\w.,])(?P<times>\d+(?:\.\d+)?)\s?(?:x|×|times|-?fold)(?!\w)",
    re.IGNORECASE,
)
MULTIPLES = {
    **dict.fromkeys(("doubl", "twice"), Decimal(2)),
    **dict.fromkeys(("tripl", "thrice"), Decimal(3)),
    "quadrupl": Decimal(4),
    **dict.fromkeys(("halv", "half"), Decimal("0.5")),
}
CLAUSE = re.compile(r"[,;.?](?=\s|$)|\s[-–—]+\s|\b(?:and|but|while|with)\b", re.IGNORECASE)
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
LEAST_BILL = 100
LEAST_OWN = 0.3
SUPPOSED = re.compile(
    r"\b(?:if|would|suppos\w+|imagine|assum\w+|had|with\s+(?:about\s+)?\d[\d.]*\s?(?:%|percent)\s+(?:less|fewer"
    r"|more|lower|higher))\b",
    re.IGNORECASE,
)
# A change told without an if: of what was, it is no supposition.
TOLD = re.compile(
    r"\b(?:prices?|rates?|volumes?|usage|traffic|demand|tokens?)\s+(?:go(?:es)?|ris(?:es?|ing)|falls?|drops?|increases?"
    r"|decreases?|climbs?|grows?|shrinks?)\b|\b(?:raises|hikes|cuts|increases|lowers|drops|slashes|announces|puts)\b"
    r"|\bdiscount\s+of\b|\b(?:gets?|becomes?)\s+\d[\d.]*\s?(?:%|percent)\s+(?:cheaper|dearer|more\s+expensive)"
    r"|\d\s?(?:%|percent)\s+(?:less|fewer|more|lower|higher)\s+(?:usage|traffic|volume|tokens|requests|calls|use)\b"
    r"|\d\s?(?:%|percent)\s+(?:\w+\s+)?(?:discount|rebate|off|cheaper|dearer)\b|(?<![\w.])[+-]\d+(?:\.\d+)?%"
    rf"|{A_MOVE.pattern}"
    r"|\b(?:impact|effect)\s+of\b|\b(?:twice|half|\d+(?:\.\d+)?\s?x|times)\s+(?:the|as)\b",
    re.IGNORECASE,
)
# The bill has it already: `we pay $22,500 after a 10% discount`.
COUNTED = re.compile(
    r"\b(?:after|net\s+of|including|already)\s+(?:\w+\s+){0,2}?\d[\d.]*\s?(?:%|percent)\s+(?:\w+\s+)?(?:discount|rebate|off)\b",
    re.IGNORECASE,
)
FACT = re.compile(
    r"\b(?:did|has|was|were|(?<!would )(?<!could )(?<!should )(?<!might )have|than|why)\b"
    r"|\b(?:spent|paid|saved|went|gone|grew|rose|fell)\b(?<!have paid)(?<!have spent)(?<!have saved)",
    re.IGNORECASE,
)
SAVED = re.compile(r"\bsav(?:e|ed|es|ing|ings)\b", re.IGNORECASE)


def bill_given(r: Reading) -> Amount | None:
    """The one amount that is the bill now: money, or a number beside the word, where there is only one."""
    sums = [a for a in r.money if a.per not in {"token", "hour", "GPU hour"}]
    if not sums and BILL.search(r.text):
        sums = [
            a for a in r.amounts if a.kind == "number" and a.unit is None and a.role is None and a.value >= LEAST_BILL
        ]
    return sums[0] if len(sums) == 1 else None


def _supposes(r: Reading) -> bool:
    return SUPPOSED.search(r.text) is not None or (TOLD.search(r.text) is not None and not FACT.search(r.text))


def _supposed(r: Reading) -> bool:
    """Whether a past bill is to be told as it were after a move: `if traffic doubles`, `with 20% less usage`."""
    moves = list(_moves(r))
    said = _supposes(r) or (DOUBLES.search(r.text) and VOLUME.search(r.text))
    saved = SAVED.search(r.text) and not r.amount("discount", "decline", kind="percent")
    if not moves or not said or len(r.models) > 1 or len(r.percents) > len(moves) or saved:
        return False
    return bool(r.periods) and not (any(p.is_future for p in r.periods) or r.amount("cached", "batch", kind="percent"))


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
    span = _condition(r)
    if is_part(r, span):
        moved = part_moved(r, span, _moves(r), base)
        return (moved or Planned("ask_back", {"question": WHOLE_OR_PART}),)
    if "part" in base:
        return (Planned("spend_if", args),)
    if DIFFERENCE.search(r.text) and set(args) <= {"price_change", "volume_change"} and not r.accelerators:
        whole = part_moved(r, (0, 0), args, base)
        return (whole,) if whole else ()
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
    factor = Decimal(said["times"]) if said["times"] else MULTIPLES[(said["verb"] or said["half"]).lower()]
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
