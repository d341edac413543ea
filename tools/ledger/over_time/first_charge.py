"""Since when and until when something is in the bill: the days of its first and its latest charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import missing
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, sums, view
from tools.ledger.scope import Scope
from tools.ledger.spend import added, through
from tools.money import Money
from tools.period import day_shown
from tools.results import Figure, Result, Table, listed


def first_charge(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, *, latest: bool = False, who: bool = False
) -> Result:
    """The days of the first and the latest charge of a scope, the latest told first where that is asked for, and what
    it has cost in all. With `who`, the teams charged on that day. Unknown where nothing matches."""
    rows = view(ledger, replace(scope, period=None), audience, ("team",) if who else ())
    days: dict[date, list[Money]] = {}
    teams: dict[date, dict[str, None]] = {}
    for group in sums(ledger, rows, ("day", "team") if who else ("day",)):
        if group.amount.amount:
            day = calendar_day(group.keys[0])
            days.setdefault(day, []).append(group.amount)
            if who:
                teams.setdefault(day, {})[str(group.labels[1] or missing("team"))] = None
    if not days:
        raise Unknown(f"No charge matches {rows.words}.")
    first, last = min(days), max(days)
    totals: dict[str, list[Money]] = {}
    for amounts in days.values():
        for amount in amounts:
            totals.setdefault(amount.currency, []).append(amount)
    summed = [added(amounts) for amounts in totals.values()]

    def told(day: date) -> str:
        return day_shown(day) + (f" (by {listed(sorted(teams[day]))})" if who else "")

    ends = f"the latest charge of {rows.words} is of {told(last)}, the first of {told(first)}"
    begins = f"the first charge of {rows.words} is of {told(first)}, and the latest of {told(last)}"
    said = ends if latest else begins
    said = f"{said[0].upper()}{said[1:]}; in all {listed([total.shown() for total in summed])}."
    kinds = (("First charge", first), ("Latest charge", last))
    return Result(
        f"{said} {through(rows)}",
        tuple(Figure.of(f"Cost of {rows.words} since {day_shown(first)}", t, rows.span.through) for t in summed),
        Table(
            f"Charges of {rows.words}",
            ("Item", "Value"),
            (
                *((name, told(day)) for name, day in (reversed(kinds) if latest else kinds)),
                *((f"Cost since ({total.currency})", total.amount) for total in summed),
            ),
        ),
        None,
        rows.assumptions,
        _warnings(rows, first, last, latest),
        rows.span.through,
    )


def _warnings(rows: View, first: date, last: date, latest: bool) -> tuple[str, ...]:
    early = f"Billing data starts on {day_shown(rows.span.first)}: it may have begun before."
    running = f"Billing data ends on {day_shown(rows.span.through)}: it may be in use still."
    return (
        *((early,) if first <= rows.span.first else ()),
        *((running,) if latest and last >= rows.span.through else ()),
    )
