"""How well companies' reports fit the period and the kind of report that a question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from knowledge.documents import Filing, Head, Quarter
from knowledge.searching.heads import Heads

if TYPE_CHECKING:
    from knowledge.searching.understand import Understanding

ANNUAL = ("10-K", "20-F", "40-F", "ANNUAL REPORT")
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
ENDED = re.compile(
    rf"(?i)\b({'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})\.?(?:\s+\d{{1,2}}\s*,?)?\s+(20\d\d)\b"
)
# What fits as well as can be; a quarter's report where a year is asked for; the next year's report, which has the
# year's figures beside its own; and the least that counts as a fit at all.
WHOLE, PART, AFTER, GOOD = 1.0, 0.6, 0.5, 0.6
# Where several years are named, the report on the last has the others beside it.
EARLIER = 0.8
OTHER_FORM = 0.5


def ended_in(query: str) -> tuple[tuple[int, int], ...]:
    """The (year, month) pairs that are named, as in `as of December 31, 2018`."""
    return tuple(
        (int(found.group(2)), next(n for n, m in enumerate(MONTHS, 1) if m.startswith(found.group(1).lower()[:3])))
        for found in ENDED.finditer(query)
    )


def fitting(
    heads: Heads, said: Understanding, forms: frozenset[str], months: Sequence[tuple[int, int]]
) -> Mapping[int, float]:
    """For the place of each report of the companies named: 0 to 1."""
    fits: dict[int, float] = {}
    for company in said.companies:
        own = [(at, filing) for at in heads.companies[company] if (filing := heads[at].filing)]
        found = _by_period(own, said.quarters, said.fiscal, months)
        if said.latest and not said.quarters and not said.over_time:
            allowed = [(at, filing) for at, filing in own if not forms or _is_of(filing, forms)] or own
            newest = max(_age(heads[at]) for at, _ in allowed)
            found = {at: WHOLE for at, _ in allowed if _age(heads[at]) == newest}
        if not said.quarters and not found:
            found = {at: WHOLE for at, _ in own}
        if forms and any(_is_of(filing, forms) for at, filing in own if found.get(at, 0) >= GOOD):
            found = {at: found.get(at, 0.0) * (WHOLE if _is_of(filing, forms) else OTHER_FORM) for at, filing in own}
        fits |= {at: found.get(at, 0.0) for at, _ in own}
    return fits


def _by_period(
    own: Sequence[tuple[int, Filing]],
    quarters: Sequence[Quarter],
    fiscal: bool,
    months: Sequence[tuple[int, int]],
) -> dict[int, float]:
    """A question that says "fiscal" means the company's own periods first, any other what the file's name says."""
    found: dict[int, float] = {}
    if months and (exact := {at: WHOLE for at, filing in own if _ended(filing) in months}):
        found |= exact
    readings: tuple[Callable[[Filing], Quarter | None], ...] = (
        (_fiscal, _label, _calendar) if fiscal else (_label, _fiscal, _calendar)
    )
    last = max((one.year for one in quarters), default=0)
    for quarter in quarters:
        share = WHOLE if quarter.year == last else EARLIER
        here: dict[int, float] = {}
        for reading in readings:
            here = {at: fit * share for at, filing in own if (fit := _fit(reading(filing), filing, quarter))}
            if any(fit >= GOOD * share for fit in here.values()):
                break
        best = max(here.values(), default=0.0)
        if quarter.quarter is None and best >= share * WHOLE:
            here = {at: fit if fit >= best else fit * 0.9 for at, fit in here.items()}
        found |= {at: max(fit, found.get(at, 0.0)) for at, fit in here.items()}
    return found


def _fit(told: Quarter | None, filing: Filing, wanted: Quarter) -> float:
    if told is None:
        return 0.0
    is_annual = told.quarter is None and filing.form in ANNUAL
    if told.year == wanted.year:
        if told.quarter == wanted.quarter:
            return WHOLE
        if wanted.quarter is None:
            return PART + 0.01
        # The year's report holds the fourth quarter, or all quarters in a table of its own.
        return AFTER if is_annual else 0.0
    after = told.year == wanted.year + 1
    if after and is_annual and wanted.quarter is None:
        return AFTER
    return AFTER * 0.9 if after and told.quarter == wanted.quarter else 0.0


def _label(filing: Filing) -> Quarter | None:
    return filing.label


def _fiscal(filing: Filing) -> Quarter | None:
    return filing.fiscal


def _calendar(filing: Filing) -> Quarter | None:
    day = filing.ended_on
    if day is None:
        return None
    return Quarter(day.year, None if filing.form in ANNUAL else (day.month + 2) // 3)


def _ended(filing: Filing) -> tuple[int, int]:
    """A period that ends in the first days of a month is that of the month before."""
    day = filing.ended_on
    if day is None:
        return (0, 0)
    if day.day > 10:
        return (day.year, day.month)
    return (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)


def _is_of(filing: Filing, forms: frozenset[str]) -> bool:
    return filing.form in forms or ("10-K" in forms and filing.form in ANNUAL)


def _age(head: Head) -> date:
    filing = head.filing
    return (filing.ended_on if filing else None) or head.published_on or date.min
