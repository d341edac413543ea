"""The row of one report that bears a label, in the column of the period asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.documents import Quarter
from knowledge.registry import Registry
from knowledge.reports.figures_told import number_of
from knowledge.reports.measures import measures
from knowledge.reports.periods import Report, column_for
from knowledge.reports.row_fit import GENERAL, Wanted, fit_of
from knowledge.reports.row_told import Row, as_printed, told
from knowledge.reports.tables import Line, lines_of
from knowledge.searching.lexical import words_of_label
from knowledge.store import Store

LEAST_TO_QUOTE = 1.0
MOST_REPORTS_READ = 12


@lru_cache(maxsize=MOST_REPORTS_READ)
def _lines_of(registry: Registry, article_ids: tuple[str, ...]) -> tuple[Line, ...]:
    """An article's id follows from its text, so what was read once stays true."""
    return tuple(line for article in article_ids for line in lines_of(registry.chunks_of(article)))


def found_in(store: Store, report: Report, wanted: Wanted, period: tuple[Quarter, ...], question: str) -> list[Row]:
    """The row of one report; where it prints none of the measure, the rows of those that show or make it up."""
    if row := row_of(store, report, wanted, period, question):
        return [row]
    if wanted.measure is None or wanted.narrower:
        return []
    known = measures()
    others = wanted.measure.instead or wanted.measure.parts
    rows = [row_of(store, report, Wanted(known[name]), period, question) for name in others]
    return [row for row in rows if row is not None]


def row_of(
    store: Store, report: Report, wanted: Wanted, period: tuple[Quarter, ...], question: str, before: int = 0
) -> Row | None:
    """The row itself, in the column `before` years before the period."""
    lines = _lines_of(store.registry, tuple(head.id for head in report.heads))
    return _row(lines, report, wanted, period, question, before)


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    column: int
    score: float


def _row(
    lines: Sequence[Line],
    report: Report,
    wanted: Wanted,
    period: tuple[Quarter, ...],
    question: str,
    before: int,
) -> Row | None:
    """The row whose label fits best; None where equally good ones tell different figures."""
    first = period[0] if period else None
    fitting = [
        _Candidate(line, column, score)
        for line in lines
        if (score := fit_of(line, wanted)) > 0
        and (column := column_for(line, report, first, before, question)) is not None
        and re.search(r"\d", line.cells[column])
    ]
    if not fitting:
        return _in_doubt(lines, report, wanted) if not before else None
    best = max(one.score for one in fitting)
    top = [one for one in fitting if one.score >= best - 0.005]
    if len({number_of(one.line.cells[one.column]) for one in top}) > 1 or _is_one_of_several(top[0], lines, wanted):
        return None
    return told(top[0].line, top[0].column, report, period, question, before)


def _is_one_of_several(best: _Candidate, lines: Sequence[Line], wanted: Wanted) -> bool:
    """Whether the question's words are only a part of the row's label, and of another row's label as well."""
    narrower = frozenset(wanted.narrower)
    if not narrower or words_of_label(best.line.label) - GENERAL <= narrower:
        return False
    labels = {words_of_label(line.label) - GENERAL for line in lines}
    return sum(narrower <= label for label in labels) > 1


def _in_doubt(lines: Sequence[Line], report: Report, wanted: Wanted) -> Row | None:
    """The row as it is printed, where its columns do not say which period each is of: only where one row fits best."""
    scored = [(score, line) for line in lines if (score := fit_of(line, wanted)) >= LEAST_TO_QUOTE]
    best = max((score for score, _ in scored), default=0.0)
    top = {line.printed: line for score, line in scored if score >= best - 0.005}
    if len(top) != 1:
        return None
    return as_printed(next(iter(top.values())), report)
