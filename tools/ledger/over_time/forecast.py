"""Where a month or quarter will end: what is spent so far and the days still to come, with the method's own error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.outlook import CENT, LATE, Outlook, cents, outlook
from tools.ledger.over_time.projection import DAY, TRENDED, rest
from tools.ledger.query import View, sums, unknown_costs, view
from tools.ledger.scope import Scope
from tools.ledger.spend import added, spend_total, through
from tools.money import Money
from tools.period import MONTHS, Period, day_shown, months_after
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

HOW = (
    "Days still to come are projected from the last 8 weeks by weekday and trend, each provider from the end of its "
    "own data; credits, fees and charges by month are expected as the median of earlier months.",
    "The 80% range is as wide as the errors of the same method at the same point of earlier periods.",
)


def forecast(ledger: Ledger, scope: Scope, audience: Audience, today: date, period: Period | None = None) -> Result:
    """The scope's cost at the end of the period (else the scope's, else this month), per currency: the projected total,
    what is spent through the last complete day, the low and the high end of an 80% range, and the method's mean error
    on earlier periods. A period that the data covers whole is answered with its actual total. Unknown for a period
    before the data, or that starts more than 100 days after it."""
    asked = month_of_days(period or scope.period or Period.month(today.year, today.month), today)
    rows = view(ledger, replace(scope, period=asked), audience)
    if asked.end <= today and asked.last_day <= rows.span.through:
        actual = spend_total(ledger, rows.scope, audience, today)
        said = f"{asked.shown()} is over: this is what it cost, not a forecast."
        return replace(actual, assumptions=(said, *actual.assumptions))
    looks = outlook(ledger, rows, asked, today)
    if not looks:
        raise Unknown(
            f"No charge matches {rows.words} in the weeks before {asked.shown()}, so nothing can be carried on."
        )
    as_of = rows.span.through
    figures = [figure for one in looks for figure in _figures(one, rows, asked, as_of)]
    tables = [line for one in looks for line in _lines(one, asked)]
    return Result(
        f"{' '.join(_sentence(one, rows, asked) for one in looks)} {scope.cost.capitalize()} cost. {through(rows)}",
        tuple(figures),
        Table(
            f"Forecast of {asked.shown()}, {rows.words}",
            ("Provider", "Currency", "So far", "To come", "Projected total", "Data through"),
            tuple(tables),
        ),
        _chart(looks[0], asked, rows) if len(looks) == 1 else None,
        (*HOW, *rows.counted, *rows.assumptions, *_several(looks)),
        _warnings(ledger, looks, rows, asked, today),
        as_of,
    )


def month_of_days(period: Period, today: date) -> Period:
    """The whole month where the period is only its days so far; any other period as it is."""
    if period.start.day == 1 and period.start <= today and period.last_day in (today, today - DAY):
        return Period(period.start, max(months_after(period.start, 1), period.end))
    return period


def _figures(one: Outlook, rows: View, period: Period, as_of: date) -> list[Figure]:
    figures = [
        Figure.of(f"Projected {rows.scope.cost} cost, {rows.words}, {period.shown()}", one.total, as_of),
        Figure.of(_so_far(one, period), one.so_far, as_of),
        Figure.of("Low end of the 80% range", one.low, as_of),
        Figure.of("High end of the 80% range", one.high, as_of),
        Figure.of("Still to come, projected", one.to_come, as_of),
        Figure("Width of the range", Decimal(80), "%"),
        Figure(f"Earlier periods tried ({one.currency})", Decimal(len(one.tried)), "periods", as_of),
    ]
    if one.error is not None:
        label = f"Mean error at the same point of earlier periods ({one.currency})"
        figures.insert(4, Figure(label, one.error, "%", as_of))
    return figures


def _so_far(one: Outlook, period: Period) -> str:
    cut = _common_cut(one, period)
    return f"So far, through {day_shown(cut)}" if cut >= period.start else "So far, with no day of it in the data"


def _sentence(one: Outlook, rows: View, period: Period) -> str:
    told = f"{rows.words}: {period.shown()} is heading for {one.total.shown()}, "
    told += f"80% range {one.low.shown()} to {one.high.shown()}; {one.so_far.shown()} so far."
    if one.error is not None:
        told += f" At the same point of {len(one.tried)} earlier periods the method was off by {one.error}% on average."
    return told[0].upper() + told[1:] if rows.words == "all spend" else told


def _lines(one: Outlook, period: Period) -> list[tuple[Cell, ...]]:
    lines: list[tuple[Cell, ...]] = []
    for stream, cut in one.streams:
        lumps = [amount for day, amount in stream.lumps.items() if cut < day < period.end and day >= period.start]
        known = added([Money(amount, one.currency) for amount in (stream.between(period.start, cut + DAY), *lumps)])
        expected = rest(stream, cut, period, known_lumps=any(cut < day < period.end for day in stream.lumps))
        more = cents(sum(expected.values()))
        lines.append((stream.name, one.currency, known.amount, more, (known.amount + more).quantize(CENT), stream.last))
    lines.sort(key=lambda line: -Decimal(str(line[4])))
    sums_ = (one.so_far.amount, one.to_come.amount, one.total.amount)
    return [*lines, ("total", one.currency, *sums_, max(stream.last for stream, _ in one.streams))]


def _common_cut(one: Outlook, period: Period) -> date:
    """The last day through which every provider is complete, of those with daily data; the newest otherwise."""
    return max(min((cut for stream, cut in one.streams if stream.daily), default=one.streams[0][1]), period.start - DAY)


def _chart(one: Outlook, period: Period, rows: View) -> Chart | None:
    """Cost added up by day: what came, and from there what is projected."""
    cut = _common_cut(one, period)
    days = [period.start + DAY * n for n in range(period.days)]
    known = accumulate(sum((s.between(day, day + DAY) for s, _ in one.streams), Decimal(0)) for day in days)
    come = [sum(value for ahead, value in one.days.items() if ahead <= day) for day in days]
    line = [amount + cents(value) for amount, value in zip(known, come, strict=True)]
    width = [cents(one.part * abs(value)) for value in come]
    lines = {
        "low end": [
            max(v - w, one.low.amount if w > cents(abs(c)) else v - w) if day >= cut else None
            for day, v, w, c in zip(days, line, width, come, strict=True)
        ],
        "high end": [v + w if day >= cut else None for day, v, w in zip(days, line, width, strict=True)],
        "so far": [value if day <= cut else None for day, value in zip(days, line, strict=True)],
        "projected": [value if day >= cut else None for day, value in zip(days, line, strict=True)],
    }
    heading = f"{rows.scope.cost.capitalize()} cost added up, {rows.words}, {period.shown()}"
    labels = tuple(f"{day.day} {MONTHS[day.month - 1][:3]}" for day in days)
    return Chart("line", heading, one.currency, labels, tuple(Series(n, tuple(v)) for n, v in lines.items()))


def _warnings(ledger: Ledger, looks: Sequence[Outlook], rows: View, period: Period, today: date) -> tuple[str, ...]:
    said = []
    if period.start < rows.span.first:
        said.append(f"{period.shown()} is partial: billing data starts on {day_shown(rows.span.first)}.")
    if rows.span.through < min(today - DAY, period.last_day):
        said.append(f"Billing data ends on {day_shown(rows.span.through)}: the days since are projected too.")
    if any(cut < period.start for one in looks for s, cut in one.streams if s.daily):
        said.append(f"For some or all of it no day of {period.shown()} is in the data yet.")
    for name, span in sorted(rows.spans.items()):
        if rows.span.through - LATE <= span.through < rows.span.through - DAY:
            said.append(f"{name}'s billing data ends on {day_shown(span.through)}: the days since are projected.")
        elif span.through < rows.span.through - LATE:
            said.append(f"{name}'s billing data stopped on {day_shown(span.through)}: nothing is expected of it.")
    for one in looks:
        history = max(((cut - stream.first).days + 1 for stream, cut in one.streams), default=0)
        if history < TRENDED:
            said.append(f"Only {history} days of data: the projection is their plain average, without a trend.")
        if not one.tested:
            said.append(
                f"Only {len(one.tried)} earlier periods could be tried, too few to test the range: it is a rough guess."
            )
    inside = sums(ledger, rows.within(period))
    return (*dict.fromkeys(said), *unknown_costs(inside, rows.scope.cost))


def _several(looks: Sequence[Outlook]) -> tuple[str, ...]:
    codes = [one.currency for one in looks]
    return (f"{listed(codes)} amounts are not added to each other.",) if len(codes) > 1 else ()
