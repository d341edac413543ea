"""Figures worked out from the rows of reports, each with its formula and the rows that it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from knowledge.documents import Quarter
from knowledge.reports.figures_told import POWERS
from knowledge.reports.formulas import CHANGES, FALLS, IN_PERCENT, RISES, YES_OR_NO, Formula, formulas_in
from knowledge.reports.measures import Measure
from knowledge.reports.row_told import Row

COMPARES = re.compile(
    r"(?i)\b(?:differen\w+|higher|lower|more|less|larger|greater|bigger|smaller|exceed\w*|above|below|ahead)\b"
)
PLACES = re.compile(r"(?i)\b(one|two|three|four|[1-4]) decimals?(?: places?)?\b")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
MOST_INPUTS = 4

# The row of a measure in one report, so many years before the period asked for; None where it is in doubt.
Find = Callable[[str, int], Row | None]


def worked_out(question: str, asked: Sequence[Measure], find: Find, back: int = 1) -> list[Row]:
    """What the question wants worked out, then the rows it rests on, each once; empty where one of them is missing or
    in another unit. `back` are the years between the two periods of a change, 0 where none is asked for."""
    formulas = formulas_in(question, asked)
    changes = back > 0 and bool(CHANGES.search(question))
    if not formulas and changes and len(asked) == 1 and asked[0].labels:
        formulas = [Formula(asked[0].name.capitalize(), ((1, asked[0].name),), (), "")]
    for formula in formulas:
        now = _value(formula, find, 0)
        before = _value(formula, find, back) if changes else None
        if now and before:
            return _change(formula, now, before, question)
        if now and not changes:
            value, rows = now
            return [_row(formula.name, value, formula, rows, question), *_once(rows)]
    return []


def compared(rows: Sequence[Row], question: str) -> list[Row]:
    """By how much one company's figure is above the other's, then both; only these where it is not asked."""
    if not COMPARES.search(question) or len(rows) != 2 or rows[0].passage.company == rows[1].passage.company:
        return list(rows)
    if any(row.value is None for row in rows) or len({row.unit.startswith("USD") or row.unit for row in rows}) > 1:
        return list(rows)
    unit = rows[0].unit
    high, low = sorted(rows, key=lambda row: _in_unit(row, unit), reverse=True)
    apart = _in_unit(high, unit) - _in_unit(low, unit)
    shown = _amount(apart, "percentage points" if unit == "%" else unit)
    text = f"{_when(high)} is {shown} above {_when(low)}."
    first = replace(high, text=text, label=f"Difference: {high.label} and {low.label}", value=apart)
    return [first, *rows]


def _value(formula: Formula, find: Find, back: int) -> tuple[Decimal, list[Row]] | None:
    """Ratios as they are (0.25), money in the unit of the first row."""
    rows: list[Row] = []
    sums: list[Decimal] = []
    for terms in (formula.above, formula.below):
        total = Decimal(0)
        for sign, name in terms:
            years = (back, back + 1) if name in formula.averaged else (back,)
            found = [find(name, year) for year in years]
            kept = [row for row in found if row is not None and row.value is not None]
            if len(kept) < len(years):
                return None
            rows += kept
            total += sign * sum((_in_unit(row, rows[0].unit) for row in kept), Decimal(0)) / len(years)
        sums.append(total)
    if not _are_alike(rows) or (formula.below and sums[1] <= 0):
        return None
    return (sums[0] / sums[1] if formula.below else sums[0]), rows


def _change(
    formula: Formula, now: tuple[Decimal, list[Row]], before: tuple[Decimal, list[Row]], question: str
) -> list[Row]:
    (value, rows), (old, old_rows) = now, before
    if not _are_alike([rows[0], old_rows[0]]) or _when(rows[0]) == _when(old_rows[0]):
        return []
    old_value = old if formula.below else _converted(old, old_rows[0].unit, rows[0].unit)
    moved = value - old_value
    verb = "rose" if moved > 0 else "fell" if moved < 0 else "did not change"
    levels = (
        f"from {_shown(old_value, formula, rows[0], question)} ({_when(old_rows[0])}) to "
        f"{_shown(value, formula, rows[0], question)} ({_when(rows[0])})"
    )
    in_points = formula.unit == "%" or (not formula.below and rows[0].unit == "%")
    told: list[tuple[str, Decimal, str]] = []
    if in_points:
        points = 100 * moved if formula.below else moved
        told = [("Change", _rounded(points, question), "percentage points")]
    else:
        absolute = _rounded(moved, question) if formula.below else moved
        told = [("Change", absolute, formula.unit if formula.below else rows[0].unit)]
        if old_value > 0 and value > 0:
            told.append(("Growth", _rounded(100 * moved / old_value, question), "%"))
            if IN_PERCENT.search(question) or YES_OR_NO.search(question):
                told.reverse()
    said = " or ".join(_amount(abs(amount), unit) for _, amount, unit in told)
    plain = not formula.below and len(formula.above) == 1
    name = _named(rows[0]) if plain else formula.name
    text = f"{_yes_or_no(moved, question)}{name} {verb}{f' by {said}' if moved else ''}, {levels}"
    text += "." if plain else f"; it is {formula.said()}."
    label, amount, unit = told[0]
    if moved < 0 and FALLS.search(question) and not RISES.search(question):
        label, amount = "Decrease", -amount
    first = replace(
        rows[0], text=text[:1].upper() + text[1:], label=f"{label}: {rows[0].label}", value=amount, unit=unit
    )
    return [first, *_once([*rows, *old_rows])]


def _row(name: str, value: Decimal, formula: Formula, rows: Sequence[Row], question: str) -> Row:
    shown = _shown(value, formula, rows[0], question)
    text = f"{name}: {shown} ({_when(rows[0])}), worked out as {formula.said()} from the figures that follow."
    number = _rounded(100 * value if formula.unit == "%" else value, question) if formula.below else value
    unit = formula.unit if formula.below else rows[0].unit
    return replace(rows[0], text=text, label=f"{name}, {_when(rows[0])}", value=number, unit=unit)


def _shown(value: Decimal, formula: Formula, row: Row, question: str) -> str:
    if formula.below:
        return _amount(_rounded(100 * value if formula.unit == "%" else value, question), formula.unit)
    return _amount(value, row.unit)


def _amount(value: Decimal, unit: str) -> str:
    money = unit.startswith("USD")
    scale = unit.removeprefix("USD").strip()
    sign = "-" if value < 0 else ""
    number = f"{sign}{'$' if money else ''}{abs(value):,f}"
    return f"{number}{unit}" if unit == "%" else f"{number} {scale}".strip()


def _yes_or_no(moved: Decimal, question: str) -> str:
    """Empty where the question asks of no direction, or of both."""
    rises, falls = bool(RISES.search(question)), bool(FALLS.search(question))
    if not YES_OR_NO.search(question) or rises == falls:
        return ""
    return "Yes: " if (moved > 0 and rises) or (moved < 0 and falls) else "No: "


def _when(row: Row) -> str:
    """The company and period that a row's label ends with."""
    company = row.passage.company
    return f"{company} {row.label.rpartition(f', {company} ')[2]}"


def _named(row: Row) -> str:
    return row.label.rpartition(f", {row.passage.company} ")[0]


def _rounded(value: Decimal, question: str) -> Decimal:
    asked = PLACES.search(question)
    places = NUMBERS.get(asked.group(1).lower()) or int(asked.group(1)) if asked else 2
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _in_unit(row: Row, unit: str) -> Decimal:
    assert row.value is not None
    return _converted(row.value, row.unit, unit)


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    power = POWERS.get(unit.removeprefix("USD").strip(), 0) - POWERS.get(wanted.removeprefix("USD").strip(), 0)
    return value.scaleb(power)


def _are_alike(rows: Sequence[Row]) -> bool:
    """All money, or all of one other unit; and all of one company."""
    units = {"USD" if row.unit.startswith("USD") else row.unit for row in rows}
    return len(units) == 1 and len({row.passage.company for row in rows}) == 1


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({row.quote: row for row in reversed(rows)}.values())[::-1][:MOST_INPUTS]


def years_between(periods: Sequence[Quarter]) -> int:
    """Between the newest and the oldest period named; 1 where only one is, or none."""
    years = [one.year for one in periods]
    return max(years) - min(years) if len(set(years)) > 1 else 1
