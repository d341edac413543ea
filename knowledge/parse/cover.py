"""What a report says of itself on its cover, or in its auditor's words: company, ticker, form, period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.parse.dates import day_from
from knowledge.reports.companies import plain_name

# A letter to shareholders may come before the cover.
MOST_PAGES = 60
OPENING = 3
ANNUAL = ("10-K", "20-F", "40-F")
COVER = re.compile(r"(?i)exact\s+name\s+of\s+(?:the\s+)?(?:registrant|issuer)")
REGISTRANT = re.compile(r"(?im)^\W*(\S.{1,80}?)\s*\n?\W*\(?exact\s+name\s+of\s+(?:the\s+)?(?:registrant|issuer)")
DAY = r"((?:[A-Z][a-z]+|[A-Z]{3,9})\.?\s+\d{1,2}\s*,?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]+\s+\d{4})"
ENDED = re.compile(rf"(?i:(?:period|quarter|year)\s+ended:?)\s+{DAY}")
EVENT = re.compile(rf"(?i:date\s+of\s+(?:earliest\s+event\s+reported|report)\W[^\n]*?)\s*{DAY}")
FORM = re.compile(r"(?i)\bform\s+(10-[KQ]|20-F|40-F|8-K|6-K)\b")
TICKER = re.compile(
    r"(?m)(?:^|\s)([A-Z]{1,5})\s+(?:The\s+)?(?:New York Stock Exchange|NYSE|Nasdaq|NASDAQ|Cboe)(?=[\s,.(]|$)"
)
NOT_TICKERS = frozenset({"NYSE", "NONE", "LLC", "INC", "STOCK", "NAME", "A", "THE", "ON", "AND", "OF"})
# An auditor's report is addressed to the owners of the company, and names the year's end.
AUDITED = re.compile(
    r"(?i)to\s+the\s+(?:(?:share|stock|unit)holders|members|board\s+of\s+directors|owners)"
    r"(?:\s*,?\s*(?:and\s+)?(?:the\s+)?(?:board\s+of\s+(?:directors|trustees)|(?:share|stock)holders|audit committee))*"
    r"\s*(?:\n\s*)?(?:of\s+)?\n?\s*((?-i:[A-Z0-9])[^\n:]{2,70}?)(?:\s+and\s+(?:its\s+)?subsidiaries)?\s*[:,]?\n"
)
STATEMENTS = re.compile(
    r"(?i)\bconsolidated\s+(?:balance\s+sheets?|statements?\s+of\s+(?:financial\s+position|operations))"
)
STATED_YEAR = re.compile(rf"(?i:years?\s+ended)\s+{DAY}")


@dataclass(frozen=True, slots=True)
class Cover:
    """Empty or None where nothing is said. `form` is as `10-K`, or `annual report` for a report without a form."""

    company: str = ""
    ticker: str = ""
    form: str = ""
    ended_on: date | None = None


def cover_of(pages: Sequence[str]) -> Cover:
    """From the first page that names its registrant, else from the auditor's report to the owners."""
    for page in pages[:MOST_PAGES]:
        if COVER.search(page) and (found := _covered(page)).company:
            return found
    for page in pages[:OPENING]:
        if "SECURITIES AND EXCHANGE" in page.upper() and (form := FORM.search(page)):
            ended = ENDED.search(page)
            named = _audited(pages) if form.group(1).upper() in ANNUAL else Cover()
            return Cover(named.company, "", form.group(1).upper(), day_from(ended.group(1).title()) if ended else None)
    return _audited(pages)


def _covered(page: str) -> Cover:
    named = REGISTRANT.search(page)
    name = re.sub(r"[_\-\s]+$", "", named.group(1)).strip(" _*") if named else ""
    if not re.search(r"[A-Za-z]{2}", name) or len(name.split()) > 9:
        return Cover()
    form, ticker = FORM.search(page), TICKER.search(page)
    kind = form.group(1).upper() if form else ""
    ended = (EVENT if kind in ("8-K", "6-K") else ENDED).search(page)
    return Cover(
        plain_name(name),
        ticker.group(1) if ticker and ticker.group(1) not in NOT_TICKERS else "",
        kind,
        day_from(ended.group(1).title()) if ended else None,
    )


def _audited(pages: Sequence[str]) -> Cover:
    for page in pages:
        if "audited" in page and STATEMENTS.search(page) and (found := AUDITED.search(page)):
            name = found.group(1).strip(" .,")
            if re.search(r"(?i)opinion|audit|report|directors|holders", name) or len(name.split()) > 8:
                continue
            ended = STATED_YEAR.search(page) or re.search(rf"(?i:as\s+(?:of|at))\s+{DAY}", page)
            return Cover(plain_name(name), "", "annual report", day_from(ended.group(1).title()) if ended else None)
    return Cover()
