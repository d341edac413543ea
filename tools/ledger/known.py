"""Names the ledger knows and the audience may see, and the days it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tools.errors import Denied, Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import LARGE, TAG, TIMES, dimension_named, key, label, singles_out, spelled
from tools.ledger.ledger import Ledger, charges, summary
from tools.ledger.naming.tag_keys import one_of_each
from tools.period import Period

NOTHING_VISIBLE = "You may not see spend here; ask whoever runs Outlay at your company for access."
NO_BREAKDOWN = "Only sums over all teams may be shown here, no single team's spend."
MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Span:
    """The first day charged, the last day that the data covers, and the last day charged: a month's tax may be dated
    after its last day of usage. All inclusive."""

    first: date
    through: date
    charged: date


def teams_seen(audience: Audience, dimensions: Iterable[str]) -> frozenset[str] | None:
    """The teams whose rows the audience may be told about in a question that uses these dimensions, None for all rows,
    also those of no team. Denied when there are none."""
    if audience.teams is None:
        return None
    if audience.sees_nothing:
        raise Denied(NOTHING_VISIBLE)
    if audience.totals and not any(singles_out(name) for name in dimensions):
        return None
    if not audience.teams:
        raise Denied(NO_BREAKDOWN)
    return audience.teams


def visible(audience: Audience, dimensions: Iterable[str]) -> Any:
    """The rows that `teams_seen` allows."""
    table, teams = charges(), teams_seen(audience, dimensions)
    return table if teams is None else table.filter(table[c.X_TEAM_KEY].isin(sorted(teams)))


def named_values(ledger: Ledger, audience: Audience, dimension: str) -> dict[str, str]:
    """What identifies each group -> how it is called, the most frequent first; empty where the audience may see none.
    Of resources, SKUs, users and keys, and of what has very many values, only the most frequent."""
    name = dimension_named(dimension)

    def ask() -> dict[str, str]:
        try:
            teams = teams_seen(audience, (name,))
        except Denied:
            return {}
        if (
            ledger.summed_up
            and name not in (*TIMES, *LARGE)
            and (teams is None or _cut(ledger).isdisjoint(spelled(name)))
        ):
            kept = _summary("value", teams)
            kept = kept.filter(kept.dimension.isin(spelled(name)))
            grouped = kept.group_by("name").agg(label=kept.label.max(), times=kept.rows.sum())
        else:
            table = visible(audience, (name,))
            grouped = table.group_by(name=key(table, name)).agg(label=label(table, name).max(), times=table.count())
        listed = grouped.filter(grouped.name.notnull()).order_by(grouped.times.desc(), grouped.name)
        found = ledger.rows(listed if listed_whole(ledger, name) else listed.limit(MOST_LISTED))
        return {str(identity): str(shown) for identity, shown, _ in found}

    return ledger.cached(("values", audience, name), ask)


def listed_whole(ledger: Ledger, dimension: str) -> bool:
    """Whether `named_values` has every value of a dimension that the audience may see."""
    name = dimension_named(dimension)
    return name not in LARGE and not (ledger.summed_up and not _cut(ledger).isdisjoint(spelled(name)))


def known_values(ledger: Ledger, audience: Audience, dimension: str) -> tuple[str, ...]:
    """The dimension's values as people see them, in the order and number of `named_values`."""
    return tuple(dict.fromkeys(named_values(ledger, audience, dimension).values()))


def tag_keys(ledger: Ledger, audience: Audience) -> tuple[str, ...]:
    """The tag keys in use on what the audience may see, sorted, lower case; of several spellings of a key, one."""

    def ask() -> tuple[str, ...]:
        try:
            teams = teams_seen(audience, (TAG,))
        except Denied:
            return ()
        if ledger.summed_up and (teams is None or not any(name.startswith(TAG) for name in _cut(ledger))):
            kept = _summary("value", teams)
            names = ledger.rows(kept.filter(kept.dimension.startswith(TAG)).select("dimension").distinct())
            return one_of_each(str(row[0])[len(TAG) :] for row in names)
        table = visible(audience, (TAG,))
        used = ledger.rows(table.select(k=table[c.X_TAGS].keys().unnest()).distinct())
        return one_of_each(str(row[0]) for row in used)

    return ledger.cached(("tag keys", audience), ask)


