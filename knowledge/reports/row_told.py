"""A row of a report's table in words: its figure with unit, period and page, or as it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.documents import Passage, Quarter
from knowledge.reports.figures_told import in_asked_unit, number_of, rescaled, shown, stands_alone, unit_of
from knowledge.reports.periods import Report, column_for, told_as
from knowledge.reports.tables import Line, span_of
from knowledge.searching.search import passage
from knowledge.searching.understand import OVER_TIME

COMPARES = re.compile(
    r"(?i)\b(?:compar\w+|chang\w+|improv\w+|increas\w+|decreas\w+|gr[eo]w\w*|trend\w*|versus|vs|between|differen\w+|"
    r"declin\w+|dropp\w+|f[ae]ll\w*|rose|ris\w+|stable|consistent|higher|lower|year[- ]over[- ]year|yoy)\b"
)
MOST_QUOTED = 80


@dataclass(frozen=True, slots=True)
class Row:
    """`quote` is the row as printed in `passage`; `text` says its figure with unit, period and page. `label` names the
    figure `value`, which is in `unit` ("USD million", "%", or empty where it is a count); None where it is in doubt."""

    text: str
    quote: str
    passage: Passage
    label: str = ""
    value: Decimal | None = None
    unit: str = ""


def told(line: Line, column: int, report: Report, period: tuple[Quarter, ...], question: str, before: int = 0) -> Row:
    """The figure in `column`, which is of `before` years before the period."""
    filing = report.filing
    unit = unit_of(line)
    cell = line.cells[column]
    first = period[0] if period else None
    when = told_as(report, first, before, span_of(line, column))
    compares = not before and bool(COMPARES.search(question)) and not OVER_TIME.search(question)
    backs = [first.year - other.year for other in period[1:] if first and not before] or [1] * compares
    beside = "".join(_earlier(line, column, report, first, back, question) for back in backs)
    page = f"page {line.chunk.page}" if line.chunk.page else ""
    about = ", ".join(part for part in (filing.company, filing.form, when, page) if part)
    label = line.label if stands_alone(line) else f"{line.under}, {line.label}"
    head = next(head for head in report.heads if head.id == line.chunk.article_id)
    number = number_of(cell, line)
    value, value_unit = in_asked_unit(number, unit, question) if number is not None else (None, unit)
    return Row(
        f"{label}: {shown(cell, line, unit)}{rescaled(cell, line, unit, question)}{beside} ({about}).",
        line.printed,
        passage(line.chunk, head, 1.0),
        f"{label}, {filing.company} {when}",
        value,
        value_unit,
    )


def _earlier(line: Line, column: int, report: Report, period: Quarter | None, back: int, question: str) -> str:
    """`, against $24,835 thousand in fiscal 2021`; empty where that column is not there."""
    at = column_for(line, report, period, back, question)
    if at is None or at == column or not re.search(r"\d", line.cells[at]):
        return ""
    told = told_as(report, period, back, "")
    return f", against {shown(line.cells[at], line, unit_of(line))} in {told}"


def as_printed(line: Line, report: Report) -> Row:
    """For a row whose columns do not say which period each is of."""
    over = next((told.printed for told in line.heading.readings() if told.years), "").strip()
    page = f"page {line.chunk.page}" if line.chunk.page else ""
    about = ", ".join(part for part in (report.filing.company, report.filing.form, report.filing.period, page) if part)
    unit = f" in {line.heading.unit}" if line.heading.unit else ""
    under = f' under "{over}"' if 0 < len(over) < MOST_QUOTED else ""
    head = next(head for head in report.heads if head.id == line.chunk.article_id)
    return Row(
        f'The table prints "{line.printed}"{unit}{under} ({about}).', line.printed, passage(line.chunk, head, 1.0)
    )
