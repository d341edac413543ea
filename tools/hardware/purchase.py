"""What an accelerator costs to buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

from tools.errors import BadInput, Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.offers import STALE_AFTER, Sale, packaged_sales
from tools.money import Money
from tools.period import day_shown
from tools.results import Chart, Figure, Result, Series, Table, listed

PER_ACCELERATOR = "USD per GPU"


def purchase_price(
    accelerator: Accelerator, today: date, count: int = 1, sales: Sequence[Sale] | None = None
) -> Result:
    """The median asking price per accelerator first (or for `count` of them), then the lowest and the highest.

    An asking price covers what was offered, from a bare card to a share of a whole server: the table says which.
    Raises Unknown when none is on record.
    """
    if count < 1:
        raise BadInput("the number of accelerators must be above zero")
    known = packaged_sales() if sales is None else sales
    found = sorted(
        (
            sale
            for sale in known
            if accelerator.covers(sale.model, sale.memory_gb, sale.form) and sale.observed_on <= today
        ),
        key=lambda sale: sale.usd,
    )
    if not found:
        names = sorted({sale.model for sale in known})
        raise Unknown(f"No purchase price of {accelerator.shown} is on record. Known: {listed(names)}.", names)
    prices = [sale.usd for sale in found]
    middle, low, high = Money(median(prices)), Money(prices[0]), Money(prices[-1])
    as_of, oldest = max(sale.observed_on for sale in found), min(sale.observed_on for sale in found)
    each = [
        Figure("Median price", middle.amount, PER_ACCELERATOR, as_of),
        Figure("Lowest price", low.amount, PER_ACCELERATOR, as_of),
        Figure("Highest price", high.amount, PER_ACCELERATOR, as_of),
    ]
    said = f"{middle.shown()} each for {accelerator.shown} to buy, median of {len(found)} asking prices"
    if count > 1:
        bill = middle * count
        each.insert(0, Figure.of(f"{count:,} x {accelerator.shown}", bill, as_of))
        said = f"{bill.shown()} to buy {count:,} x {accelerator.shown}: {said}"
    each.append(Figure("Asking prices", Decimal(len(found)), "prices"))
    warnings = ["Asking prices of resellers for single cards, boards and servers; a volume quote will differ."]
    if today - as_of > STALE_AFTER:
        warnings.append(f"The newest of these prices is from {day_shown(as_of)}: ask for a quote before you decide.")
    return Result(
        summary=f"{said} ({low.shown()} to {high.shown()}), seen {_span(oldest, as_of)}.",
        figures=tuple(each),
        table=Table(
            f"Purchase prices of {accelerator.shown}",
            ("Accelerator", "Sold as", "Price (USD per GPU)", "Seen on", "Source"),
            tuple(
                (Accelerator(s.model, s.memory_gb, s.form).shown, s.sold_as, s.usd, s.observed_on, s.source)
                for s in found
            ),
        ),
        chart=Chart(
            "bar",
            f"Asking prices of {accelerator.shown}",
            PER_ACCELERATOR,
            tuple(f"{sale.sold_as}, {sale.observed_on}" for sale in found),
            (Series("Price", tuple(sale.usd for sale in found)),),
        )
        if len(found) > 1
        else None,
        assumptions=("Accelerators alone: no network, installation, power or tax unless the table says server.",),
        warnings=tuple(warnings),
    )


def bought_for(accelerator: Accelerator, today: date, budget: Money, sales: Sequence[Sale] | None = None) -> Result:
    """How many of the accelerator `budget` buys at the median asking price, rounded down; beside it at the lowest and
    the highest. Raises Unknown when no price is on record."""
    priced = purchase_price(accelerator, today, sales=sales)
    if budget.amount <= 0 or budget.currency != "USD":
        raise BadInput("The budget must be an amount in USD above zero.")
    by_label = {figure.label: figure for figure in priced.figures}
    counts = []
    for label, said in (("Median price", "median"), ("Lowest price", "lowest"), ("Highest price", "highest")):
        price = by_label[label]
        counts.append(Figure(f"Bought at the {said} price", Decimal(budget.amount // price.value), "GPUs", price.as_of))
    middle, most, least = counts
    left = budget - Money(by_label["Median price"].value) * middle.value
    said = f"{budget.shown()} buys {middle.value:,} {accelerator.shown} at the median asking price"
    return replace(
        priced,
        summary=f"{said}, {left.shown()} left ({least.value:,} to {most.value:,} by price). {priced.summary}",
        figures=(middle, most, least, Figure.of("Left at the median price", left), *priced.figures),
    )


def _span(oldest: date, newest: date) -> str:
    return day_shown(newest) if oldest == newest else f"{day_shown(oldest)} to {day_shown(newest)}"
