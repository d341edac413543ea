"""Days on which something cost far more, or less, than its own history says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from tools.errors import Denied
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import dimension_named, key
from tools.ledger.groups import shown_label
from tools.ledger.known import provider_spans
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.detect import HISTORY, LEAST_HISTORY, Outlier, expected_on, outliers
from tools.ledger.over_time.monthly_charges import recurs
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, asked_period, sums, view
from tools.ledger.scope import Scope
from tools.ledger.spend import one_decimal, through
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Chart, Figure, Result, Series, Table

MATTERS = Decimal("0.01")
"""An anomaly differs by at least this part of a usual day's whole spend."""
CENT = Decimal("0.01")
CHART_DAYS = 35
MOST = 10


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Consecutive days on which one group stood out the same way, with the amounts over all of them: the actual one
    exact, the expected one an estimate to the cent."""

    keys: tuple[Any, ...]
    name: str
    first: date
    last: date
    actual: Money
    expected: Money
    excess: Money
    is_new: bool

    @property
    def when(self) -> str:
        return Period(self.first, self.last + timedelta(1)).shown()


def anomalies(
    ledger: Ledger,
    audience: Audience,
    today: date,
    period: Period,
    by: tuple[str, ...] = ("team", "provider"),
    within: Scope | None = None,
) -> Result:
    """The days of the period before today that stand out in the daily effective cost of usage of each group, the
    largest difference first: by how much, where, and what moved it. Only of what is `within` a scope, whose period and
    kind of cost are not looked at. See `detect` for what stands out. Unknown where the period has no data."""
    names = tuple(dimension_named(name) for name in by)
    scope = replace(within or Scope(), period=period, cost="effective")
    try:
        rows = view(ledger, scope, audience, names)
    except Denied:
        if audience.sees_nothing:
            raise
        names = ("provider", "service")
        rows = view(ledger, scope, audience, names)
    _, warnings = asked_period(rows, today)
    corrects = rows.table[c.CHARGE_CLASS].lower().fill_null("") == "correction"
    usage = rows.narrow((rows.table[c.CHARGE_CATEGORY].lower() == "usage") & ~corrects)
    looked = Period(
        period.start - timedelta(HISTORY + CHART_DAYS), min(period.end, max(today, period.start + timedelta(1)))
    )
    amounts, labels = _daily(ledger, usage.within(looked), names)
    found: list[Anomaly] = []
    after: Daily | None = None
    for code in sorted({code for code, _ in amounts}):
        usual = _usual_day(amounts, code)
        for keys in [keys for group_code, keys in amounts if group_code == code]:
            first, last = _span(ledger, rows, names, keys)
            ends = min(looked.end, last + timedelta(1))
            days = [period.start + timedelta(n) for n in range((ends - period.start).days)]
            series = amounts[code, keys]
            standing_out = outliers(_floats(series), days, first, float(usual * MATTERS))
            runs = _runs(standing_out)
            if runs and after is None:
                after = _daily(ledger, usage.within(Period(looked.end, looked.end + timedelta(CHART_DAYS))), names)[0]
            around = _floats({**series, **(after or {}).get((code, keys), {})})
            runs = [run for run in runs if not recurs(around, run)]
            found += [_event(run, series, keys, labels[keys], code) for run in runs]
    found.sort(key=lambda a: (-a.excess.amount.copy_abs(), a.first, a.name))
    said = [
        "Usage only, effective cost, without corrections of earlier bills; a day is compared with its weekday and "
        "trend over the 8 weeks before it.",
        "What comes about the same day of other months, too, at about the same amount, is no anomaly.",
        "A day stands out by 30% and by seven robust standard deviations at least, and by 1% of a usual day's spend.",
        *rows.assumptions,
    ]
    if (period.start - rows.span.first).days < LEAST_HISTORY:
        warnings = (*warnings, "Days with less than 4 weeks of data before them were not judged.")
    return Result(
        _summary(ledger, usage, names, found, rows, period),
        _figures(found, rows.span.through),
        _table(found, period),
        _chart(found, amounts, ledger, rows, names),
        tuple(said),
        warnings,
        rows.span.through,
    )


Daily = dict[tuple[str, tuple[Any, ...]], dict[date, Decimal]]


def _daily(ledger: Ledger, rows: View, names: Sequence[str]) -> tuple[Daily, dict[tuple[Any, ...], str]]:
    """Each group's amount a day, by currency and keys, and the groups' names."""
    amounts: Daily = defaultdict(dict)
    labels: dict[tuple[Any, ...], str] = {}
    for group in sums(ledger, rows, (*names, "day")):
        keys = group.keys[:-1]
        amounts[group.amount.currency, keys][calendar_day(group.keys[-1])] = group.amount.amount
        labels[keys] = ", ".join(shown_label(n, v) for n, v in zip(names, group.labels, strict=False))
    return amounts, labels


def _usual_day(amounts: Daily, code: str) -> Decimal:
    totals: dict[date, Decimal] = defaultdict(Decimal)
    for (group_code, _), series in amounts.items():
        for day, amount in series.items() if group_code == code else ():
            totals[day] += amount
    return median(totals.values())


def _span(ledger: Ledger, rows: View, names: Sequence[str], keys: tuple[Any, ...]) -> tuple[date, date]:
    """The days that the group's data covers: its provider's, where it is of one."""
    if "provider" in names:
        span = provider_spans(ledger).get(str(keys[names.index("provider")]), rows.span)
        return span.first, span.through
    return rows.span.first, rows.span.through


def _runs(found: Sequence[Outlier]) -> list[list[Outlier]]:
    runs: list[list[Outlier]] = []
    for one in found:
        last = runs[-1][-1] if runs else None
        if last and one.day - last.day == timedelta(1) and (one.excess > 0) == (last.excess > 0):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _floats(series: dict[date, Decimal]) -> dict[date, float]:
    return {day: float(amount) for day, amount in series.items()}


def _event(run: Sequence[Outlier], series: dict[date, Decimal], keys: tuple[Any, ...], name: str, code: str) -> Anomaly:
    actual = sum((series.get(one.day, Decimal(0)) for one in run), Decimal(0))
    expected = Decimal(str(sum(one.expected for one in run))).quantize(CENT)
    money = (Money(actual, code), Money(expected, code), Money(actual - expected, code))
    return Anomaly(keys, name, run[0].day, run[-1].day, *money, run[0].is_new)


def _summary(
    ledger: Ledger, usage: View, names: Sequence[str], found: Sequence[Anomaly], rows: View, period: Period
) -> str:
    if not found:
        return f"Nothing stands out in {period.shown()}: {rows.words}, effective cost. {through(rows)}"
    top = found[0]
    way = "more" if top.excess.amount > 0 else "less"
    size = Money(top.excess.amount.copy_abs(), top.excess.currency).shown()
    text = (
        f"{top.name} cost {size} {way} than expected on {top.when}: {top.actual.shown()} against {top.expected.shown()}"
    )
    moved = _mover(ledger, usage, names, top)
    text += f", mostly {moved}." if moved else "."
    if len(found) > 1:
        text += f" {len(found)} anomalies in all in {period.shown()}."
    return f"{text} {through(rows)}"


def _mover(ledger: Ledger, usage: View, names: Sequence[str], top: Anomaly) -> str | None:
    """The model, or else the service, that differs most from the same weekdays of the four weeks before."""
    rows = usage
    for name, value in zip(names, top.keys, strict=True):
        identity = key(rows.table, name)
        rows = rows.narrow(identity.isnull() if value is None else identity == value)
    length = (top.last - top.first).days + 1
    then = [Period(top.first - timedelta(7 * n), top.first - timedelta(7 * n - length)) for n in range(5)]
    for name in ("model", "service"):
        if name in names:
            continue
        sides = [{g.labels[0]: g.amount.amount for g in sums(ledger, rows.within(p), (name,))} for p in then]
        excess = {
            label: sides[0].get(label, Decimal(0)) - Decimal(median(side.get(label, Decimal(0)) for side in sides[1:]))
            for label in {label for side in sides for label in side}
        }
        if excess and (best := max(excess, key=lambda label: abs(excess[label]))) is not None:
            return str(best)
    return None


def _figures(found: Sequence[Anomaly], as_of: date) -> tuple[Figure, ...]:
    figures = []
    for one in found[:MOST]:
        figures.append(Figure.of(f"Beyond what was expected, {one.name}, {one.when}", one.excess, as_of))
        figures.append(Figure.of(f"Actual, {one.name}, {one.when}", one.actual, as_of))
        figures.append(Figure.of(f"Expected, {one.name}, {one.when}", one.expected, as_of))
    return (*figures, Figure("Anomalies", Decimal(len(found)), "anomalies", as_of))


def _table(found: Sequence[Anomaly], period: Period) -> Table:
    rows = []
    for one in found:
        share = one.excess.amount / one.expected.amount * 100 if one.expected.amount else None
        beyond = Decimal(one_decimal(share)) if share is not None else None
        days = (one.first, one.last)
        rows.append(
            (*days, one.name, one.actual.currency, one.actual.amount, one.expected.amount, one.excess.amount, beyond)
        )
    columns = ("From", "Through", "Where", "Currency", "Actual", "Expected", "Difference", "Difference (%)")
    return Table(f"Anomalies, {period.shown()}", columns, tuple(rows))


def _chart(found: Sequence[Anomaly], amounts: Daily, ledger: Ledger, rows: View, names: Sequence[str]) -> Chart | None:
    """The largest one's series with what was expected each day."""
    if not found:
        return None
    top = found[0]
    series = amounts[top.actual.currency, top.keys]
    first, last = _span(ledger, rows, names, top.keys)
    end = min(top.last + timedelta(7), last, max(series))
    days = [end - timedelta(n) for n in range(CHART_DAYS - 1, -1, -1) if end - timedelta(n) >= first]
    floats = _floats(series)
    told = [expected_on(floats, day, first) for day in days]
    actual = tuple(series.get(day, Decimal(0)) for day in days)
    expected = tuple(Decimal(str(t[0])).quantize(CENT) if t else None for t in told)
    lines = (Series("actual", actual), Series("expected", expected))
    heading = f"{top.name}: effective cost a day"
    return Chart("line", heading, top.actual.currency, tuple(day_shown(day) for day in days), lines)
