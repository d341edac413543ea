"""What one request, one active user, or one of any business metric costs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.filters import filter_named
from tools.ledger.groups import Group
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, asked_period, sums, trimmed, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import EXACT, added, several, through
from tools.ledger.storing.metrics import FILE, Kind, Reading
from tools.money import Money, plain
from tools.period import Period
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

PLACES = Decimal("1E-12")
COUNTS = {Decimal(1000): "thousand", Decimal(10**6): "million"}


def unit_cost(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    metric: str,
    readings: Sequence[Reading],
    per: Decimal = Decimal(1),
) -> Result:
    """The scope's cost for each `per` of a metric (1000 for "per 1k requests"), per currency: the unit cost, the cost
    and the metric's value, all over the days for which both are known; a table by month, or by day within two months.
    A `sum` metric is added up over the days; an `average` one is averaged, so that its unit cost is for the whole
    period. Unknown for a metric not imported for these teams, for days without both, and for a value of zero."""
    if not per > 0:
        raise NeedsChoice("The cost of how many? More than none.")
    rows = view(ledger, scope, audience)
    mine, whose = _readings(readings, metric, rows, audience)
    name, kind = mine[0].metric, mine[0].kind
    period, warnings = asked_period(rows, today)
    ends = min(period.end, today, rows.span.through + timedelta(1))
    starts = max(period.start, rows.span.first)
    used = _together([r for r in mine if starts <= r.period.start and r.period.end <= ends], mine)
    if not used:
        raise Unknown(
            f"No day of {period.shown()} has both billing data and {name}; {name} is known from "
            f"{mine[0].period.start} through {max(r.period.last_day for r in mine)}."
        )
    days = {day for reading in used for day in _days(reading.period)}
    groups = [g for g in sums(ledger, rows.within(period), ("day",)) if calendar_day(g.keys[0]) in days]
    value = _value(used, kind)
    if value == 0:
        raise Unknown(f"{name} is zero in {period.shown()}, so there is no cost of one.")
    covered = Period(min(days), max(days) + timedelta(1))
    codes = _largest_first(groups)
    unit = f"{COUNTS.get(per) or plain(per)} {name}" if per != 1 else _one(name)
    figures: list[Figure] = []
    parts: list[str] = []
    for code in codes:
        cost = added([g.amount for g in groups if g.amount.currency == code])
        one = _unit(cost.amount, value, per)
        label = f"{scope.cost.capitalize()} cost per {unit}, {rows.words}, {covered.shown()}"
        figures.append(Figure(label, one, f"{code} per {unit}", rows.span.through))
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost of those days", cost, rows.span.through))
        spent = f"{cost.shown()} {scope.cost} cost over {_shown(value)} {name}"
        parts.append(f"{Money(one, code).shown()} per {unit} ({spent})")
    word = "averaged" if kind == "average" else "added up"
    figures.append(Figure(f"{name}, {word}, {covered.shown()}", value, name, max(days)))
    figures += [Figure("Counted by", per, name)] if per != 1 else []
    missing = sum(1 for day in _days(Period(starts, ends)) if day not in days) if starts < ends else 0
    notes = [f"{missing} of {period.days} days have no {name} and are left out of both."] if missing else []
    lines = [line for code in codes for line in _lines(used, kind, groups, code, covered, per)]
    said = [f"{name} is {word} over the days: {whose}."]
    if kind == "average":
        said.append(f"The unit cost is that of one over the whole of {covered.shown()}.")
    columns = ("When", "Currency", COST_COLUMNS[scope.cost], name, f"Cost per {unit}")
    heading = f"{scope.cost.capitalize()} cost per {unit}, {rows.words}"
    if not codes:
        parts = [f"No charge matches on the days with {name}"]
    return Result(
        f"{listed(parts)}: {rows.words}, {covered.shown()}. {through(rows)}",
        tuple(figures),
        Table(heading, columns, tuple(lines)),
        _chart(heading, lines, codes),
        (*rows.counted, *said, *rows.assumptions, *several(groups)),
        (*warnings, *notes, *unknown_costs(groups, scope.cost)),
        rows.span.through,
    )


def _readings(readings: Sequence[Reading], metric: str, rows: View, audience: Audience) -> tuple[list[Reading], str]:
    """The readings that belong to the rows, and whose they are: the teams' asked about, or else the company's."""
    asked = {
        value.strip().casefold()
        for name, values in rows.scope.where
        if filter_named(name) == "team"
        for value in values
    }
    open_to_all = audience.sees_all or audience.totals
    visible = [r for r in readings if (open_to_all if r.team is None else audience.may_see(r.team) or open_to_all)]
    named = [r for r in visible if r.metric.casefold() == metric.strip().casefold()]
    if not named:
        raise _unknown(metric, sorted({r.metric for r in visible}))
    teams = asked or (set(audience.teams or ()) if rows.narrowed else set())
    if teams:
        own = [r for r in named if r.team and r.team.casefold() in teams]
        if {str(r.team).casefold() for r in own} == teams:
            return own, f"of {listed(sorted({str(r.team) for r in own}))}"
    company = [r for r in named if r.team is None]
    if company and (not rows.narrowed or asked):
        return company, "the whole company's" + (", not one team's" if teams else "")
    if not teams and (every := [r for r in named if r.team]):
        names = f" ({listed(sorted({str(r.team) for r in every}))})" if audience.sees_all else ""
        return every, f"added up over the teams that state it{names}; the cost is of all rows asked about"
    raise Unknown(f"{named[0].metric} is not imported for {rows.words}; `team` in {FILE} says whose a value is.")


def _together(used: Sequence[Reading], mine: Sequence[Reading]) -> list[Reading]:
    """The readings of days on which every series that is added up has one."""
    days = [{d for r in used if r.series == series for d in _days(r.period)} for series in {r.series for r in mine}]
    common = set.intersection(*days)
    return [r for r in used if common.issuperset(_days(r.period))]


def _unknown(metric: str, known: Sequence[str]) -> Unknown:
    from rapidfuzz import process, utils

    nearest = [found[0] for found in process.extract(metric, known, processor=utils.default_process, limit=5)]
    hint = f" Known: {', '.join(nearest)}." if nearest else " None has been imported that may be used here."
    return Unknown(f"No business metric {metric!r} is imported.{hint}", nearest)


def _value(used: Sequence[Reading], kind: Kind) -> Decimal:
    """The sum over days and teams; of an average metric, each team's mean by day, added up over teams."""
    if kind == "sum":
        return trimmed(_sum([r.value for r in used]))
    teams = {r.series for r in used}
    means = []
    for series in teams:
        mine = [r for r in used if r.series == series]
        weighted = _sum([EXACT.multiply(r.value, Decimal(r.period.days)) for r in mine])
        means.append(EXACT.divide(weighted, Decimal(sum(r.period.days for r in mine))))
    total = _sum(means)
    return trimmed(EXACT.quantize(total, PLACES)) if total != total.to_integral_value() else trimmed(total)