def model_snapshots(ledger: Ledger, audience: Audience) -> dict[str, tuple[str, ...]]:
    """Model -> the dated names it was billed under."""

    def ask() -> dict[str, tuple[str, ...]]:
        try:
            teams = teams_seen(audience, ("model",))
        except Denied:
            return {}
        if ledger.summed_up:
            pairs = _summary("snapshot", teams).select("name", "label").distinct()
        else:
            table = visible(audience, ("model",))
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
        days = _days(ledger)
        short = days.used & (days.through == days.day)
        query = days.group_by("provider").agg(
            first=days.day.min(),
            daily=days.day.max(where=short),
            used=days.day.max(where=days.used),
            through=days.through.max(where=days.used),
            charged=days.day.max(),
        )
        spans = {}
        for name, first, daily, used_on, last, charged in ledger.rows(query):
            newest_is_daily = daily is not None and daily >= used_on.replace(day=1)
            through = daily if newest_is_daily else last or charged
            spans[name] = Span(first, through, max(through, charged))
        return spans

    return ledger.cached("spans", ask)


def covered_days(ledger: Ledger) -> frozenset[date]:
    """The days that any row of the ledger covers, whatever it is of."""

    def ask() -> frozenset[date]:
        days: set[date] = set()
        for first, last in ledger.rows(_days(ledger).select("day", "through").distinct()):
            days.update(first + timedelta(step) for step in range(max((last - first).days, 0) + 1))
        return frozenset(days)

    return ledger.cached("covered days", ask)


def days_of_providers(ledger: Ledger, providers: Iterable[str], period: Period) -> set[date]:
    """The days of the period on which any of these providers, all if there are none, has a row, whoever spent it."""
    days = _days(ledger)
    inside = days.filter((days.day >= period.start) & (days.day < period.end))
    if wanted := sorted(providers):
        inside = inside.filter(inside.provider.isin(wanted))
    return {row[0] for row in ledger.rows(inside.select("day").distinct())}


def _days(ledger: Ledger) -> Any:
    """Provider, first and last day, usage or not, and currency, of every row or of what rows are alike in these."""
    if ledger.summed_up:
        return _summary("days", None).rename(provider="name")
    table = charges()
    return table.select(
        provider=table[c.X_PROVIDER],
        used=(table[c.CHARGE_CATEGORY].lower() == "usage").fill_null(False),
        day=table[c.X_DAY],
        through=table[c.X_THROUGH],
        currency=table[c.BILLING_CURRENCY],
    )


def _summary(kind: str, teams: frozenset[str] | None) -> Any:
    """The rows of one kind in the ledger's summary, of these teams."""
    table = summary()
    kept = table.filter(table.kind == kind)
    return kept if teams is None else kept.filter(kept.team.isin(sorted(teams)))


def _cut(ledger: Ledger) -> frozenset[str]:
    """The dimensions, tags among them, of which the summary has only the most frequent values."""

    def ask() -> frozenset[str]:
        return frozenset(str(row[0]) for row in ledger.rows(_summary("cut", None).select("dimension").distinct()))

    return ledger.cached("cut", ask)


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
        return tuple(sorted(str(row[0]) for row in ledger.rows(_days(ledger).select("currency").distinct())))

    spans = provider_spans(ledger).values()
    return min(s.first for s in spans), max(s.through for s in spans), ledger.cached("currencies", ask)


def unknown_value(dimension: str, value: str, known: Sequence[str]) -> Unknown:
    """The error for a value that nothing visible has, with the nearest that something has."""
    from rapidfuzz import process, utils

    nearest = [found[0] for found in process.extract(value, known, processor=utils.default_process, limit=5)]
    hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
    return Unknown(f"No billing data here has the {dimension.replace('_', ' ')} {value!r}.{hint}", nearest)
