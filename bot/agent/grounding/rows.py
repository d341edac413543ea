"""Whose number it is: each number of a table belongs to the names and dates of its row, and so do figures that name
one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.agent.grounding.calendar import Calendar
from bot.agent.grounding.known import Known, Shown, direction_of_label, is_shown, measure_named
from bot.agent.grounding.row_names import folded, headings, is_against, pattern
from bot.agent.slots.calendar_parts import Part
from bot.agent.slots.lexing import flatten, touches
from tools.period import Period
from tools.results import Cell, Chart, Result, Table

Key = str | Period
Column = tuple[int, int]
"""The number of a table and of a column in it."""

LONGEST_NAME = 60
_ANYBODY = frozenset({"other", "others", "total", "all", "none", "rest", "the rest", "sum", "average", "untagged"})
_NO_NAMES = re.compile(r"\s*(?:units?|currency|notes?|why|source|url|link|of what)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owned:
    """A number of row `row`, with what names the row: per column of its table the name or period there."""

    known: Known
    place: tuple[int, int, str]
    keys: tuple[tuple[Column, Key], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at `start` to `end` that name rows by any of `keys`. `against`: the row is one that is compared with."""

    start: int
    end: int
    keys: frozenset[Key]
    against: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The numbers with owners, by size; the keys of each column; the names that may stand in a text; and the numbers
    that belong to no row."""

    owned: tuple[Owned, ...] = ()
    sizes: tuple[Decimal, ...] = ()
    columns: dict[Column, frozenset[Key]] | None = None
    names: re.Pattern[str] | None = None
    free: tuple[Known, ...] = ()
    free_sizes: tuple[Decimal, ...] = ()
    headings: re.Pattern[str] | None = None

    @classmethod
    def of(
        cls,
        results: Sequence[Result],
        told: Iterable[tuple[Known, Shown]],
        asked: Iterable[Known],
        calendar: Calendar,
    ) -> Rows:
        """`told` are the numbers of texts, also as they are shown there: free unless they tell a number of a row.
        `asked` are those of the question."""
        owned = [one for number, result in enumerate(results) for one in _owned(3 * number, result, calendar)]
        columns: dict[Column, set[Key]] = {}
        for one in owned:
            for column, key in one.keys:
                columns.setdefault(column, set()).add(key)
        told_apart = {column: frozenset(keys) for column, keys in columns.items() if len(keys) > 1}
        if not told_apart:
            return cls()
        words = {key for keys in told_apart.values() for key in keys if isinstance(key, str)}
        owned.sort(key=lambda one: abs(one.known.value))
        rows = cls(tuple(owned), tuple(abs(one.known.value) for one in owned), told_apart, pattern(words))
        free = [known for result in results for known in rows._free_figures(result, calendar)]
        free += [known for known, shown in told if not rows.owners(shown)]
        free = sorted([*free, *asked], key=lambda known: abs(known.value))
        more = [one for number, result in enumerate(results) for one in rows._named(3 * number, result, calendar)]
        everything = sorted([*owned, *more], key=lambda one: abs(one.known.value))
        sizes = tuple(abs(one.known.value) for one in everything)
        return cls(
            tuple(everything),
            sizes,
            told_apart,
            rows.names,
            tuple(free),
            tuple(abs(known.value) for known in free),
            pattern(headings(results)),
        )

    def owners(self, shown: Shown) -> list[Owned]:
        """Every number of a row that is the one shown."""
        low, high = _near(self.sizes, shown)
        return [one for one in self.owned[low:high] if is_shown(one.known, shown)]

    def is_free(self, shown: Shown) -> bool:
        """Whether a number that belongs to no row is the one shown; in another count of a rate, too."""
        if shown.measure.rates:
            return any(is_shown(known, shown) for known in self.free)
        low, high = _near(self.free_sizes, shown)
        return any(is_shown(known, shown) for known in self.free[low:high])

    def in_heading(self, flat: str, at: int, span: tuple[int, int]) -> bool:
        """Whether the number at `at` is part of what a column is called: 141 of "H200 SXM 141 GB"."""
        return self.headings is not None and any(
            found.start() <= at < found.end() for found in self.headings.finditer(flat, *span)
        )

    def mentions(self, flat: str, start: int, end: int, dates: Iterable[Part]) -> list[Mention]:
        """The names and periods of rows between `start` and `end`, in order."""
        inside = [part for part in dates if start <= part.start < end]
        names = list(self.names.finditer(flat, start, end)) if self.names else []
        # The longer one is meant: the month in "May 2026", where a team is called may; the name in "q3-launch".
        names = [n for n in names if not any(p.start <= n.start() and n.end() < p.end for p in inside)]
        taken = [name.span() for name in names]
        found = [
            Mention(*name.span(), frozenset({folded(name[0])}), is_against(flat, name.start(), start)) for name in names
        ]
        found += [
            Mention(part.start, part.end, frozenset({part.period, *part.others}), is_against(flat, part.start, start))
            for part in inside
            if not touches(part.start, part.end, taken)
        ]
        return sorted(found, key=lambda mention: mention.start)

    def _figures(self, result: Result, calendar: Calendar) -> Iterator[tuple[Known, frozenset[Key] | None]]:
        """Each figure with what its label names: no key where it is free, None where it repeats a row's number."""
        for figure in result.figures:
            known = Known(
                figure.value, measure_named(figure.unit, figure.label), direction_of_label(figure.label, figure.value)
            )
            flat = flatten(figure.label)
            named = self.mentions(flat, 0, len(flat), calendar.standing_alone(flat))
            keys = frozenset(key for mention in named for key in mention.keys)
            if any(mention.against for mention in named) or known.direction:
                yield known, frozenset()
            elif not keys and self._repeats(known, figure.label):
                yield known, None
            else:
                yield known, keys

    def _repeats(self, known: Known, label: str) -> bool:
        """Whether a figure is a number of a row, told with a word of its column."""
        low, high = bisect_left(self.sizes, abs(known.value)), bisect_right(self.sizes, abs(known.value))
        words = set(folded(label).split())
        return any(words & set(folded(one.place[2]).split()) for one in self.owned[low:high])

    def _free_figures(self, result: Result, calendar: Calendar) -> Iterator[Known]:
        for known, keys in self._figures(result, calendar):
            if keys is not None and not self._columns_of(keys):
                yield known

    def _named(self, number: int, result: Result, calendar: Calendar) -> Iterator[Owned]:
        for at, (known, keys) in enumerate(self._figures(result, calendar)):
            if keys and (found := self._columns_of(keys)):
                yield Owned(known, (number, -1, str(at)), found)

    def _columns_of(self, keys: frozenset[Key]) -> tuple[tuple[Column, Key], ...]:
        columns = self.columns or {}
        return tuple((column, key) for column, known in columns.items() for key in keys & known)


