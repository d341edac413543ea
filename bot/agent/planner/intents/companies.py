"""Questions about companies' own books."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.filings.companies import companies
from tools.filings.metrics import METRICS

YEARS = re.compile(r"\byears?\b|\bannual(?:ly)?\b|\byearly\b", re.IGNORECASE)
FISCAL = re.compile(r"\b(?:fy|fiscal(?: year)?)\s*'?(?P<year>(?:20)?\d{2})\b", re.IGNORECASE)
QUARTER = re.compile(
    r"\bq(?P<quarter>[1-4])\b|\b(?P<word>first|second|third|fourth) (?:fiscal )?quarter\b", re.IGNORECASE
)
BEYOND = re.compile(
    r"\b(?:data[\s-]?cent(?:er|re)s?|gaming|cloud|azure|aws|automotive|segments?|networking|iphone|advertising|products?"
    r"|services|free cash|calendar|excluding|without|except|guidance|forecast|per share|margin|growth)\b",
    re.IGNORECASE,
)
WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
LAST = re.compile(
    r"\b(?:last|past|latest|recent|previous)\s+(?P<count>\d+|two|three|four|five|six|eight|ten|twelve)\s+"
    r"(?:fiscal\s+)?(?:quarters?|years?)",
    re.IGNORECASE,
)
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = [name for company in companies() for name in company.names if len(name) > 2]
    words = [word for metric in METRICS for word in (*metric.words, metric.name)]
    both = []
    for listed in (names, words):
        joined = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in listed), key=len, reverse=True))
        both.append(re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE))
    return both[0], both[1]


def _weigh(r: Reading) -> float | None:
    _, metrics = _patterns()
    named = _companies(r)
    if r.has("ours") or not named or not metrics.search(r.text) or not r.filings:
        return None
    # A part of the business, another measure, another calendar or several years at once are not in these figures.
    if BEYOND.search(r.text) or len(FISCAL.findall(r.text)) > 1:
        return None
    said = {name.casefold() for name in r.filings}
    return 0.4 if any(found.casefold() in said for found in named) else None


def _companies(r: Reading) -> tuple[str, ...]:
    """The companies named: by name in any case, by ticker in capitals."""
    names, _ = _patterns()
    tickers = {company.ticker for company in companies() if company.ticker}
    spoken = [word for word in re.findall(r"\b[A-Z]{3,5}\b", r.text) if word in tickers]
    return tuple(dict.fromkeys([*names.findall(r.text), *spoken]))


def _figures(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    _, metrics = _patterns()
    args: Args = dict(base)
    if found := _companies(r):
        args["companies"] = found
    if metric := metrics.search(r.text):
        args["metric"] = metric[0]
    if year := FISCAL.search(r.text):
        digits = year["year"]
        args["fiscal_year"] = int(digits) + (2000 if len(digits) == 2 else 0)
    elif bare := re.search(r"\b(?:in|for|of)\s+(20\d\d)\b|\bQ[1-4]\s+(20\d\d)\b", r.text, re.IGNORECASE):
        args["fiscal_year"] = int(bare[1] or bare[2])
    if quarter := QUARTER.search(r.text):
        args["quarter"] = int(quarter["quarter"]) if quarter["quarter"] else WORDS[quarter["word"].lower()]
    if last := LAST.search(r.text):
        args["last"] = COUNTS.get(last["count"].lower()) or int(last["count"])
    if "quarter" not in args and ("fiscal_year" in args or (YEARS.search(r.text) and "quarter" not in r.text.lower())):
        args["by"] = "quarter" if re.search(r"\bquarter", r.text, re.IGNORECASE) else "year"
    return (Planned("company_figures", args),)


INTENTS = (Intent("company_figures", _weigh, _figures),)
