"""How prices moved, and what a cost becomes when they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.calculators import wording
from tools.errors import BadInput, Unknown
from tools.money import Money, plain
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import MILLION, PER_MILLION
from tools.prices.history import change_days
from tools.prices.sheet import LABELS, PriceSheet, price_sheet
from tools.results import Cell, Figure, Result, Table, listed

SHOWN = ("input", "output", "cached_input")
MOST_TOLD = 3


def price_movement(model: ModelRef, on: date, catalogue: Catalogue) -> Result:
    """How the list prices moved up to `on`: the change from the first on record to the newest in percent, input first,
    the prices now, first, and before the last change, and every change in the table.

    Unknown where only one price is on record: what held before is not known.
    """
    entry = catalogue.entry(model)
    corrected = {row.valid_from for row in catalogue.corrections.prices if (row.provider, row.model) == _ids(model)}
    days = [day for day in sorted({*change_days(entry.info), *corrected}) if day <= on]
    now = price_sheet(model, on, catalogue)
    if not days:
        known = listed([f"{_usd(now.rates[c].base)} per million {LABELS[c].lower()} tokens" for c in _of(now)])
        raise Unknown(f"Only one list price of {entry.shown} is on record ({known}), so how it moved is not known.")
    sheets = [price_sheet(model, day, catalogue) for day in (days[0] - timedelta(1), *days)]
    steps = _moves(days, sheets)
    if not steps:
        raise Unknown(f"No change of the input, cached or output price of {entry.shown} is on record.")
    first, before = sheets[0], steps[-1][1]
    both = [component for component in _of(now) if component in first.rates and first.rates[component].base]
    figures: list[Figure] = []
    for component in both:
        old, new = first.rates[component].base, now.rates[component].base
        figures.append(Figure(f"{LABELS[component]} price change", (new / old - 1) * 100, "%", now.as_of))
    for component in both:
        figures += [
            Figure(f"{LABELS[component]} price now", now.rates[component].base, PER_MILLION, now.as_of),
            Figure(f"{LABELS[component]} price before", first.rates[component].base, PER_MILLION),
        ]
    figures += [
        Figure(f"{LABELS[c]} price before the last change", before.rates[c].base, PER_MILLION, steps[-1][0])
        for c in _of(now)
        if c in before.rates
    ]
    told = [f"{day_shown(day)}: {_step(old, new)}" for day, old, new in steps[-MOST_TOLD:]]
    earlier = f" ({len(steps) - MOST_TOLD} earlier changes in the table)" if len(steps) > MOST_TOLD else ""
    rows = [_row("before", steps[0][1]), *(_row(day, new) for day, _, new in steps)]
    return Result(
        summary=f"{entry.shown}, USD per million tokens{earlier}: {'; '.join(told)}. As of {day_shown(now.as_of)}.",
        figures=tuple(figures),
        table=Table(
            f"List prices of {entry.shown}",
            ("From", *(f"{LABELS[c]} (USD per million tokens)" for c in SHOWN)),
            tuple(rows),
        ),
        assumptions=(f"The first list price on record held until {day_shown(days[0] - timedelta(1))}.",),
    )


def _ids(model: ModelRef) -> tuple[str, str]:
    return model.provider, model.model


def _moves(days: Sequence[date], sheets: Sequence[PriceSheet]) -> list[tuple[date, PriceSheet, PriceSheet]]:
    """Each day on which one of the prices shown changed, with the prices before it and from it on."""
    pairs = zip(days, sheets, sheets[1:], strict=False)
    return [
        (day, old, new) for day, old, new in pairs if [_base(old, c) for c in SHOWN] != [_base(new, c) for c in SHOWN]
    ]


def _base(sheet: PriceSheet, component: str) -> Decimal | None:
    return sheet.rates[component].base if component in sheet.rates else None


def _step(old: PriceSheet, new: PriceSheet) -> str:
    """`input down 80.0%, to $2.00 from $10.00`, of each price that changed; all that stayed are left out."""
    parts = []
    for component in SHOWN:
        one, other = _base(old, component), _base(new, component)
        if one and other and one != other:
            parts.append(f"{LABELS[component].lower()} {_moved(one, other)}")
        elif other and one is None:
            parts.append(f"{LABELS[component].lower()} first listed at {_usd(other)}")
    return ", ".join(parts)


def _row(since: date | str, sheet: PriceSheet) -> tuple[Cell, ...]:
    return (since, *(_base(sheet, component) for component in SHOWN))


def after_price_change(priced: Result, percent: Decimal) -> Result:
    """A result of `price_usage` with every list price `percent` higher (lower where negative), the new cost first."""
    if percent < -100:
        raise BadInput("A price cannot fall by more than 100%.")
    now = priced.figures[0]
    before = Money(now.value, now.unit)
    after = before * (1 + percent / 100)
    moved = f"{'up' if percent >= 0 else 'down'} {plain(abs(percent))}%"
    return replace(
        priced,
        summary=f"{after.shown()} with prices {moved}, against {before.shown()} at today's. {priced.summary}",
        figures=(
            Figure.of(f"Cost with prices {moved}", after, now.as_of),
            Figure.of("Difference", after - before, now.as_of),
            *priced.figures,
        ),
        assumptions=(*priced.assumptions, f"Every list price moves by {plain(percent)}%"),
    )


def as_share_of(priced: Result, bill: Decimal) -> Result:
    """A result of `price_usage` with its cost in percent of `bill`, in the same currency, first."""
    if bill <= 0:
        raise Unknown("There is no spend above zero to take a share of.")
    now = priced.figures[0]
    share = now.value / bill * 100
    shown = Money(bill, now.unit).shown()
    return replace(
        priced,
        summary=f"That is {wording.percent(share / 100)} of {shown}. {priced.summary}",
        figures=(Figure("Share of the spend", share, "%", now.as_of), Figure("Spend", bill, now.unit), *priced.figures),
    )


def price_per(priced: Result, tokens: Decimal) -> Result:
    """A result of `model_price` with its prices for `tokens` tokens, first, beside those for a million."""
    if tokens <= 0:
        raise BadInput("A price is for a number of tokens above zero.")
    unit = f"USD per {tokens:,f} tokens"
    scaled = [
        replace(figure, value=figure.value * tokens / MILLION, unit=unit)
        for figure in priced.figures
        if figure.unit == PER_MILLION
    ]
    said = listed([f"{figure.label.lower()} {_usd(figure.value)}" for figure in scaled[:2]])
    return replace(
        priced, summary=f"Per {tokens:,f} tokens: {said}. {priced.summary}", figures=(*scaled, *priced.figures)
    )


def _moved(old: Decimal, new: Decimal) -> str:
    if old == new:
        return f"unchanged at {_usd(new)}"
    way = "up" if new > old else "down"
    return f"{way} {wording.percent(abs(new / old - 1))}, to {_usd(new)} from {_usd(old)}"


def _usd(price: Decimal) -> str:
    whole, _, part = plain(price).partition(".")
    return f"${whole}.{part.ljust(2, '0')}"


def _of(sheet: PriceSheet) -> list[str]:
    return [component for component in SHOWN if component in sheet.rates]
