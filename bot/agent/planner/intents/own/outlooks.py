"""Where own spend will end, its pace, and what is asked of a budget."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.agent.planner.intents.own.budget_daily import A_DAY_LEFT, CAN_SPEND, LEFT, daily_measure
from bot.agent.planner.intents.own.own_pace import RATE
from bot.agent.planner.intents.own.own_spend import QUANTITY, own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.left_over.placed import OF_A_BUDGET
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.periods import PeriodMention
from bot.agent.toolbox.arguments import as_text
from tools.period import Period, months_after

WHERE_ENDS = re.compile(
    r"\b(?:where|how|what) (?:will|does|do|is|are)\b.*\b(?:end(?: up)?|land|finish|come in|close|come out"
    r"|shake out)\b",
    re.I,
)
AHEAD = re.compile(
    r"\b(?:will|['’]ll|going to|gonna|shall|expect(?:ed|ing)?|likely|be (?:spending|paying)|end(?:s|ing)? up"
    r"|on track|on course|on pace|looking like|shaping up)\b",
    re.IGNORECASE,
)
EXPECTED = re.compile(
    r"\b(?:expected|projected|anticipated|estimated|likely|probable)\s+(?:\w+\s+){0,2}(?:spend|spending|costs?"
    r"|bills?|total|invoice)\b|\b(?:by|at|for)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+|this\s+)?)?(?:month|quarter|year"
    r")(?:[\s-]end)\b"
    r"|\bby\s+the\s+end\s+of\s+(?:the\s+|this\s+)?(?:month|quarter|year)\b|\be[oq]?o[mqy]\b",
    re.IGNORECASE,
)
OF_A_QUARTER = re.compile(r"\b(?:quarter(?:['’]?s)?(?:[\s-]end)?|quarterly|eoq|q-end)\b", re.IGNORECASE)
OF_A_YEAR = re.compile(r"\b(?:year(?:['’]?s)?(?:[\s-]end)?|annual(?:ly)?|yearly|eoy)\b", re.IGNORECASE)
OF_A_MONTH = re.compile(r"\b(?:month(?:['’]?s)?(?:[\s-]end)?|monthly|eom)\b", re.IGNORECASE)
LOOKS_BACK = re.compile(r"\b(?:was|were|did|had|actual\w*|held?|accurate|off)\b", re.IGNORECASE)
BUDGETS = re.compile(r"\bbudgets?\b|\ballowance\b", re.IGNORECASE)
RUNS_OUT = re.compile(
    r"\b(?:when|how (?:soon|long|many days)|what (?:day|date)|which (?:day|date)|by when"
    r"|days? (?:left )?(?:until|till|before))\b.*\b(?:run(?:s|ning)? "
    r"(?:out|dry)|exhaust\w*|used? up|burn\w* through|hit|hits|reach\w*|exceed\w*|blow\w*|cross\w*|breach\w*|bust\w*"
    r"|gone|last|lasts|empty|deplet\w*|over)\b"
    r"|\brun(?:s|ning)? out\b.*\bwhen\b|\b(?:will|does) .*\blast (?:until|till|through|the)\b",
    re.IGNORECASE,
)
USED = re.compile(
    r"(?:\b(?:percent(?:age)?|share|fraction|proportion|%|how much|how far|what part)|%)[^?]*\b(?:used|consumed"
    r"|spent|burn\w*|gone|into|through|utili[sz]\w*|eaten|exhausted)\b|\bbudget (?:use|usage|utili[sz]ation"
    r"|consumption)\b",
    re.IGNORECASE,
)
GAP = re.compile(
    r"\bby how much\b|\bhow (?:far|much) (?:over|under|above|below|off)\b|\bhow much (?:will|would|are|do) .*\b"
    r"(?:over|under|exceed|overshoot|miss|overspend|underspend|blow)\w*\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"^\W*(?:(?:hi|hey|so|and|ok)\W+)*(?:what(?:['’]?s|\s+is|\s+was|\s+are)|how (?:much|big|large|high) is|tell me"
    r"|show(?: me)?|remind me (?:of|what))\s+(?:the\s+|our\s+|my\s+)?(?:[\w-]+(?:['’]s)?\s+){0,4}?(?:budget"
    r"|allowance)\b(?!\s+(?:status|situation|look|left|remain|used|use|usage|doing|standing|for\s+\w+\s+(?:left"
    r"|used)))|\bhow (?:much|big|large) (?:of )?(?:a |an )?budget\b",
    re.IGNORECASE,
)
# A budget that a question told, which a follow-up keeps.
TOLD = ("amount", "of", "every", "measure")
STATE = frozenset(
    ("left", "remaining", "used", "gone", "spent", "over", "under", "blown", "exceeded", "consumed", "available",
     "unspent", "enough", "ok", "okay", "risk", "track", "overspent", "exhausted", "out", "far", "good",
     "capped", "limited", "set", "fixed", "budgeted", "planned")
)  # fmt: skip


def _weigh_forecast(r: Reading) -> float | None:
    ahead = WHERE_ENDS.search(r.text) or (r.has("forecast") and not r.models) or _ahead(r) or _expected(r)
    if not ahead or r.money or RATE.search(r.text) or (r.unread and not r.has("ours", "spend")):
        return None
    return 0.4 + own(r) + 0.4 * (_ahead(r) or _expected(r))


def _expected(r: Reading) -> bool:
    """Whether what will have been spent at the end of this month, quarter or year is asked for."""
    return EXPECTED.search(r.text) is not None and own(r) >= 0.2 and not (r.percents or r.amounts or r.has("budget"))


def _ahead(r: Reading) -> bool:
    """Whether our own spend of a time that has not ended is asked for as it will be."""
    if r.percents or r.amounts or not r.periods or own(r) < 0.2 or r.has("whatif", "scenario", "budget", "energy"):
        return False
    future = all(p.period.start > r.today or coming(p, r) for p in r.periods)
    runs = all(p.period.start <= r.today < p.period.end for p in r.periods)
    return (future or runs) and AHEAD.search(r.text) is not None


BY_ITS_END = re.compile(r"\bby\s+(?:the\s+)?end\s+of\s+[a-z]+\b", re.IGNORECASE)
OF_THE_YEAR = re.compile(r"\b(?:since|year|ytd|january|jan|so\s+far)\b", re.IGNORECASE)


def _ends_this_month(r: Reading) -> Period | None:
    """The month that runs, where `by the end of November` is told in November and no start of the year."""
    now = Period.month(r.today.year, r.today.month)
    said = len(r.periods) == 1 and r.periods[0].period.end == now.end
    return now if said and BY_ITS_END.search(r.text) and not OF_THE_YEAR.search(r.text) else None


def _forecast(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if len(r.periods) == 1 and not LOOKS_BACK.search(r.text) and (ahead := coming(r.periods[0], r)):
        args["period"] = as_text(ahead)
    elif (month := _ends_this_month(r)) is not None:
        args["period"] = as_text(month)
    elif spoken := spans(r, base)[0]:
        args["period"] = spoken
    elif whole := _this(r):
        args["period"] = as_text(whole)
    return (Planned("forecast", args),)


def coming(mention: PeriodMention, r: Reading) -> Period | None:
    """The coming month of a name that is read as the one gone by: `what will March cost` asked in February."""
    past = mention.period
    if mention.grain != "month" or past.end > r.today or re.search(r"\d|last|previous|past|this", mention.text, re.I):
        return None
    return Period(months_after(past.start, 12), months_after(past.end, 12))


def _this(r: Reading) -> Period | None:
    """The quarter or year that holds today, where one is named without saying which."""
    if OF_A_MONTH.search(r.text):
        return None
    if OF_A_QUARTER.search(r.text):
        return Period.quarter(r.today.year, (r.today.month + 2) // 3)
    if OF_A_YEAR.search(r.text):
        return Period(date(r.today.year, 1, 1), date(r.today.year + 1, 1, 1))
    return None


def _weigh_budget(r: Reading) -> float | None:
    asked = (
        r.has("budget") and not r.money and not r.models and (not QUANTITY.search(r.text) or RUNS_OUT.search(r.text))
    )
    if CAN_SPEND.search(r.text) and not (r.money or r.models or r.percents):
        return 1.3
    if not asked or not r.has("ours", "spend", "budget"):
        return None
    return 0.8 if _measure(r) else 0.5


def _budget(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    told = {key: base[key] for key in TOLD if key in base} if "amount" in base else {}
    args = {**told, **without_state(filters(r, base), r)}
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    if measure := _measure(r):
        args["measure"] = measure
    if every := _every(r):
        args["every"] = every
    return (Planned("budget_status", args),)


def without_state(args: Args, r: Reading) -> Args:
    """The arguments without what says how a budget stands: `at risk` and `is left` name nobody, unless it is a name of
    the ledger."""
    for name in ("team", "provider"):
        known = r.of(name)
        said = args.pop(name, ())
        if kept := tuple(v for v in said if v in known or not (v.lower() in STATE or OF_A_BUDGET.fullmatch(v))):
            args[name] = kept
    return args


def _measure(r: Reading) -> str | None:
    """What is asked of a budget."""
    if not BUDGETS.search(r.text) and not CAN_SPEND.search(r.text):
        return None
    if RUNS_OUT.search(r.text):
        return "runs_out"
    if daily := daily_measure(r.text):
        return daily
    if LEFT.search(r.text) or CAN_SPEND.search(r.text):
        return "per_day" if A_DAY_LEFT.search(r.text) else "remaining"
    if GAP.search(r.text) and AHEAD.search(r.text):
        return "gap"
    if USED.search(r.text):
        return "used"
    return "amount" if AMOUNT.search(r.text) and not r.has("forecast", "change") else None


def _every(r: Reading) -> str | None:
    """The length of the budget meant, where one is named."""
    if any(p.period.whole_months == 12 for p in r.periods) or re.search(r"\b(?:annual|yearly)\b", r.text, re.I):
        return "year"
    if any(p.period.whole_months == 3 for p in r.periods) or re.search(r"\bquarterly\b", r.text, re.I):
        return "quarter"
    return "month" if re.search(r"\bmonthly\b", r.text, re.IGNORECASE) else None


INTENTS = (
    Intent("budget", _weigh_budget, _budget),
    Intent("forecast", _weigh_forecast, _forecast),
)
