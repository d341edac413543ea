"""The check of table rows: a bare number takes its unit from its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.agent.grounding.evidence import Evidence, measure_of
from bot.agent.grounding.known import Measure, Shown, direction_beside, direction_of_label, measure_named
from bot.agent.grounding.misplaced import misplaced_in_row
from bot.agent.grounding.pieces import Piece
from bot.agent.grounding.rows import Mention
from bot.agent.grounding.unread import ASIDE, leftover, read_span
from bot.agent.slots.amounts import amounts
from bot.agent.slots.lexing import Span
from bot.agent.slots.numerals import read_plain

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Place:
    """The row that a cell stands in: where it is in the flat text, and what it names."""

    flat: str
    span: Span
    named: list[Mention]


def columns_of(header: str) -> list[tuple[str, Measure]]:
    names = [cell.strip(" *_`") for cell in header.strip().strip("|").split("|")] if header else []
    return [(name, measure_named(name)) for name in names]


def ungrounded_in_row(flat: str, piece: Piece, columns: list[tuple[str, Measure]], evidence: Evidence) -> list[str]:
    """What of a table row has no origin; a bare number takes its unit from its column."""
    wrong: list[str] = []
    position = piece.start + flat[piece.start : piece.end].index("|") + 1
    place = Place(flat, (piece.start, piece.end), _named(flat, piece, evidence))
    for i, cell in enumerate(re.split(r"(?<!\\)\|", flat[position : piece.end])):
        name, measure = columns[i] if i < len(columns) else ("", Measure())
        if any(char.isnumeric() for char in cell):
            wrong += _cell(cell, name, measure, evidence, place)
    return wrong


def _cell(cell: str, name: str, measure: Measure, evidence: Evidence, place: Place) -> list[str]:
    if cell.strip() in evidence.cells:
        return []
    if plain := read_plain(cell):
        value, quantum, currency, percent = plain
        own = measure if not (currency or percent) else _filled(Measure(currency, percent), measure)
        told = Shown(value, quantum, own, direction_of_label(name, _NOTHING))
        return [] if _belongs(told, name, evidence, place) else [cell.strip(" *")]
    dates = evidence.calendar.in_cell(cell)
    wrong = [cell[part.start : part.end] for part in dates if part.is_date and not evidence.calendar.holds(part)]
    covered: list[Span] = [match.span() for match in ASIDE.finditer(cell)]
    covered += [(part.start, part.end) for part in dates]
    masked = tuple(covered)
    for amount in amounts(cell, masked):
        covered.append(read_span(amount))
        beside = direction_beside(cell, amount.start, amount.end) or direction_of_label(name, _NOTHING)
        told = Shown(amount.value, amount.quantum, _filled(measure_of(amount), measure), beside, scaled=amount.scaled)
        if not _belongs(told, name, evidence, place):
            wrong.append(amount.text)
    return wrong + [figure for _, figure in leftover(cell, masked, covered, evidence)]


def _belongs(told: Shown, name: str, evidence: Evidence, place: Place) -> bool:
    if evidence.shows(told):
        return not misplaced_in_row(place.flat, place.span, place.named, told, evidence.rows)
    return _row_number(name, told, evidence)


def _named(flat: str, piece: Piece, evidence: Evidence) -> list[Mention]:
    """The names and periods of rows that the row has."""
    if not evidence.rows.owned:
        return []
    start = piece.start
    dates = (
        replace(part, start=part.start + start, end=part.end + start)
        for part in evidence.calendar.in_cell(flat[start : piece.end])
    )
    return evidence.rows.mentions(flat, start, piece.end, dates)


def _filled(own: Measure, column: Measure) -> Measure:
    if own.currency or own.percent:
        return replace(own, rates=own.rates or column.rates)
    return own if own.unit else column


def _row_number(name: str, told: Shown, evidence: Evidence) -> bool:
    ranked = re.fullmatch(r"#|no\.?|rank|nr\.?|position", name, re.IGNORECASE) is not None
    return ranked and 0 < told.value <= max(evidence.counts, default=0)
