"""The run rate: what spend comes to a day, a month and a year at the pace of the latest days, or of a named period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, view
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_total
from tools.money import Money
from tools.period import Period
from tools.results import Figure, Result, Table

DAYS = 30
DAYS_A_YEAR = Decimal(365)
MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


def run_rate(ledger: Ledger, scope: Scope, audience: Audience, today: date, per: Grain = "year") -> Result:
    """The scope's cost of the last 30 days with data, or of its period, carried to a day, a week, a month, a quarter
    and a year; the one asked for (`per`) is the headline. Whole months are carried by months, other spans by days
    (365 a year). Per currency."""
    rows = view(ledger, scope, audience)
    end = min(rows.span.through, today - timedelta(1)) + timedelta(1)
    if scope.period is None:
        covered = Period(max(rows.span.first, end - timedelta(DAYS)), end)
    else:
        asked, _ = asked_period(rows, today)
        covered = Period(max(asked.start, rows.span.first), min(asked.end, end))
    if covered.days < 1:
        raise Unknown("There is no day with data to take the pace from.")
    total = spend_total(ledger, replace(scope, period=covered), audience, today)
    sums = [figure for figure in total.figures if figure.label != "of which AI spend"]
    figures, told = list[Figure](), list[str]()
    for figure in sums:
        paces = {grain: _carried(figure.value, covered, grain) for grain in ("day", "week", "month", "quarter", "year")}
        order = [per, *(grain for grain in ("day", "month", "year") if grain != per)]
        figures += [Figure(f"Run rate a {g}, {rows.words}", paces[g], figure.unit, figure.as_of) for g in order]
        said = [f"{Money(paces[g], figure.unit).shown()} a {g}" for g in order]
        told.append(f"{said[0]} ({', '.join(said[1:])})")
    name = rows.words[0].upper() + rows.words[1:] if rows.words == "all spend" else rows.words
    how = (
        "Whole months are carried on by months."
        if covered.whole_months
        else f"The cost of {covered.days} days divided by {covered.days}; a year has 365 days, a month a twelfth."
    )
    return replace(
        total,
        summary=f"{name} runs at {' and '.join(told)}, at the pace of {covered.shown()}. In that time: {total.summary}",
        figures=(*figures, *total.figures),
        table=Table(
            f"Run rate, {rows.words}",
            ("Pace", "Currency", "Amount"),
            tuple((f.label, f.unit, f.value) for f in figures),
        ),
        assumptions=(how, "The pace is carried on as it is: no growth, no season.", *total.assumptions),
    )


def _carried(amount: Decimal, held: Period, to: str) -> Decimal:
    if held.whole_months and to in MONTHS_OF:
        return amount * MONTHS_OF[to] / held.whole_months
    days = {"day": Decimal(1), "week": Decimal(7)}.get(to) or DAYS_A_YEAR * MONTHS_OF[to] / 12
    return amount * days / held.days
