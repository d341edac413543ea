"""What a question says of where its answer is: company, publisher, period, kind of document, how new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.companies import KNOWN, other_names, squashed
from knowledge.documents import Head, Quarter
from knowledge.heads import Heads

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
QUARTER = re.compile(r"(?i)\bQ([1-4])(?:\s+of)?[\s,'’-]*(FY|fiscal(?: year)?)?[\s'’-]*(20\d\d|\d\d(?!\d))?")
YEAR_QUARTER = re.compile(r"(?i)\b(FY|fiscal(?: year)?)?\s*(20\d\d)[\s-]*Q([1-4])\b")
ORDINAL_QUARTER = re.compile(
    r"(?i)\b(first|second|third|fourth|1st|2nd|3rd|4th)\s+(fiscal\s+)?quarter(?:\s+(?:of|in))?\s*"
    r"(FY|fiscal(?: year)?)?\s*(20\d\d)?"
)
FISCAL_YEAR = re.compile(r"(?i)\b(?:FY|fiscal(?:\s+year)?)[\s'’-]*(20\d\d|\d\d(?!\d))\b")
YEAR = re.compile(r"\b(20\d\d)\b")
LATEST = re.compile(
    r"(?i)\b(latest|newest|most recent(?:ly)?|current(?:ly)?|now|today|these days|this (?:week|month|year)|"
    r"recent(?:ly)?|as of now|at the moment|last (?:quarter|10-?[kq]|report|filing|earnings))\b"
)
OVER_TIME = re.compile(
    r"(?i)\b(over time|over the (?:reported|reporting|quarters|periods|years|last)|across (?:these|the|all) |"
    r"these quarters|each (?:reported )?(?:period|quarter|year)|quarter to quarter|"
    r"across (?:quarters|periods|years)|(?:previous|prior|past|earlier|historical) (?:ones|quarters|periods|years)|"
    r"these (?:quarterly )?(?:10-?qs|reports)|10-?qs|trends?)\b"
)
REPORT = re.compile(r"(?i)\b(10-?[kq]s?|annual report|quarterly report|filings?|earnings report)\b")


@dataclass(frozen=True, slots=True)
class Understanding:
    """`articles` are the places (in the heads given) that fit company and period best, empty where the question names
    neither or nothing fits. `publishers` are casefolded. `latest` asks for the newest, `over_time` for several
    periods."""

    articles: frozenset[int] = frozenset()
    companies: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    quarters: tuple[Quarter, ...] = ()
    fiscal: bool = False
    latest: bool = False
    over_time: bool = False
    wants_report: bool = False


def understand(query: str, heads: Sequence[Head]) -> Understanding:
    heads = heads if isinstance(heads, Heads) else Heads(heads)
    companies = companies_in(query, heads.companies)
    publishers = publishers_in(query, heads.news_publishers)
    quarters, fiscal = quarters_in(query)
    latest = bool(LATEST.search(query))
    over_time = bool(OVER_TIME.search(query)) and not quarters
    wants_report = bool(REPORT.search(query))
    articles = _fitting(heads, companies, quarters, fiscal, latest and not over_time)
    return Understanding(articles, companies, publishers, quarters, fiscal, latest, over_time, wants_report)


def companies_in(query: str, known: Iterable[str]) -> frozenset[str]:
    """Those of the `known` companies that the query names, by any name or ticker. Tickers and names of up to four
    letters count only as they are written (`META`, not `meta`; `AMD`)."""
    grams = _grams(query)
    squashed_grams = {squashed(gram) for gram in grams}
    found = set()
    for company in set(known):
        for name in other_names(company):
            short = len(squashed(name)) <= 4
            is_ticker = name in KNOWN and name != company
            as_written = name in grams or (short and not is_ticker and bool({name.title(), name.upper()} & grams))
            if as_written if (short or is_ticker) else squashed(name) in squashed_grams:
                found.add(company)
    return frozenset(found)


def publishers_in(query: str, known: Iterable[str]) -> frozenset[str]:
    """Those of the `known` publishers that the query names: the whole name, or its part before ` | ` or ` - `."""
    text = f" {_spaced(query)} "
    found = set()
    for publisher in set(known):
        names = {publisher, re.split(r"\s[-|:]\s|: ", publisher)[0]}
        for name in names:
            spaced = _spaced(name)
            bare = spaced.removeprefix("the ")
            if len(squashed(name)) > 2 and (f" {spaced} " in text or (" " in bare and f" {bare} " in text)):
                found.add(publisher.casefold())
    return frozenset(found)


def quarters_in(query: str) -> tuple[tuple[Quarter, ...], bool]:
    """The quarters and years named, and whether they are said to be fiscal ones."""
    found: list[Quarter] = []
    fiscal = bool(FISCAL_YEAR.search(query))
    rest = query
    for year_quarter in YEAR_QUARTER.finditer(query):
        found.append(Quarter(int(year_quarter.group(2)), int(year_quarter.group(3))))
    if found:
        rest = YEAR_QUARTER.sub(" ", rest)
    years = [int(year) % 2000 + 2000 for year in (*YEAR.findall(rest), *FISCAL_YEAR.findall(rest))]
    for pattern, quarter_at, year_at, fiscal_at in ((QUARTER, 1, 3, 2), (ORDINAL_QUARTER, 1, 4, 3)):
        for one in pattern.finditer(rest):
            fiscal = fiscal or bool(one.group(fiscal_at)) or (pattern is ORDINAL_QUARTER and bool(one.group(2)))
            said = one.group(quarter_at).lower()
            quarter = ORDINALS.get(said) or int(said)
            year = int(one.group(year_at) or 0) or (years[0] if years else 0)
            if year:
                found.append(Quarter(year + 2000 if year < 100 else year, quarter))
    if not found:
        found = [Quarter(year) for year in years]
    return tuple(dict.fromkeys(found)), fiscal


def _fitting(
    heads: Heads, companies: frozenset[str], quarters: Sequence[Quarter], fiscal: bool, latest: bool
) -> frozenset[int]:
    """The reports of the companies for the periods; where no period fits, the newest when that is asked for, else all
    of the companies'. Without a company a period alone picks nothing out."""
    of_companies = [at for company in companies for at in heads.companies.get(company, ())]
    if not of_companies:
        return frozenset()
    kept: set[int] = set()
    for company in companies:
        own = heads.companies.get(company, [])
        for quarter in quarters:
            kept |= _of_period(heads, own, quarter, fiscal)
        if latest and not quarters:
            newest = max((_age_key(heads[at]) for at in own), default=date.min)
            kept |= {at for at in own if _age_key(heads[at]) == newest}
    return frozenset(kept or of_companies)


