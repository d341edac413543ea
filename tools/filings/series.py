"""A metric as one value a fiscal quarter and year: the newest tag, the newest filing, year-to-date undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.filings.facts import CompanyFacts, Fact
from tools.filings.fiscal import QUARTER_DAYS, YEAR_DAYS, FiscalCalendar, FiscalPeriod
from tools.filings.metrics import Metric


@dataclass(frozen=True, slots=True)
class Value:
    """One period's value and where it is from. `less` is the earlier year-to-date fact that was subtracted,
    `part` the other line of a figure that is one line less another."""

    period: FiscalPeriod
    start: date | None
    end: date
    value: Decimal
    fact: Fact
    less: Fact | None = None
    part: Fact | None = None

    def how(self) -> str:
        if self.part is not None:
            return f"{self.fact.tag} less {self.part.tag} ({self.part.accession})"
        if self.less is None:
            return "as filed"
        return f"year to date less that to {self.less.end.isoformat()} ({self.less.accession})"


def unit_of(company: CompanyFacts, metric: Metric) -> str | None:
    """The unit of the metric's newest fact ("USD", "USD/shares", "TWD"); None where there is no fact."""
    facts = [fact for tag in metric.tags for fact in company.facts.get(tag, ())]
    return max(facts, key=lambda fact: (fact.end, fact.filed)).unit if facts else None


def chosen_facts(company: CompanyFacts, metric: Metric) -> dict[tuple[date | None, date], Fact]:
    """One fact a span: of the tag with the newest fact, and for spans it lacks of the next newest; of several filings
    the newest, so that a restated value takes the place of the first."""
    unit = unit_of(company, metric)
    by_tag = {
        tag: [fact for fact in company.facts.get(tag, ()) if fact.unit == unit]
        for tag in metric.tags
        if company.facts.get(tag)
    }
    tags = sorted(
        (tag for tag in by_tag if by_tag[tag]),
        key=lambda tag: max((fact.end, fact.filed) for fact in by_tag[tag]),
        reverse=True,
    )
    chosen: dict[tuple[date | None, date], Fact] = {}
    for tag in tags:
        held: dict[tuple[date | None, date], Fact] = {}
        for fact in by_tag[tag]:
            span = (fact.start, fact.end)
            if span not in held or (fact.filed, fact.accession) > (held[span].filed, held[span].accession):
                held[span] = fact
        chosen = held | chosen
    return chosen


def years(facts: Mapping[tuple[date | None, date], Fact], calendar: FiscalCalendar) -> list[Value]:
    """Whole fiscal years, oldest first. Twelve-month spans that end on another day are not fiscal years."""
    found = [
        Value(FiscalPeriod(calendar.year_of_end(fact.end)), fact.start, fact.end, fact.value, fact)
        for fact in facts.values()
        if fact.days in YEAR_DAYS and calendar.ends_a_year(fact.end)
    ]
    return _newest_each(found)


def quarters(
    facts: Mapping[tuple[date | None, date], Fact], calendar: FiscalCalendar, *, summable: bool = True
) -> list[Value]:
    """Fiscal quarters, oldest first: filed as such, else the year to date less the year to date a quarter before.

    With `summable` False (per-share values) nothing is subtracted, since averages of shares differ.
    """
    direct = [
        Value(calendar.quarter_of(fact.end), fact.start, fact.end, fact.value, fact)
        for fact in facts.values()
        if fact.days in QUARTER_DAYS
    ]
    derived = _derived(facts, calendar) if summable else []
    held = {value.period for value in direct}
    return _newest_each([*direct, *(value for value in derived if value.period not in held)])


def balances(facts: Mapping[tuple[date | None, date], Fact], calendar: FiscalCalendar) -> list[Value]:
    """Values at the end of each fiscal quarter, oldest first; the fourth quarter's is the year's."""
    found = [
        Value(calendar.quarter_of(fact.end), None, fact.end, fact.value, fact)
        for fact in facts.values()
        if fact.start is None
    ]
    return _newest_each(found)


def _derived(facts: Mapping[tuple[date | None, date], Fact], calendar: FiscalCalendar) -> list[Value]:
    by_start: dict[date, list[Fact]] = {}
    for fact in facts.values():
        if fact.start is not None and fact.days < YEAR_DAYS.stop:
            by_start.setdefault(fact.start, []).append(fact)
    values = []
    for group in by_start.values():
        for later in group:
            for earlier in group:
                if earlier.tag == later.tag and (later.end - earlier.end).days in QUARTER_DAYS:
                    start = earlier.end + timedelta(1)
                    amount = later.value - earlier.value
                    values.append(Value(calendar.quarter_of(later.end), start, later.end, amount, later, earlier))
    return values


def _newest_each(values: list[Value]) -> list[Value]:
    held: dict[FiscalPeriod, Value] = {}
    for value in values:
        other = held.get(value.period)
        if other is None or (value.end, value.fact.filed) > (other.end, other.fact.filed):
            held[value.period] = value
    return sorted(held.values(), key=lambda value: value.end)
