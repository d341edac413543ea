"""Everything that a reply may rest on: tool results, cited passages, the question, and their dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.agent.grounding.calendar import Calendar
from bot.agent.grounding.known import (
    Known,
    Measure,
    Shown,
    direction_beside,
    direction_of_label,
    is_shown,
    measure_named,
)
from bot.agent.grounding.rows import Rows
from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.lexing import flatten
from tools.period import Period, day_shown
from tools.results import Cell, Chart, Result, Table

_WORD = re.compile(r"[^\s|,;()\[\]\"'`*<>]*\d[^\s|,;()\[\]\"'`*<>]*")
_UNIT_COLUMN = re.compile(r"\s*units?\s*", re.IGNORECASE)


# A shorter piece of a passage says something else where it stands alone.
LEAST_QUOTED = 5
CITED = re.compile(r"\(\[[^\]]*\]\([^)\s]*\)\)\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Numbers, dates and names with an origin. Build it with `Evidence.of`."""

    sizes: tuple[Decimal, ...]
    known: tuple[Known, ...]
    counts: frozenset[int]
    calendar: Calendar
    words: frozenset[str]
    cells: frozenset[str]
    text: str
    quotable: str
    rows: Rows

    @classmethod
    def of(
        cls,
        results: Sequence[Result] = (),
        passages: Sequence[str] = (),
        question: str = "",
        *,
        today: date,
        dates: Iterable[date | None] = (),
        periods: Iterable[Period] = (),
    ) -> Evidence:
        """`results` of this question's tool calls, the texts of cited `passages`, the `question` as asked; `dates` are
        further dates with an origin (publication days), `periods` those that tools were called with. `today` is the
        asker's date."""
        texts = [*passages, *(text for result in results for text in _texts(result))]
        known = [item for result in results for item in _numbers(result)]
        told = [(_told(text, amount), _as_shown(text, amount)) for text in texts for amount in amounts(text)]
        known += [item for item, _ in told]
        asked = [Known(a.value, measure_of(a), exact=True) for a in amounts(question)]
        known += asked
        known.sort(key=lambda item: abs(item.value))
        counts = {count for result in results for count in _counts(result.table)} | {len(passages), len(results)}
        days = [today, *(day for day in dates if day is not None), *(day for r in results for day in _dates(r))]
        words = {word.lower().strip(".:!?") for text in (question, *texts) for word in _WORD.findall(flatten(text))}
        words |= {word.strip(".:!?") for r in results for cell in _strings(r) for word in _WORD.findall(cell.lower())}
        strings = (*texts, *(cell for r in results for cell in _strings(r)))
        calendar = Calendar.of([question, *strings], today, days, periods)
        return cls(
            tuple(abs(item.value) for item in known),
            tuple(known),
            frozenset(counts),
            calendar,
            frozenset(words),
            frozenset(cell for r in results for cell in (*_strings(r), *_written(r))),
            _plain("\n".join((question, *texts))),
            _plain("\n".join(passages)),
            Rows.of(results, told, asked, calendar),
        )

    def shows(self, shown: Shown) -> bool:
        """Whether a known number is the one shown."""
        if shown.folds and self._multiplied(shown):
            return True
        for per, count in shown.measure.rates:
            if per == "token" and any(
                is_shown(item, shown) for item in self.known if any(rate != (per, count) for rate in item.measure.rates)
            ):
                return True
        size, half = abs(shown.value), shown.quantum / 2
        low, high = bisect_left(self.sizes, size - half), bisect_right(self.sizes, size + half)
        return any(is_shown(item, shown) for item in self.known[low:high])

    def names(self, word: str) -> bool:
        """Whether `word`, which holds digits, is written so in the evidence (any case)."""
        return word.lower().strip(".:!?") in self.words

    def says(self, words: str) -> bool:
        """Whether these words stand so in a text of the evidence (any case and spacing)."""
        return " ".join(words.casefold().split()) in self.text

    def quotes(self, sentence: str) -> bool:
        """Whether a whole sentence stands word for word in a cited passage; a citation after it is no part of it."""
        bare = _plain(CITED.sub("", sentence)).lstrip("-*• ")
        return len(bare.split()) >= LEAST_QUOTED and bare in self.quotable

    def _multiplied(self, shown: Shown) -> bool:
        """ "doubled" tells a change of +90 to +110%, or a factor near 2."""
        percent = (shown.value - 1) * 100
        return any(
            (item.measure.percent and abs(item.value - percent) <= 10)
            or (item.measure.unit == "x" and abs(item.value - shown.value) <= Decimal("0.1"))
            for item in self.known
        )


