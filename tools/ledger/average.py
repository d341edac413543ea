"""Mean spend a day, week or month over a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import NeedsChoice
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, view
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_total
from tools.money import Money
from tools.period import Period
from tools.results import Figure, Result


def spend_average(ledger: Ledger, scope: Scope, audience: Audience, today: date, grain: Grain) -> Result:
    """The scope's cost over its period divided by the days, weeks (7 days) or calendar months of it that the data
    covers. Headline: the mean, per currency; then the total. A month's mean needs whole months: NeedsChoice else."""
    rows = view(ledger, scope, audience)
    asked, _ = asked_period(rows, today)
    covered = Period(max(asked.start, rows.span.first), min(asked.end, rows.span.through + timedelta(1)))
    if grain == "month" and not covered.whole_months:
        whole = asked.whole_months
        raise NeedsChoice(
            f"{asked.shown()} {'has no data for all its days' if whole else 'is not whole months'}; "
            "a mean per day or per week, or of complete months?",
            ("per day", "per week", "last complete month"),
        )
    seen = [covered.start + timedelta(step) for step in range(covered.days)]
    days = Decimal(sum(day in rows.covered for day in seen))
    months = Decimal(len({(day.year, day.month) for day in seen if day in rows.covered}))
    count = {"day": days, "week": days / 7, "month": months}[grain]
    total = spend_total(ledger, replace(scope, period=covered), audience, today)
    sums = [figure for figure in total.figures if figure.label != "of which AI spend"]
    means = [replace(f, label=f"Mean per {grain}, {f.label}", value=f.value / count) for f in sums]
    shown = " and ".join(Money(mean.value, mean.unit).shown() for mean in means)
    return replace(
        total,
        summary=f"{shown} per {grain} on average. In all: {total.summary}",
        figures=(*means, *total.figures, Figure(f"{grain.capitalize()}s", count, f"{grain}s")),
        assumptions=(
            f"The mean is the total over {covered.shown()} divided by its {grain}s with data",
            *total.assumptions,
        ),
    )
