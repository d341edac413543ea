"""What a bill becomes when prices move and usage grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.calculators.inputs import between, not_negative, share, whole
from tools.calculators.wording import cents, money, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table

LONGEST_MONTHS = 120
HIGHEST_CHANGE = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Path:
    """One way the bill can go: its name, the changes that make it, and the bill of each month ahead."""

    name: str
    price_change: Decimal
    bills: tuple[Money, ...]


def bill_after_change(
    amount: Money,
    price_change: Decimal | None = None,
    volume_change: Decimal | None = None,
    *,
    either_way: bool = False,
    monthly_volume_growth: Decimal | None = None,
    monthly_price_change: Decimal | None = None,
    months: int = 1,
    what: str = "The bill",
    as_of: date | None = None,
    affected_share: Decimal = Decimal(1),
) -> Result:
    """The monthly `amount` after a step change of price and volume (shares: 0.10 is +10%), then monthly growth.

    `either_way` shows the price change up and down, for a question that names no direction. `affected_share` is the
    part of the bill whose price moves. With `months` above 1 the bill of each month ahead and their sum are given; the
    first month ahead has one month's growth. Headline: the new bill (of the last month). NeedsChoice when nothing
    changes; BadInput on a change of -100% or less.
    """
    whole("months", months)
    if months > LONGEST_MONTHS:
        raise BadInput(f"A scenario runs at most {LONGEST_MONTHS} months, not {months}.")
    changes = {
        "price change": price_change,
        "volume change": volume_change,
        "monthly volume growth": monthly_volume_growth,
        "monthly price change": monthly_price_change,
    }
    for name, change in changes.items():
        if change is not None:
            between(f"the {name}", change, Decimal(-1), HIGHEST_CHANGE)
    share("the share of the bill whose price moves", affected_share)
    if all(change is None for change in changes.values()):
        raise NeedsChoice("By how much do prices or usage change?", ("prices +10%", "prices -10%", "usage +5% a month"))
    step = price_change or Decimal(0)
    steps = [("up", abs(step)), ("down", -abs(step))] if either_way and step else [("", step)]
    paths = [
        Path(
            f"prices {_signed(at)}" if at else "changed",
            at,
            _bills(amount, at, volume_change, monthly_volume_growth, monthly_price_change, months, affected_share),
        )
        for _, at in steps
    ]
    for path in paths:
        not_negative("the bill's size", abs(path.bills[-1].amount))
    figures, said = _figures(paths, amount, months, as_of)
    said_changes = [f"{name}: {_signed(change)}" for name, change in changes.items() if change is not None]
    if len(paths) > 1:
        said_changes[0] = f"price change: {percent(abs(step))} up and down, since no direction was given"
    since = f" (as of {as_of.isoformat()})" if as_of else " now" if months > 1 else ""
    return Result(
        summary=f"{what} of {money(amount)}{since} becomes {said}.",
        figures=tuple(figures),
        table=_table(paths, amount, months),
        chart=_chart(paths, amount, months, what),
        assumptions=(
            *(sentence[0].upper() + sentence[1:] for sentence in said_changes),
            "The new bill is the old one x (1 + price change) x (1 + volume change); use does not react to the price",
            *((f"Prices move on {percent(affected_share)} of the bill",) if affected_share != 1 else ()),
        ),
    )


def _bills(
    amount: Money,
    price: Decimal,
    volume: Decimal | None,
    growth: Decimal | None,
    price_growth: Decimal | None,
    months: int,
    affected: Decimal,
) -> tuple[Money, ...]:
    bills = []
    for month in range(1, months + 1):
        prices = (1 + price) * (1 + (price_growth or 0)) ** month
        volumes = (1 + (volume or 0)) * (1 + (growth or 0)) ** month
        bills.append(amount * ((affected * prices + 1 - affected) * volumes))
    return tuple(bills)


def _figures(paths: list[Path], amount: Money, months: int, as_of: date | None) -> tuple[list[Figure], str]:
    figures: list[Figure] = []
    parts = []
    for path in paths:
        last = path.bills[-1]
        tail = f", {path.name}" if len(paths) > 1 else ""
        when = f" in month {months}" if months > 1 else ""
        figures.append(Figure.of(f"New bill{when}{tail}", last, as_of))
        part = f"{money(last)}{f' if prices move {_signed(path.price_change)}' if len(paths) > 1 else when}"
        parts.append(part)
    for path in paths:
        tail = f", {path.name}" if len(paths) > 1 else ""
        figures.append(Figure.of(f"Change a month{tail}", path.bills[-1] - amount, as_of))
        if amount.amount:
            moved = (path.bills[-1] - amount).ratio(amount) * 100
            figures.append(Figure(f"Change{tail}", moved, "%", as_of))
        if months > 1:
            figures.append(Figure.of(f"Sum of {months} months{tail}", sum(path.bills[1:], path.bills[0]), as_of))
    figures.append(Figure.of("Bill now", amount, as_of))
    if months > 1:
        figures.append(Figure("Months ahead", Decimal(months), "months"))
    return figures, " or ".join(parts)


def _table(paths: list[Path], amount: Money, months: int) -> Table:
    columns = ("Month", *(f"{path.name.capitalize()} ({amount.currency})" for path in paths))
    rows: list[tuple[Cell, ...]] = [("now", *(cents(amount) for _ in paths))]
    rows += [(f"month {m + 1}", *(cents(path.bills[m]) for path in paths)) for m in range(months)]
    return Table("The bill after the change", columns, tuple(rows))


def _chart(paths: list[Path], amount: Money, months: int, what: str) -> Chart | None:
    if months == 1 and len(paths) == 1:
        return None
    if months == 1:
        labels = ("now", *(path.name for path in paths))
        values = (cents(amount), *(cents(path.bills[-1]) for path in paths))
        return Chart("bar", f"{what} after the change", amount.currency, labels, (Series("Bill", values),))
    series = tuple(Series(path.name, (cents(amount), *(cents(bill) for bill in path.bills))) for path in paths)
    labels = ("now", *(f"month {m}" for m in range(1, months + 1)))
    return Chart("line", f"{what} over {months} months", amount.currency, labels, series)


def _signed(change: Decimal) -> str:
    return f"{'+' if change > 0 else ''}{percent(change, 2)}"
