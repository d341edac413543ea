"""Sentences that tell numbers of a table beside what names their rows: right ones, and the same misplaced."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from tools.results import Cell

ONE = ("{0} spent {a}.", "{a} went to {0}.", "- **{0}**: {a}", "For {0} that is {a}.", "{0} ({a}) stands out.")
TWO = (
    "{0} spent {a}, {1} {b}.",
    "{a} went to {0} and {b} to {1}.",
    "{0} and {1} spent {a} and {b}.",
    "At {a}, {0} leads {1} ({b}).",
    "{0} spent {a}, more than {1} with {b}.",
    "It was {a} for {0} and {b} for {1}.",
    "- {0}: {a}; {1}: {b}",
)
THREE = (
    "{0} spent {a}, {1} {b} and {2} {c}.",
    "The largest: {0} {a}, {1} {b}, {2} {c}.",
    "{0}, {1} and {2} came to {a}, {b} and {c}.",
    "{a} is for {0}, {b} for {1}, {c} for {2}.",
)
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


@dataclass(frozen=True, slots=True)
class RowsTold:
    """`names` and `shown` fill `frame` in order; `other` are the values of all rows as they would be shown."""

    frame: str
    names: tuple[str, ...]
    shown: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.frame.format(*self.names, **dict(zip("abc", self.shown, strict=False)))

    def misplaced(self, rng: random.Random, free: Sequence[Decimal]) -> RowsTold | None:
        """With two values swapped, or one in place of another; None where the numbers would still be right, or one of
        `free`, which are of no row, is told by them."""
        shown = list(self.shown)
        at = rng.randrange(len(shown))
        if len(shown) > 1 and rng.random() < 0.7:
            other = rng.choice([i for i in range(len(shown)) if i != at])
            shown[at], shown[other] = shown[other], shown[at]
        else:
            shown[at] = rng.choice(self.others)
        told = Decimal(shown[at].strip("$%").replace(",", ""))
        step = Decimal(1).scaleb(-len(shown[at].strip("$%").partition(".")[2]))
        if shown[at] == self.shown[at] or any(abs(abs(value) - told) <= step for value in free):
            return None
        return replace(self, shown=tuple(shown))


def rows_told(rng: random.Random, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> RowsTold:
    """A sentence on one to three of `rows`, which are a name, a cost in USD and a share in percent."""
    frame = rng.choice(rng.choice((ONE, TWO, THREE)))
    count = frame.count("{") // 2
    column, form = rng.choice(((1, _money), (2, _share)))
    places = rng.choice((0, 2)) if column == 1 else rng.choice((1, 2))
    chosen = rng.sample(rows, count)
    style = rng.randrange(3)
    names = tuple(_name(style, str(row[0])) for row in chosen)
    values = tuple(form(Decimal(str(row[column])), places) for row in chosen)
    return RowsTold(frame, names, values, tuple(form(Decimal(str(row[column])), places) for row in rows))


def _name(style: int, name: str) -> str:
    """As in the table, or as a person writes it; a month that is a word of its own keeps its year."""
    if name[:2] == "20":
        month = MONTH_NAMES[int(name[5:]) - 1]
        return (name, f"{month} {name[:4]}", f"{month} {name[:4]}" if month == "May" else month)[style]
    return name.capitalize() if style == 1 else name


def _money(value: Decimal, places: int) -> str:
    return f"${_rounded(value, places):,}"


def _share(value: Decimal, places: int) -> str:
    return f"{_rounded(value, places):,}%"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
