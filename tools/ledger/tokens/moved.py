"""Tokens priced again: where only a part of them moves, where there are more of them, over a year, as a saving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.found.share import shown_share
from tools.ledger.query import trimmed
from tools.money import Money, plain
from tools.period import Period
from tools.results import Chart, Figure, Result, Series

Span = Literal["day", "week", "month", "quarter", "year"]
MONTHS: dict[Span, int] = {"month": 1, "quarter": 3, "year": 12}
DAYS: dict[Span, int] = {"day": 1, "week": 7}
DAYS_A_YEAR = Decimal(365)
ENDS = ("Low end of the range", "High end of the range")


def partly_moved(result: Result, part: Decimal) -> Result:
    """A result of `what_if` where only `part` (0 to 1) of every kind of tokens moves and the rest stays as billed. The
    cost of both together comes first; Unknown where what is paid now is not one sum in the same currency."""
    if not 0 < part <= 1:
        raise BadInput(f"the part that moves must be above 0% and at most 100%, not {plain(part * 100)}%")
    so, now = _so(result), _now(result)
    stays, moves = now * (1 - part), so * part
    ends = {f.label: now * (1 - part) + Money(f.value, f.unit) * part for f in result.figures if f.label in ENDS}
    both = stays + moves
    share = f"{shown_share(part * 100)}%"
    less = now - both
    way = "less" if less.amount >= 0 else "more"
    first = result.figures[0]
    figures = [
        Figure.of(f"Cost with {share} moved, {_where(first)}", _trimmed(both), first.as_of),
        Figure.of("Cost of the part that moves", _trimmed(moves), first.as_of),
        Figure.of("Cost of the part that stays", _trimmed(stays), first.as_of),
        Figure("Part that moves", part * 100, "%"),
        *(_changed(figure, both - now, ends) for figure in result.figures[1:] if figure.label != IN_PERCENT),
    ]
    return replace(
        result,
        summary=(
            f"{both.shown()} with {share} of it moved, {_size(less).shown()} {way} than the {now.shown()} paid: "
            f"{moves.shown()} for the part that moves and {stays.shown()} for the part that stays. "
            f"All of it: {result.summary}"
        ),
        figures=(*figures, Figure.of("Cost with all of it moved", so, first.as_of)),
        chart=_bars(result.chart, now, both, share),
        assumptions=(f"{share} of each kind of tokens moves; the rest costs what it does now.", *result.assumptions),
    )


def with_volume(result: Result, percent: Decimal) -> Result:
    """A result of `what_if` with `percent` more of every kind of tokens (fewer where negative); what is paid now stays
    as it is."""
    if percent <= -100:
        raise BadInput("The traffic cannot fall by all of it or more.")
    so, now = _so(result), _now(result)
    factor = 1 + percent / 100
    grown = so * factor
    way = "more" if percent >= 0 else "less"
    first = result.figures[0]
    ends = {f.label: Money(f.value, f.unit) * factor for f in result.figures if f.label in ENDS}
    moved = f"{plain(abs(percent))}% {way} traffic"
    rest = [_changed(figure, grown - now, ends) for figure in result.figures[1:] if figure.label != IN_PERCENT]
    return replace(
        result,
        summary=f"{grown.shown()} with {moved}, against {now.shown()} paid now. At today's traffic: {result.summary}",
        figures=(
            Figure.of(f"Cost so with {moved}, {_where(first)}", _trimmed(grown), first.as_of),
            Figure("Change of traffic", percent, "%"),
            *rest,
            Figure.of("Cost so at today's traffic", so, first.as_of),
        ),
        chart=None,
        assumptions=(f"Every kind of tokens: {moved}.", *result.assumptions),
    )


def by_rates_paid(result: Result) -> Result:
    """A result of `what_if` on the same models with what it comes to at the rates paid first, where those are told:
    what it saves is what is paid now less that, and not less list prices."""
    own = [figure for figure in result.figures if figure.label.startswith(AT_RATES_PAID)]
    if not own or _now_paid(result) != own[0].unit:
        return result
    return replace(result, figures=(*own, *(figure for figure in result.figures if figure not in own)))


def saving_first(result: Result) -> Result:
    """A result of `what_if` with what it saves first; where it costs more, that is said and the saving is negative."""
    so, now = _so(result), _now(result)
    saved = _trimmed(now - so)
    share = f" ({shown_share(abs(saved.amount / now.amount * 100))}%)" if now.amount > 0 else ""
    told = f"Saves {saved.shown()}" if saved.amount >= 0 else f"Saves nothing, costs {_size(saved).shown()} more"
    percent = [Figure("Saving in percent", saved.amount / now.amount * 100, "%")] if now.amount > 0 else []
    first = result.figures[0]
    figures = (Figure.of(f"Saving, {_where(first)}", saved, first.as_of), *percent, *result.figures)
    return replace(result, summary=f"{told}{share}. {result.summary}", figures=figures)


def each_span(result: Result, span: Span, period: Period, today: date) -> Result:
    """A result of `what_if`, or of `saving_first`, with its first figure for a month, quarter or year at the volume of
    `period`: by calendar months where the period is whole months, else by days. NeedsChoice where it is not over."""
    if period.end > today:
        raise NeedsChoice(
            f"{period.shown().capitalize()} is not over, so it says little of a {span}. Which should I reckon from?",
            ("last month", "the last 3 months"),
        )
    months = None if span in DAYS else period.whole_months
    times = Decimal(DAYS[span]) / period.days if span in DAYS else _months(span, months, period)
    first = result.figures[0]
    amount = _trimmed(Money(first.value, first.unit) * times)
    counted = f"{months} month{'s' * (months != 1)}" if months else f"{period.days} days"
    name = first.label.partition(",")[0]
    told = f"{name} of {amount.shown()} a {span}" if amount.amount >= 0 else f"{_size(amount).shown()} more a {span}"
    return replace(
        result,
        summary=f"{told}, at the volume of {period.shown()}. {result.summary}",
        figures=(Figure.of(f"{name} a {span}, {_where(first)}", amount, first.as_of), *result.figures),
        assumptions=(
            f"A {span} is reckoned from {counted} of {period.shown()}: the same traffic at the same prices.",
            *result.assumptions,
        ),
    )


def _months(span: Span, months: int | None, period: Period) -> Decimal:
    """How many times the period a month, quarter or year is: by whole months, else by days."""
    return Decimal(MONTHS[span]) / months if months else DAYS_A_YEAR * MONTHS[span] / 12 / period.days


def _now_paid(result: Result) -> str:
    """In which currency the tokens are paid now."""
    return next((f.unit for f in result.figures if f.label.endswith("cost of the same tokens now")), "")


AT_RATES_PAID = "Cost so at the rates paid"
IN_PERCENT = "Difference in percent"


def _so(result: Result) -> Money:
    first = result.figures[0]
    if not first.label.startswith("Cost "):
        raise Unknown("The bill does not say how many of the tokens are output, so only a range is known.")
    return Money(first.value, first.unit)


def _now(result: Result) -> Money:
    paid = [f for f in result.figures if f.label.endswith("cost of the same tokens now")]
    if len(paid) != 1 or paid[0].unit != result.figures[0].unit:
        raise Unknown("What is paid now is not one sum in USD, so it can't be set against list prices.")
    return Money(paid[0].value, paid[0].unit)


def _where(figure: Figure) -> str:
    """The scope and the period that a figure's label names after its first comma."""
    return figure.label.partition(",")[2].strip()


def _changed(figure: Figure, difference: Money, ends: dict[str, Money]) -> Figure:
    if figure.label == "Difference":
        return replace(figure, value=_trimmed(difference).amount)
    return replace(figure, value=_trimmed(ends[figure.label]).amount) if figure.label in ends else figure


def _bars(chart: Chart | None, now: Money, both: Money, share: str) -> Chart | None:
    if chart is None:
        return None
    values = (now.amount, _trimmed(both).amount)
    return replace(chart, labels=("now", f"{share} moved"), series=(Series("cost", values),))


def _size(money: Money) -> Money:
    return Money(abs(money.amount), money.currency)


def _trimmed(money: Money) -> Money:
    return Money(trimmed(money.amount), money.currency)
