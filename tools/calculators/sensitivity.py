"""Which input moves the answer most: each input to its low and high end in turn, the others held (a tornado)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.calculators.wording import cell, cents, money, number, significant
from tools.errors import BadInput, ToolError
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

MOST_INPUTS = 15


@dataclass(frozen=True, slots=True)
class Swing:
    """One input's ends and the headline at each; None where the calculator refused that end."""

    name: str
    low: object
    high: object
    at_low: Decimal | None
    at_high: Decimal | None

    @property
    def width(self) -> Decimal:
        if self.at_low is None or self.at_high is None:
            return Decimal(-1)
        return abs(self.at_high - self.at_low)


def sensitivity(
    calculator: Callable[..., Result],
    inputs: Mapping[str, Any],
    ranges: Mapping[str, tuple[Any, Any]],
    *,
    figure: str | None = None,
) -> Result:
    """The headline of `calculator(**inputs)` (or its `figure` of that label) with each input of `ranges` at its low and
    its high end. Headline: the swing of the input that moves it most; inputs sorted by swing.

    BadInput without ranges, or where the calculator has no such figure. An end that the calculator refuses is left
    blank, with the reason among the warnings.
    """
    if not ranges:
        raise BadInput("Name at least one input with its low and high end.")
    if len(ranges) > MOST_INPUTS:
        raise BadInput(f"At most {MOST_INPUTS} inputs can be varied, not {len(ranges)}.")
    base = _picked(calculator(**inputs), figure)
    swings: list[Swing] = []
    warnings: list[str] = []
    for name, ends in ranges.items():
        values: list[Decimal | None] = []
        for end in ends:
            try:
                values.append(_picked(calculator(**{**inputs, name: end}), figure).value)
            except ToolError as refused:
                values.append(None)
                warnings.append(f"{_words(name)} at {_shown(end)}: {refused}")
        swings.append(Swing(name, ends[0], ends[1], values[0], values[1]))
    swings.sort(key=lambda swing: swing.width, reverse=True)
    most = swings[0]
    if most.at_low is None or most.at_high is None:
        raise BadInput(f"No range could be worked out: {warnings[0]}")
    unit = base.unit
    return Result(
        summary=(
            f"{_words(most.name)} moves the {base.label.lower()} most: from {_amount(most.at_low, unit)} at "
            f"{_shown(most.low)} to {_amount(most.at_high, unit)} at {_shown(most.high)}, around "
            f"{_amount(base.value, unit)}."
        ),
        figures=(
            Figure(f"Swing by {_within(most.name)}", most.width, unit, base.as_of),
            Figure(base.label, base.value, unit, base.as_of),
            *_ends(swings, unit),
        ),
        table=Table(
            f"{base.label} by input",
            (
                "Input",
                "Low end",
                "High end",
                f"At the low end ({unit})",
                f"At the high end ({unit})",
                f"Swing ({unit})",
            ),
            tuple(
                (
                    _words(swing.name),
                    _shown(swing.low),
                    _shown(swing.high),
                    None if swing.at_low is None else _cell(swing.at_low, unit),
                    None if swing.at_high is None else _cell(swing.at_high, unit),
                    None if swing.width < 0 else _cell(swing.width, unit),
                )
                for swing in swings
            ),
        ),
        chart=Chart(
            "bar",
            f"What moves the {base.label.lower()}: change from {_amount(base.value, unit)}",
            unit,
            tuple(f"{_words(swing.name)}, {_shown(swing.low)} to {_shown(swing.high)}" for swing in swings),
            (
                Series("Low end", tuple(_change(swing.at_low, base.value) for swing in swings)),
                Series("High end", tuple(_change(swing.at_high, base.value) for swing in swings)),
            ),
        ),
        assumptions=("One input is moved at a time, the others stay; what they do together is not shown",),
        warnings=tuple(warnings),
    )


def _picked(result: Result, label: str | None) -> Figure:
    for figure in result.figures:
        if label is None or figure.label == label:
            return figure
    raise BadInput(f"The result has no figure {label!r}; it has {', '.join(f.label for f in result.figures)}.")


def _ends(swings: Sequence[Swing], unit: str) -> tuple[Figure, ...]:
    return tuple(
        Figure(f"{_words(swing.name)} at {_shown(end)}", value, unit)
        for swing in swings
        for end, value in ((swing.low, swing.at_low), (swing.high, swing.at_high))
        if value is not None
    )


def _cell(value: Decimal, unit: str) -> Decimal:
    return cents(Money(value, unit)) if _is_money(unit) else cell(value)


def _is_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def _change(value: Decimal | None, base: Decimal) -> Decimal | None:
    return None if value is None else cell(value - base)


def _amount(value: Decimal, unit: str) -> str:
    if _is_money(unit):
        return money(Money(value, unit))
    return f"{number(value)} {unit}".strip()


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return number(value) if significant(value) == value else f"{value.normalize():,f}"
    held = getattr(value, "money", value)
    return held.shown() if isinstance(held, Money) else str(getattr(value, "name", value))


def _within(name: str) -> str:
    """Within a sentence: `price per hour`, `MFU`."""
    words = _words(name)
    return words if words.isupper() else words.lower()


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text.upper() if text in {"mfu", "pue"} else text[:1].upper() + text[1:]
