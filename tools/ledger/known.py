"""Names the ledger knows and the audience may see, and the days it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tools.errors import Denied, Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import LARGE, dimension_named, key, label, singles_out
from tools.ledger.ledger import Ledger, charges
from tools.period import Period

NOTHING_VISIBLE = "You may not see spend here; ask whoever runs Outlay at your company for access."
NO_BREAKDOWN = "Only sums over all teams may be shown here, no single team's spend."
MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Span:
    """The first day charged and the last day that the data covers, both inclusive."""

    first: date
    through: date


def visible(audience: Audience, dimensions: Iterable[str]) -> Any:
    """The rows the audience may be told about in a question that uses these dimensions. Denied when there are none."""
    table = charges()
    if audience.teams is None:
        return table
    if audience.sees_nothing:
        raise Denied(NOTHING_VISIBLE)
    if audience.totals and not any(singles_out(name) for name in dimensions):
        return table
    if not audience.teams:
        raise Denied(NO_BREAKDOWN)
    return table.filter(table[c.X_TEAM_KEY].isin(sorted(audience.teams)))


def named_values(ledger: Ledger, audience: Audience, dimension: str) -> dict[str, str]:
    """What identifies each group -> how it is called; empty where the audience may see none."""
    name = dimension_named(dimension)

    def ask() -> dict[str, str]:
        try:
            table = visible(audience, (name,))
        except Denied:
            return {}
        grouped = table.group_by(key=key(table, name)).agg(label=label(table, name).max(), rows=table.count())
        listed = grouped.filter(grouped.key.notnull()).order_by(grouped.rows.desc(), grouped.key)
        found = ledger.rows(listed.limit(MOST_LISTED) if name in LARGE else listed)
        return {str(identity): str(shown) for identity, shown, _ in found}

    return ledger.cached(("values", audience, name), ask)


def known_values(ledger: Ledger, audience: Audience, dimension: str) -> tuple[str, ...]:
    """The dimension's values as people see them, the most frequent first; of resources and SKUs the first 2,000."""
    return tuple(dict.fromkeys(named_values(ledger, audience, dimension).values()))


def tag_keys(ledger: Ledger, audience: Audience) -> tuple[str, ...]:
    """The tag keys in use on what the audience may see, sorted, lower case."""

    def ask() -> tuple[str, ...]:
        try:
            table = visible(audience, ("tag:",))
        except Denied:
            return ()
        return tuple(
            sorted(str(row[0]) for row in ledger.rows(table.select(k=table[c.X_TAGS].keys().unnest()).distinct()))
        )

    return ledger.cached(("tag keys", audience), ask)


def model_snapshots(ledger: Ledger, audience: Audience) -> dict[str, tuple[str, ...]]:
    """Model -> the dated names it was billed under."""

    def ask() -> dict[str, tuple[str, ...]]:
        try:
            table = visible(audience, ("model",))
        except Denied:
            return {}
        pairs = table.filter(table[c.X_SNAPSHOT].notnull()).select(c.X_MODEL, c.X_SNAPSHOT).distinct()
        found: dict[str, tuple[str, ...]] = {}
        for model, snapshot in sorted(ledger.rows(pairs)):
            found[model] = (*found.get(model, ()), snapshot)
        return found

    return ledger.cached(("snapshots", audience), ask)


def provider_spans(ledger: Ledger) -> dict[str, Span]:
    """Provider -> the days its data covers: through the last day with hourly or daily usage; where the newest month has
    only longer usage rows, through the end of those; without usage, through the last day charged."""

    def ask() -> dict[str, Span]:
        table = charges()
        used = table[c.CHARGE_CATEGORY].lower() == "usage"
        short = used & (table[c.X_THROUGH] == table[c.X_DAY])
        query = table.group_by(table[c.X_PROVIDER]).agg(
            first=table[c.X_DAY].min(),
            daily=table[c.X_DAY].max(where=short),
            used=table[c.X_DAY].max(where=used),
            through=table[c.X_THROUGH].max(where=used),
            charged=table[c.X_DAY].max(),
        )
        spans = {}
        for name, first, daily, used_on, last, charged in ledger.rows(query):
            newest_is_daily = daily is not None and daily >= used_on.replace(day=1)
            spans[name] = Span(first, daily if newest_is_daily else last or charged)
        return spans

    return ledger.cached("spans", ask)


def covered_days(ledger: Ledger) -> frozenset[date]:
    """The days that any row of the ledger covers, whatever it is of."""

    def ask() -> frozenset[date]:
        table = charges()
        pairs = table.select(first=table[c.X_DAY], last=table[c.X_THROUGH]).distinct()
        days: set[date] = set()
        for first, last in ledger.rows(pairs):
            days.update(first + timedelta(step) for step in range(max((last - first).days, 0) + 1))
        return frozenset(days)

    return ledger.cached("covered days", ask)


def gaps_of(covered: frozenset[date], period: Period) -> list[Period]:
    """The parts of a period that lie in calendar months of which no row covers a day, in order, joined where they
    meet."""
    months = {(day.year, day.month) for day in covered}
    gaps: list[Period] = []
    for span in period.months():
        if (span.start.year, span.start.month) in months:
            continue
        if gaps and gaps[-1].end == span.start:
            gaps[-1] = Period(gaps[-1].start, span.end)
        else:
            gaps.append(span)
    return gaps


def data_span(ledger: Ledger) -> tuple[date, date, tuple[str, ...]] | None:
    """The first day, the last day covered, and the currencies; None while nothing has been imported."""
    if ledger.is_empty:
        return None

    def ask() -> tuple[str, ...]:
        return tuple(sorted(str(row[0]) for row in ledger.rows(charges().select(c.BILLING_CURRENCY).distinct())))

    spans = provider_spans(ledger).values()
    return min(s.first for s in spans), max(s.through for s in spans), ledger.cached("currencies", ask)


def unknown_value(dimension: str, value: str, known: Sequence[str]) -> Unknown:
    """The error for a value that nothing visible has, with the nearest that something has."""
    from rapidfuzz import process, utils

    nearest = [found[0] for found in process.extract(value, known, processor=utils.default_process, limit=5)]
    hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
    return Unknown(f"No billing data here has the {dimension.replace('_', ' ')} {value!r}.{hint}", nearest)
