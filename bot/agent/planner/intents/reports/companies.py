"""Questions about companies' own books."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.agent.planner.intents.reports.company_times import CALENDAR, LAST, QUARTER, TIMES, read_spans, times_asked
from bot.agent.planner.intents.reports.quarters_ended import quarter_ended
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.filings.companies import companies
from tools.filings.metrics import METRICS

# A part of the business, a ratio or what has not happened yet is not in these figures.
BEYOND = re.compile(
    r"\b(?:data[\s-]?cent(?:er|re)s?|gaming|cloud|azure|aws|automotive|segments?|networking|iphone|advertising|products?"
    r"|services|half|excluding|without|except|guidance|forecast|outlook|expect\w*|next|plan(?:s|ned)?|will|would"
    r"|average|mean|median|non-gaap|adjusted|ratio|ttm|trailing|ytd|year to date|cumulative|highest|lowest|best|worst"
    r"|record|per (?:day|employee|hour))\b",
    re.IGNORECASE,
)
GROWTH = re.compile(
    r"\b(?:go|goes|going|gone|went|come|came) (?:up|down)\b|\b(?:a|one|the) year (?:before|earlier|ago)\b|\byear-ago\b|"
    r"\bhow (?:fast|quickly)\b|\bgrow(?:th|n|s)?\b|\bgrew\b|\bris(?:e|en)\b|\brose\b|\bincrease[ds]?\b|\byoy\b|"
    r"\byear[\s-]over[\s-]year\b|\bchanged?\b|\bdecrease[ds]?\b|\bf[ae]ll(?:en)?\b|\bdrop(?:ped|s)?\b|\bup or down\b"
    r"|\bfaster\b",
    re.IGNORECASE,
)
# A word before a line that tells which part of it; those that tell of all of it.
OF_WHAT = re.compile(r"(?<![\w'’&-])(?P<of>[a-z][\w-]*)\s+(?:sales|revenues?|turnover)\b", re.IGNORECASE)
OF_ALL = frozenset(
    """
    net total annual quarterly yearly overall fiscal reported gross the its their in of on and or to by for did does was
    is were s as from with than what whats which how much last latest newest this q1 q2 q3 q4 group company full
    quarter year years quarters combined compare versus vs against show me get give into over more higher lower bigger
    highest product that between per has have had
    """.split()  # noqa: SIM905
)
TOTAL = re.compile(r"\b(?:total|sum|combined|altogether|together|in all|added up)\b", re.IGNORECASE)
MARGIN = re.compile(
    r"\b(?P<kind>gross|operating|net|profit)(?:\s+profit)?\s+margins?\b(?!\s+in\s+dollars)", re.IGNORECASE
)
SHARE = re.compile(
    r"%\s*of\b|\b(?:what|which|how (?:big|large) a) part of\b|\bhow much of\b"
    r"|\b(?:share|percent(?:age)?|proportion|fraction|portion)\b|\bratio\b",
    re.IGNORECASE,
)
WHOLES = frozenset({"revenue", "revenues", "sales", "net sales", "turnover"})


@lru_cache(maxsize=4)
def _patterns(held: frozenset[str] = frozenset()) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of the names of companies, those whose filings are on record (`held`) among them, and of the lines."""
    names = [name for company in companies() for name in company.names if len(name) > 2]
    names += [name for name in held if len(name) > 4]
    words = [word for metric in METRICS for word in (*metric.words, metric.name)]
    both = []
    for listed in (names, words):
        joined = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in listed), key=len, reverse=True))
        owned = "s?" if listed is names else ""  # "amazons capex"
        both.append(re.compile(rf"(?<![\w-])({joined}){owned}(?![\w-])", re.IGNORECASE))
    return both[0], both[1]


def _metrics(text: str) -> tuple[str, ...]:
    """The lines of the accounts named, as written, each metric once."""
    _, pattern = _patterns()
    return tuple(dict.fromkeys(found.casefold() for found in pattern.findall(text)))


def _beyond(text: str) -> bool:
    """Whether it asks for a part of the business: `accelerator sales`, `revenue from ads`."""
    parts = [found["of"].lower() for found in OF_WHAT.finditer(text)]
    return BEYOND.search(text) is not None or any(part not in OF_ALL for part in parts)


