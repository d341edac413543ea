"""A budget that the question tells: `our November budget is 120k, will we stay under?`, `how long does $5,000 last?`"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.agent.planner.intents.own.budget_daily import A_DAY_LEFT, CAN_SPEND, LEFT, daily_measure
from bot.agent.planner.intents.own.outlooks import (
    BUDGETS,
    GAP,
    OF_A_MONTH,
    OF_A_QUARTER,
    OF_A_YEAR,
    RUNS_OUT,
    USED,
    coming,
    without_state,
)
from bot.agent.planner.intents.own.own_spend import QUANTITY, own
from bot.agent.planner.intents.own.spend_scope import filters
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

LEAST = 100
SPANS = frozenset({None, "month", "quarter", "year"})
CALLED = (
    r"(?:budget|allowance|cap|limit|ceiling|target|envelope|allocation|pot|plan|threshold|guardrail|quota|capped|limited"
    r"|budgeted)"
)
HOLDS = re.compile(
    r"\b(?:have|has|had|['’]ve|got|gets?|getting|given|allocated|allotted|approved|granted|earmarked|set\s+aside|with"
    r"|put\s+aside|planned|budgeted)\s+(?:(?:only|just|about|around|roughly|a|an|the|total|of|us|them|it|each)\s+)*$",
    re.IGNORECASE,
)
INSIDE = re.compile(
    r"\b(?:inside|within|under|below|beneath|beyond|past|above|over|exceed(?:ing|s)?|stay(?:ing)?|keep(?:s|ing)?|hit(?:ting)?"
    r"|reach(?:ing)?|cross(?:ing)?|bust(?:ing)?|blow(?:ing)?|break(?:ing)?|hold(?:ing)?|meet(?:ing)?|respect|miss|beat|than|of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
LASTS = re.compile(
    r"\bhow\s+(?:long|far|many\s+(?P<unit>day|week|month|year)s?)\b.*\b(?:last|lasts|go|get|gets|stretch\w*|carry|cover\w*|keeps?|run"
    r"|survive|run\s+on)\b|\blasts?\s+(?:us|them|it|how\s+long)\b",
    re.IGNORECASE,
)
GONE = re.compile(
    r"\b(?:when|how\s+soon|by\s+when|what\s+day|which\s+day|what\s+date)\b.*\b(?:gone|spent|used|out|empty|exhausted|over|hit"
    r"|reach\w*|burn\w*|through|eaten|finished|cross\w*|exceed\w*|run|blow\w*|bust\w*|deplet\w*|last)\b",
    re.IGNORECASE,
)
MISSES = re.compile(
    r"\b(?:by\s+how\s+much|how\s+(?:far|much)\s+(?:\w+\s+){0,3}?(?:over|under|above|below|off|beyond|past|short|miss|exceed))\b",
    re.IGNORECASE,
)
AT_MOST_A_DAY = re.compile(
    r"\b(?:daily|per\s+day|a\s+day|each\s+day|every\s+day)\b.*\b(?:keeps?|stay|inside|within|under|hit|afford|can|could|allowed"
    r"|left|remaining|rest)\b|\b(?:can|could|afford|allowed|may|left|remaining)\b.*\b(?:daily|per\s+day|a\s+day|each\s+day)\b",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(
    r"\b(?:left|remain\w*|unspent|unused|headroom|to\s+go|room|still\s+have|to\s+spend)\b", re.IGNORECASE
)
ENOUGH = re.compile(
    r"\b(?:enough|suffic\w+|realistic|adequate|reasonable|achievable|feasible|going\s+to\s+(?:do|hold|last)|too\s+(?:little|much|low|tight))\b",
    re.IGNORECASE,
)
AT_THE_END = re.compile(
    r"\b(?:project\w+|forecast\w*|expected|predicted|at\s+the\s+end|by\s+(?:month|year|quarter)[\s-]end)\b", re.I
)
ASKS_OF_IT = re.compile(
    r"\b(?:on\s+(?:track|course|target|budget|pace)|realistic|adequate|reasonable|achievable|feasible|make\s+it|enough|suffic\w+|stay|ok|okay|fine|safe|fit|hold|over|under|exceed\w*"
    r"|bust\w*|blow\w*|within|cover\w*|end|land|beat|miss|keep|come\s+in|happen)\b",
    re.IGNORECASE,
)
AI_BUDGET = re.compile(r"\b(?:gen-?)?(?:ai|llm)\s+(?:\w+\s+)?(?:budget|allowance|cap|limit)\b", re.IGNORECASE)
PAST = re.compile(r"\b(?:did|was|were|had|stayed|came|ended|went)\b", re.IGNORECASE)
ROLES = frozenset({"budget", "horizon", "commitment", "investment"})
UNLIKE = ("train", "finetune", "serve", "energy", "choose", "rentbuy", "commitment", "project")


def told(r: Reading) -> Amount | None:
    """The one amount that is the budget: money, or a bare number that stands as a budget stands."""
    found = [a for a in r.amounts if a.per in SPANS and a.value >= LEAST and a.role in {None, *ROLES}]
    found = [a for a in found if a.kind == "money" or (a.kind == "number" and a.unit is None)]
    return found[0] if len(found) == 1 and len(found) == len([a for a in r.amounts if a.role != "period"]) else None


def _weigh(r: Reading) -> float | None:
    amount = told(r)
    if amount is None or r.accelerators or r.has(*UNLIKE) or r.percents or QUANTITY.search(r.text):
        return None
    if r.has("company") and not own(r):
        return None
    before = r.text[: amount.start]
    called = re.search(rf"\b{CALLED}s?\b", r.text, re.IGNORECASE) is not None
    stands = HOLDS.search(before) or INSIDE.search(before) or LASTS.search(r.text) or GONE.search(r.text)
    asks = _measure(r) or ASKS_OF_IT.search(r.text)
    over = bool(r.periods) and all(p.period.end <= r.today and coming(p, r) is None for p in r.periods)
    if (over or PAST.search(r.text)) and not called and not LEFT_OVER.search(r.text):
        return None  # a past sum beside an amount
    stands = stands or (ENOUGH.search(r.text) if r.periods else None)
    if not (called or stands) or not asks or (r.models and not own(r)):
        return None
    return 1.6 if called else 1.3


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    amount = told(r)
    args = without_state(filters(r, base), r)
    args.pop("period", None)
    if AI_BUDGET.search(r.text):
        args["ai_only"] = True
    if amount is None:
        return (Planned("budget_status", args),)
    value = plain(amount.value)
    currency = {"of": amount.unit} if amount.kind == "money" and amount.unit else {}
    lasts = LASTS.search(r.text)
    if lasts and not r.periods and not (amount.per and RUNS_OUT.search(r.text) and BUDGETS.search(r.text)):
        how = {"how": "lasts", "budget": value, **({"what": lasts["unit"].lower()} if lasts["unit"] else {})}
        return (Planned("spend_run_rate", {**args, "per": "day"}), Planned("derived_amount", how, amount_from="amount"))
    every, period = _time(r, amount)
    if period is not None:
        args["period"] = as_text(period)
    args |= {"amount": value, **currency, "every": every, "measure": _measure(r) or "projected"}
    return (Planned("budget_status", args),)


def _time(r: Reading, amount: Amount) -> tuple[str, Period | None]:
    """The budget's month, quarter or year, and the period where it is named."""
    if len(r.periods) == 1:
        mention = r.periods[0]
        period = mention.period if PAST.search(r.text) else coming(mention, r) or mention.period
        if period.start == date(period.start.year, 1, 1) and OF_A_YEAR.search(r.text) and period.days > 31:
            period = Period(period.start, date(period.start.year + 1, 1, 1))
        return "month", period
    if amount.per:
        return amount.per, None
    for name, words in (("month", OF_A_MONTH), ("quarter", OF_A_QUARTER), ("year", OF_A_YEAR)):
        if words.search(r.text):
            return name, None
    return "month", None


def _measure(r: Reading) -> str | None:
    """What is asked of it."""
    if GONE.search(r.text) or RUNS_OUT.search(r.text) or LASTS.search(r.text):
        return "runs_out"
    if daily := daily_measure(r.text):
        return daily
    if AT_MOST_A_DAY.search(r.text) or (A_DAY_LEFT.search(r.text) and LEFT.search(r.text)):
        return "per_day"
    if MISSES.search(r.text) or GAP.search(r.text):
        return "gap"
    if LEFT_OVER.search(r.text) or CAN_SPEND.search(r.text):
        return "gap" if AT_THE_END.search(r.text) else "remaining"
    return "used" if USED.search(r.text) else None


INTENTS = (Intent("budget", _weigh, _fill),)