def _largest_first(groups: Sequence[Group]) -> list[str]:
    """The currencies, that of the largest sum first: it is the headline."""
    codes = {g.amount.currency for g in groups}
    total = {code: added([g.amount for g in groups if g.amount.currency == code]).amount for code in codes}
    return sorted(total, key=lambda code: (-total[code], code))


def _unit(cost: Decimal, value: Decimal, per: Decimal) -> Decimal:
    return trimmed(EXACT.quantize(EXACT.divide(EXACT.multiply(cost, per), value), PLACES))


def _lines(
    used: Sequence[Reading], kind: Kind, groups: Sequence[Any], code: str, covered: Period, per: Decimal
) -> list[tuple[Cell, ...]]:
    by_month = len(covered.months()) > 2 or any(r.period.days > 1 for r in used)
    spans = covered.months() if by_month else sorted({r.period for r in used})
    lines: list[tuple[Cell, ...]] = []
    for span in spans:
        inside = [r for r in used if span.start <= r.period.start and r.period.end <= span.end]
        days = {day for r in inside for day in _days(r.period)}
        cost = _sum([g.amount.amount for g in groups if g.amount.currency == code and calendar_day(g.keys[0]) in days])
        value = _value(inside, kind) if inside else Decimal(0)
        one = _unit(cost, value, per) if value else None
        when = f"{span.start:%Y-%m}" if by_month else span.start.isoformat()
        lines.append((when, code, trimmed(cost), value, one))
    return lines


def _chart(heading: str, lines: Sequence[tuple[Cell, ...]], codes: Sequence[str]) -> Chart | None:
    if len(codes) != 1 or len(lines) < 2:
        return None
    values = tuple(cell if isinstance(cell := line[4], Decimal) else None for line in lines)
    return Chart("line", heading, codes[0], tuple(str(line[0]) for line in lines), (Series("unit cost", values),))


def _sum(values: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def _one(name: str) -> str:
    """`requests` -> `request`, for one of them."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _shown(value: Decimal) -> str:
    return (
        f"{value:,.0f}"
        if value == value.to_integral_value() or value >= 1000
        else plain(value.quantize(Decimal("0.01")))
    )


def _days(period: Period) -> list[date]:
    return [period.start + timedelta(n) for n in range(period.days)]
