"""What a bill would have been, had the price or the use of a part of it been another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.found.share import shown_share
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, sums, unknown_costs, view
from tools.ledger.scope import Scope
from tools.ledger.spend import through
from tools.money import Money, plain
from tools.period import Period
from tools.results import Cell, Figure, Result, Table

First = Literal["bill", "part", "difference"]
HIGHEST = Decimal(1000)
PLACES = 3


@dataclass(frozen=True, slots=True)
class _Both:
    """One currency: the part and the whole, as billed and as they would have been."""

    part: Money
    whole: Money
    factor: Decimal

    @property
    def more(self) -> Money:
        return self.part * (self.factor - 1)

    @property
    def part_so(self) -> Money:
        return self.part * self.factor

    @property
    def whole_so(self) -> Money:
        return self.whole + self.more


def partly_changed(
    ledger: Ledger,
    scope: Scope,
    part: Sequence[tuple[str, tuple[str, ...]]],
    audience: Audience,
    today: date,
    *,
    price_change: Decimal | None = None,
    volume_change: Decimal | None = None,
    first: First = "bill",
) -> Result:
    """The scope's cost in its period with the price or the use of the rows that also meet `part` changed by so many
    percent (-100 to 1000), of all of it where no part is named: part x (1 + price / 100) x (1 + volume / 100), the rest
    as billed. Per currency; `first` is which figure leads. NeedsChoice where nothing changes, Unknown where nothing of
    the part was billed."""
    changes = [("prices", price_change), ("use", volume_change)]
    told = [(name, change) for name, change in changes if change is not None]
    if not told:
        raise NeedsChoice("By how much do prices or usage change?", ("prices +10%", "prices -10%", "usage +20%"))
    factor = Decimal(1)
    for name, change in told:
        if not -100 <= change <= HIGHEST:
            raise BadInput(f"{name} change by -100% to {HIGHEST}%, not by {plain(change)}%.")
        factor *= 1 + change / 100
    rows, period, warnings, whole = _totals(ledger, scope, audience, today)
    mine, _, _, some = _totals(ledger, replace(scope, where=(*scope.where, *part)), audience, today)
    if not some:
        raise Unknown(f"Nothing was charged for {mine.words} in {period.shown()}, so nothing would have changed.")
    found = [_Both(amount, whole[code], factor) for code, amount in some.items() if code in whole]
    changed = " and ".join(f"{name} {_percent(change)}% {'up' if change >= 0 else 'down'}" for name, change in told)
    figures = [figure for both in found for figure in _figures(both, rows, mine, period, first)]
    figures += [Figure(f"Change of {name}", change, "%") for name, change in told]
    lines: list[tuple[Cell, ...]] = []
    for both in found:
        lines += [
            (mine.words, both.part.currency, both.part.amount, both.part_so.amount, both.more.amount),
            (rows.words, both.whole.currency, both.whole.amount, both.whole_so.amount, both.more.amount),
        ]
    said = " ".join(_sentence(both, rows, mine, changed, first) for both in found)
    return Result(
        f"{said} {scope.cost.capitalize()} cost, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(f"With {changed}, {period.shown()}", ("", "Currency", "Billed", "So", "Difference"), tuple(lines)),
        None,
        (
            f"Only {mine.words} changes: {changed}. The rest stays as it was billed; use does not react to the price.",
            *rows.counted,
            *rows.assumptions,
        ),
        warnings,
        rows.span.through,
    )


def _totals(
    ledger: Ledger, scope: Scope, audience: Audience, today: date
) -> tuple[View, Period, tuple[str, ...], dict[str, Money]]:
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    groups = sums(ledger, rows.within(period))
    unknown = unknown_costs(groups, scope.cost)
    return rows, period, (*warnings, *unknown), {g.amount.currency: g.amount for g in groups}


def _figures(both: _Both, rows: View, mine: View, period: Period, first: First) -> list[Figure]:
    as_of = rows.span.through
    of_part, of_all = f"{mine.words}, {period.shown()}", f"{rows.words}, {period.shown()}"
    named = {
        "bill": Figure.of(f"Cost so, {of_all}", both.whole_so, as_of),
        "part": Figure.of(f"Cost so, {of_part}", both.part_so, as_of),
        "difference": Figure.of("Difference", _size(both.more) if first == "difference" else both.more, as_of),
    }
    ordered = sorted(named, key=lambda name: name != first)
    return [
        *(named[name] for name in ordered),
        Figure.of(f"Billed, {of_part}", both.part, as_of),
        Figure.of(f"Billed, {of_all}", both.whole, as_of),
    ]


def _sentence(both: _Both, rows: View, mine: View, changed: str, first: First) -> str:
    way = "more" if both.more.amount >= 0 else "less"
    less = f"{_size(both.more).shown()} {way}"
    part = f"{both.part_so.shown()} instead of {both.part.shown()}"
    if both.part == both.whole and first == "difference":
        return f"{less}: with {changed}, {rows.words} costs {part}."
    if both.part == both.whole:
        return f"{_capital(rows.words)}: {part} with {changed}, {less}."
    whole = f"{both.whole_so.shown()} instead of {both.whole.shown()}"
    if first == "difference":
        return f"{less}: with {changed}, {mine.words} costs {part}, and {rows.words} {whole}."
    if first == "part":
        return f"{mine.words}: {part} with {changed}, {less}. {_capital(rows.words)} comes to {whole}."
    return f"{_capital(rows.words)}: {whole}, {less}, as {mine.words} costs {part} with {changed}."


def _percent(change: Decimal) -> str:
    """Without its sign; a third as 33.3."""
    return shown_share(abs(change)) if -change.as_tuple().exponent > PLACES else plain(abs(change))  # type: ignore[operator]


def _capital(words: str) -> str:
    return "All spend" if words == "all spend" else words


def _size(money: Money) -> Money:
    return Money(abs(money.amount), money.currency)
