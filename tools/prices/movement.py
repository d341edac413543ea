"""How prices moved, and what a cost becomes when they move."""

from __future__ import annotations

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
from tools.results import Figure, Result, Table, listed

SHOWN = ("input", "output", "cached_input")


def price_movement(model: ModelRef, on: date, catalogue: Catalogue) -> Result:
    """The list prices before the first change on record and on `on`, and the change in percent, input first.

    Unknown where only one price is on record: what held before is not known.
    """
    entry = catalogue.entry(model)
    days = [day for day in change_days(entry.info) if day <= on]
    now = price_sheet(model, on, catalogue)
    if not days:
        known = listed([f"{_usd(now.rates[c].base)} per million {LABELS[c].lower()} tokens" for c in _of(now)])
        raise Unknown(f"Only one list price of {entry.shown} is on record ({known}), so how it moved is not known.")
    first = price_sheet(model, days[0] - timedelta(1), catalogue)
    both = [component for component in _of(now) if component in first.rates and first.rates[component].base]
    figures: list[Figure] = []
    said: list[str] = []
    for component in both:
        old, new = first.rates[component].base, now.rates[component].base
        change = (new / old - 1) * 100
        figures.append(Figure(f"{LABELS[component]} price change", change, "%", now.as_of))
        said.append(f"{LABELS[component].lower()} {_moved(old, new)}")
    for component in both:
        figures += [
            Figure(f"{LABELS[component]} price now", now.rates[component].base, PER_MILLION, now.as_of),
            Figure(f"{LABELS[component]} price before", first.rates[component].base, PER_MILLION),
        ]
    return Result(
        summary=(
            f"{entry.shown}, USD per million tokens: {'; '.join(said)}. "
            f"First change on record: {day_shown(days[0])}; prices as of {day_shown(now.as_of)}."
        ),
        figures=tuple(figures),
        table=Table(
            f"List prices of {entry.shown}",
            ("Component", "Before (USD per million tokens)", "Now (USD per million tokens)"),
            tuple((LABELS[c], first.rates[c].base, now.rates[c].base) for c in both),
        ),
        assumptions=(f"The first list price on record held until {day_shown(days[0] - timedelta(1))}.",),
    )


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