def _plain(text: str) -> str:
    return " ".join(flatten(text).casefold().split())


def measure_of(amount: Amount) -> Measure:
    """What an amount of a text counts."""
    rates = frozenset({(amount.per, amount.per_count)}) if amount.per else frozenset()
    if amount.money:
        return Measure(amount.money.currency, rates=rates)
    return Measure(percent=True) if amount.percent else Measure(unit=amount.unit, rates=rates)


def _as_shown(text: str, amount: Amount) -> Shown:
    measure = measure_of(amount)
    return Shown(amount.value, amount.quantum, measure, direction_beside(text, amount.start, amount.end))


def _told(text: str, amount: Amount) -> Known:
    return Known(amount.value, measure_of(amount), direction_beside(text, amount.start, amount.end))


def _texts(result: Result) -> Iterator[str]:
    yield result.summary
    yield from result.assumptions
    yield from result.warnings
    yield from (figure.label for figure in result.figures)
    if result.table:
        yield result.table.title
    if result.chart:
        yield result.chart.title


def _strings(result: Result) -> Iterator[str]:
    if result.table:
        yield from result.table.columns
        yield from (cell for row in result.table.rows for cell in row if isinstance(cell, str))
    if result.chart:
        yield from result.chart.labels
        yield from (series.name for series in result.chart.series)


def _written(result: Result) -> Iterator[str]:
    """Dates of table cells as they may be written in one."""
    for row in result.table.rows if result.table else ():
        for cell in row:
            if isinstance(cell, date):
                yield from (cell.isoformat(), day_shown(cell))


def _numbers(result: Result) -> Iterator[Known]:
    for figure in result.figures:
        measure = measure_named(figure.unit, figure.label)
        yield Known(figure.value, measure, direction_of_label(figure.label, figure.value))
    if result.table:
        yield from _cells(result.table)
    if result.chart:
        yield from _points(result.chart)


def _cells(table: Table) -> Iterator[Known]:
    measures = [measure_named(column, table.title) for column in table.columns]
    unit_at = next((i for i, name in enumerate(table.columns) if _UNIT_COLUMN.fullmatch(name)), None)
    for row in table.rows:
        own = row[unit_at] if unit_at is not None else None
        for column, measure, cell in zip(table.columns, measures, row, strict=True):
            if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
                value = Decimal(cell)
                if value.is_finite():
                    named = measure_named(own, str(row[0])) if isinstance(own, str) else measure
                    yield Known(value, named, direction_of_label(column, value))
            elif isinstance(cell, str) and any(char.isdigit() for char in cell):
                yield from (_told(cell, amount) for amount in amounts(cell))


def _points(chart: Chart) -> Iterator[Known]:
    measure = measure_named(chart.unit, chart.title)
    for series in chart.series:
        yield from (Known(value, measure) for value in series.values if value is not None)


def _counts(table: Table | None) -> Iterator[int]:
    if table is None:
        return
    yield len(table.rows)
    for column in zip(*table.rows, strict=True):
        names = {cell for cell in column if isinstance(cell, str)}
        if names:
            yield len(names)


def _dates(result: Result) -> Iterator[date]:
    if result.data_through:
        yield result.data_through
    yield from (figure.as_of for figure in result.figures if figure.as_of)
    cells: Iterable[Cell] = (cell for row in result.table.rows for cell in row) if result.table else ()
    yield from (cell for cell in cells if isinstance(cell, date))