def _weigh(r: Reading) -> float | None:
    named = _companies(r)
    if r.has("ours") or not named or not (_metrics(r.text) or MARGIN.search(r.text)) or not r.filings:
        return None
    if (
        _beyond(_patterns(r.filings)[0].sub(" ", r.text))
        or (SHARE.search(r.text) and not GROWTH.search(r.text) and _share(r.text) is None)
        or (CALENDAR.search(r.text) and QUARTER.search(r.text) and not quarter_ended(r.text))
    ):
        return None
    said = {name.casefold() for name in r.filings}
    # News tell of one quarter; several are in filings alone, which then have to be added.
    return 0.45 if LAST.search(r.text) or any(found.casefold() in said for found in named) else None


def of_a_company(r: Reading) -> bool:
    """Whether a line of the accounts is said to be a company's own: `Microsoft's R&D`, `what did Meta spend on R&D`."""
    if not (_metrics(r.text) or MARGIN.search(r.text)):
        return False
    names = "|".join(re.escape(name) for name in _companies(r))
    owns = rf"\b(?:{names})(?:['’]s|['’])|\b(?:did|does|do|has|have|will)\s+(?:{names})\b"
    return bool(names) and re.search(owns, r.text, re.IGNORECASE) is not None


def changes_figures(r: Reading) -> bool:
    """Whether a few words name another line of the accounts, or another grain, and no company: `net income too`."""
    grain = re.search(r"\b(?:by|per|each)\s+(?:fiscal\s+)?(?:quarter|year)\b", r.text, re.IGNORECASE)
    return len(r.text.split()) <= 5 and not _companies(r) and bool(grain or _metrics(r.text) or MARGIN.search(r.text))


def _companies(r: Reading) -> tuple[str, ...]:
    """The companies named: by name in any case, by ticker in capitals or where nothing else could be meant."""
    names, _ = _patterns(r.filings)
    tickers = {company.ticker for company in companies() if company.ticker}
    spoken = [word for word in re.findall(r"\b[A-Za-z]{3,5}\b", r.text) if word in tickers or _held(word, r, tickers)]
    return tuple(dict.fromkeys([*names.findall(r.text), *spoken]))


def _held(word: str, r: Reading, tickers: set[str]) -> bool:
    """Whether a word in small letters is the ticker of a company whose filings are on record."""
    return word.upper() in tickers and len(word) == 4 and word.casefold() in r.filings


def _figures(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    if found := _companies(r):
        args["companies"] = found
    times = times_asked(r.text)
    if "year" in times and "fiscal_year" in base:
        times = {"fiscal_year" if name == "year" else name: value for name, value in times.items()}
    if times:
        args = {key: value for key, value in args.items() if key not in TIMES} | times
    if GROWTH.search(r.text):
        args["growth"] = True
        if "quarter" not in args and not LAST.search(r.text) and "by" not in args:
            args["by"] = "quarter" if re.search(r"\bquarter", r.text, re.IGNORECASE) else "year"
    if TOTAL.search(r.text) and (
        len(args.get("fiscal_years", ())) > 1 or (args.get("by") == "year" and args.get("last", 1) > 1)
    ):
        args["total"] = True
    if share := _share(r.text):
        return (Planned("company_figures", {**args, "metric": share[0], "share_of": share[1]}),)
    metrics = _metrics(r.text) or ((str(args["metric"]),) if "metric" in args else ())
    return tuple(Planned("company_figures", {**args, "metric": metric}) for metric in metrics)


def _share(text: str) -> tuple[str, str] | None:
    """The line and the whole of a share that is asked for: a margin, or one line in percent of another."""
    if margin := MARGIN.search(text):
        line = {"gross": "gross profit", "operating": "operating income"}.get(
            (margin["kind"] or "net").lower(), "net income"
        )
        return line, "revenue"
    named = _metrics(text)
    if len(named) == 1 and re.search(r"\bmargins?\b", text, re.IGNORECASE):
        return named[0], "revenue"
    if SHARE.search(text) and len(named) == 2:
        return (named[1], named[0]) if named[0] in WHOLES else (named[0], named[1])
    return None


def spoken(text: str) -> list[tuple[int, int]]:
    """The spans of what is read of a question on companies' books: times, growth, totals, shares."""
    return [
        *read_spans(text),
        *(found.span() for one in (GROWTH, TOTAL, MARGIN, SHARE) for found in one.finditer(text)),
    ]


INTENTS = (Intent("company_figures", _weigh, _figures),)
