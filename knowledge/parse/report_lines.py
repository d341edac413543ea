"""Which report the lines of a .jsonl are of, where each line is a page or a passage of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote, urlsplit

from knowledge.documents import Filing
from knowledge.parse.filing import filing_by_publisher, filing_in
from knowledge.reports.companies import squashed

# What tells one line of a report from the next: `, p. 39`, ` (page 7 of 90)`, ` #12`.
PLACE = re.compile(
    r"(?i)[\s,(\[_#:|–—-]*\b(?:pages?|pp?|chunks?|parts?|passages?|sections?)[\s._-]*#?\d+"
    r"(?:\s*(?:of|/|-|–)\s*\d+)?\W*$|[\s,(\[]*#\d+\W*$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line's fields as read."""

    title: str
    url: str
    publisher: str
    published_on: date | None
    text: str


def filings_of(lines: Sequence[Line]) -> list[Filing | None]:
    """For each line the report that it is of, None for one of no report. Lines of one title (their page left out), one
    publisher and one day are of one report, so that what its cover says counts for all of them."""
    own = [_own(line) for line in lines]
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        groups[PLACE.sub("", line.title), line.publisher, line.published_on].append(at)
    for places in groups.values():
        if len(places) > 1 and (whole := _whole([found for at in places if (found := own[at])])):
            for at in places:
                own[at] = whole
    return own


def _own(line: Line) -> Filing | None:
    named = filing_in(line.title, (line.text,))
    if named is None or not named.period:
        stem = re.sub(r"\.\w{2,5}$", "", unquote(urlsplit(line.url).path.rsplit("/", 1)[-1]))
        named = filing_in(stem, ()) or named
    return named or filing_by_publisher(line.title, line.publisher, line.published_on)


def _whole(found: Sequence[Filing]) -> Filing | None:
    """One for all: what most lines say, with the day and the company's name from the cover, which is the line with a
    day. None where they are of several companies or periods."""
    if not found:
        return None
    cover = next((one for one in found if one.ended_on), found[0])
    others = [one for one in found if one != cover]
    if any(not _is_one_company(cover.company, one.company) for one in others):
        return None
    if len({one.label for one in found if one.label}) > 1 or len({one.ended_on for one in found if one.ended_on}) > 1:
        return None
    other = others[0] if others else cover
    return replace(
        cover,
        ticker=cover.ticker or other.ticker,
        form=cover.form or other.form,
        label=cover.label or other.label,
        fiscal=cover.fiscal or other.fiscal,
    )


def _is_one_company(one: str, other: str) -> bool:
    """`MGMRESORTS` and `MGM Resorts International` are."""
    short, long = sorted((squashed(one), squashed(other)), key=len)
    return bool(short) and long.startswith(short)