def _near(sizes: Sequence[Decimal], shown: Shown) -> tuple[int, int]:
    size, half = abs(shown.value), shown.quantum / 2
    return bisect_left(sizes, size - half), bisect_right(sizes, size + half)


def _owned(number: int, result: Result, calendar: Calendar) -> Iterator[Owned]:
    if result.table:
        yield from _in_table(number, result.table, calendar)
    yield from _in_figures(number + 2, result, calendar)
    if result.chart and not result.table:
        yield from _in_chart(number + 1, result.chart, calendar)


def _in_figures(number: int, result: Result, calendar: Calendar) -> Iterator[Owned]:
    """Figures that are told apart by a date in their label, or by a label that is a name with digits."""
    for at, figure in enumerate(result.figures):
        flat = flatten(figure.label)
        dates = calendar.standing_alone(flat)
        way = direction_of_label(figure.label, figure.value)
        key: Key | None = dates[0].period if len(dates) == 1 and not is_against(flat, dates[0].start, 0) else None
        if not dates and any(char.isdigit() for char in flat):
            key = _key(flat, calendar)
        if key is not None and not way:
            known = Known(figure.value, measure_named(figure.unit, figure.label))
            yield Owned(known, (number, at, ""), (((number, int(isinstance(key, str))), key),))


def _in_table(number: int, table: Table, calendar: Calendar) -> Iterator[Owned]:
    measures = [measure_named(column, table.title) for column in table.columns]
    naming = [i for i, column in enumerate(table.columns) if not _NO_NAMES.fullmatch(column)]
    for at, row in enumerate(table.rows):
        keys = tuple(((number, i), key) for i in naming if (key := _key(row[i], calendar)) is not None)
        if not keys or any(key in _ANYBODY for _, key in keys):
            continue
        for column, measure, cell in zip(table.columns, measures, row, strict=True):
            if isinstance(cell, Decimal | int) and not isinstance(cell, bool) and Decimal(cell).is_finite():
                value = Decimal(cell)
                yield Owned(Known(value, measure, direction_of_label(column, value)), (number, at, column), keys)


def _in_chart(number: int, chart: Chart, calendar: Calendar) -> Iterator[Owned]:
    measure = measure_named(chart.unit, chart.title)
    for series in chart.series:
        for at, (label, value) in enumerate(zip(chart.labels, series.values, strict=False)):
            keys = (((number, 0), _key(label, calendar)), ((number, 1), _key(series.name, calendar)))
            if value is not None and keys[0][1] is not None:
                kept = tuple((column, key) for column, key in keys if key is not None)
                yield Owned(Known(value, measure), (number, at, series.name), kept)


def _key(cell: Cell, calendar: Calendar) -> Key | None:
    """What names a row: a period where the cell is one, else its text."""
    if isinstance(cell, date):
        return Period(cell, cell + timedelta(1))
    if not isinstance(cell, str) or not 1 < len(cell.strip()) <= LONGEST_NAME or not re.search(r"[^\W\d_]|-", cell):
        return None
    flat = flatten(cell.strip())
    parts = calendar.in_cell(flat)
    if len(parts) == 1 and parts[0].end - parts[0].start >= len(flat) - 1:
        return parts[0].period
    return folded(flat)
