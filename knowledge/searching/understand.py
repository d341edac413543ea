"""What a question says of where its answer is: company, publisher, period, kind of document, how new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from knowledge.documents import Head, Quarter
from knowledge.reports.companies import squashed
from knowledge.reports.fitting import GOOD, ended_in, fitting
from knowledge.searching.heads import Heads

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
QUARTER_SHORT = re.compile(r"(?i)\b([1-4])Q[\s'’-]*(FY)?[\s'’-]*(20\d\d|\d\d)(?!\d)")
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
    r"recent(?:ly)?|lately|nowadays|as of now|at the moment|at present|presently|"
    r"what happened (?:to|with)|last (?:quarter|10-?[kq]|report|filing|earnings))\b"
)
OVER_TIME = re.compile(
    r"(?i)\b(over time|over the (?:reported|reporting|quarters|periods|years|last)|across (?:these|the|all) |"
    r"these quarters|each (?:reported )?(?:period|quarter|year)|quarter to quarter|"
    r"across (?:quarters|periods|years)|(?:previous|prior|past|earlier|historical) (?:ones|quarters|periods|years)|"
    r"(?:last|past|previous) (?:two|three|four|five|six|eight|several|\d) (?:fiscal )?(?:quarters|years|periods)|"
    r"these (?:quarterly )?(?:10-?qs|reports)|10-?qs|trends?)\b"
)
FORMS = (
    ("10-K", re.compile(r"(?i)\b(?:10-?ks?|annual (?:report|filing)s?)\b")),
    ("10-Q", re.compile(r"(?i)\b(?:10-?qs?|quarterly (?:report|filing)s?)\b")),
    ("8-K", re.compile(r"(?i)\b8-?ks?\b")),
    ("EARNINGS", re.compile(r"(?i)\bearnings (?:release|report|announcement)s?\b")),
)
REPORT = re.compile(r"(?i)\b(10-?[kq]s?|annual report|quarterly report|filings?|earnings report)\b")


@dataclass(frozen=True, slots=True)
class Understanding:
    """`articles` are the places (in the heads given) that fit company and period best, empty where the question names
    neither or nothing fits. `publishers` are casefolded. `latest` asks for the newest, `over_time` for several
    periods. `fits` says of each report of the companies how well its period and kind fit, 0 to 1; `fits_period` is
    False where a period is named that none of them is about."""

    articles: frozenset[int] = frozenset()
    companies: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    quarters: tuple[Quarter, ...] = ()
    fiscal: bool = False
    latest: bool = False
    over_time: bool = False
    wants_report: bool = False
    fits: Mapping[int, float] = field(default_factory=dict)
    fits_period: bool = True


def understand(query: str, heads: Sequence[Head]) -> Understanding:
    heads = heads if isinstance(heads, Heads) else Heads(heads)
    companies = heads.names.named_in(query)
    publishers = publishers_in(query, heads.news_publishers)
    quarters, fiscal = quarters_in(query)
    latest = bool(LATEST.search(query))
    over_time = bool(OVER_TIME.search(query)) and not quarters
    forms = frozenset(form for form, asked in FORMS if asked.search(query))
    said = Understanding(
        companies=companies,
        publishers=publishers,
        quarters=quarters,
        fiscal=fiscal,
        latest=latest,
        over_time=over_time,
        wants_report=bool(REPORT.search(query)),
    )
    fits = fitting(heads, said, forms, ended_in(query))
    best = frozenset(at for at, fit in fits.items() if fit >= GOOD)
    of_companies = frozenset(at for company in companies for at in heads.companies[company])
    return replace(said, articles=best or of_companies, fits=fits, fits_period=bool(best) or not quarters)


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
    for pattern, quarter_at, year_at, fiscal_at in (
        (QUARTER, 1, 3, 2),
        (QUARTER_SHORT, 1, 3, 2),
        (ORDINAL_QUARTER, 1, 4, 3),
    ):
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


@lru_cache(maxsize=10_000)
def _spaced(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’]s\b", "", text.lower())).strip()