def _of_period(heads: Sequence[Head], own: Sequence[int], quarter: Quarter, fiscal: bool) -> set[int]:
    """By the label in the file's name first, then by the fiscal period, then by the day the period ended; a question
    that says "fiscal" asks the fiscal period first."""

    def by(kind: str) -> set[int]:
        kept = set()
        for at in own:
            filing = heads[at].filing
            if filing is None:
                continue
            if kind == "ended":
                day = filing.ended_on
                named = Quarter(day.year, (day.month + 2) // 3) if day else None
            else:
                named = filing.label if kind == "label" else filing.fiscal
            if named and named.year == quarter.year and quarter.quarter in (None, named.quarter):
                kept.add(at)
        return kept

    for kind in ("fiscal", "label", "ended") if fiscal else ("label", "fiscal", "ended"):
        if kept := by(kind):
            return kept
    return set()


def _age_key(head: Head) -> date:
    filing = head.filing
    return (filing.ended_on if filing else None) or head.published_on or date.min


def _grams(query: str) -> set[str]:
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9&.'’-]*|&", query)
    words = [re.sub(r"['’]s?$", "", word).rstrip(".") for word in words]
    return {" ".join(words[at : at + size]) for size in range(1, 5) for at in range(len(words) - size + 1)}


@lru_cache(maxsize=10_000)
def _spaced(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’]s\b", "", text.lower())).strip()
