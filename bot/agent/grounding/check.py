"""The check before anything is shown: every number, date and name with digits in a text has an origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.agent.grounding.disguised import disguised
from bot.agent.grounding.evidence import Evidence, measure_of
from bot.agent.grounding.known import (
    Direction,
    Measure,
    Shown,
    direction_beside,
    direction_of_label,
    direction_within,
    measure_named,
)
from bot.agent.grounding.pieces import Piece, pieces, without
from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.calendar_words import ORDINAL
from bot.agent.slots.lexing import Span, flatten
from bot.agent.slots.numerals import Name, read_plain, scan

_ASIDE = re.compile(
    r"\[\^?\d{1,3}(?:\s*[,-]\s*\d{1,3})*\](?!\()|^[ \t>]*\d{1,3}[.)](?=[ \t])|(?<=\]\()[^)\s]*(?=\))|https?://[^\s)>\]]+|<https?://[^>|]*",
    re.MULTILINE,
)
_DIGITS = re.compile(r"[^\W\d_]*\d[\d.,]*[^\W_]*")
_HARMLESS = re.compile(
    rf"\d{{1,3}}{ORDINAL}|[A-Za-z]{{1,12}}\d{{1,4}}[A-Za-z]{{0,3}}\d?|\d{{1,3}}[a-z]|\d{{1,2}}-[A-Z]", re.IGNORECASE
)
_LONG = re.compile(r"\d{5,}")
_RANKED = re.compile(r"\b(?:top|largest|biggest|first|last|other|remaining|next|leading|main|highest)\b", re.IGNORECASE)
_NOTHING = Decimal(0)
_COUNTED = frozenset({None, "team", "model", "document", "page", "user", "x"})


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """`figure` as shown, and the sentence or table row that it stands in."""

    figure: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Grounding:
    """`text` is what may be shown: without each sentence and table row that holds something of `removed`; empty when
    nothing is left. `ok`: nothing had to go and there is something to show."""

    text: str
    removed: tuple[Ungrounded, ...] = ()

    @property
    def ok(self) -> bool:
        return bool(self.text) and not self.removed


def check(text: str, evidence: Evidence) -> Grounding:
    """Every number of `text` must be in `evidence`, with its unit, and rounded only as far as its own digits say; so
    must every date, and every name with digits that could hide a number. Markdown stays well formed. Never raises."""
    flat = flatten(text)
    parts = pieces(text)
    prose = [piece for piece in parts if piece.kind == "sentence"]
    removed: list[Ungrounded] = []
    gone: list[Piece] = []
    headers: dict[str, list[tuple[str, Measure]]] = {}
    found = {piece: [] for piece in parts}  # type: dict[Piece, list[str]]
    _prose(flat, prose, evidence, found)
    for piece in parts:
        if piece.kind != "sentence":
            columns = headers.setdefault(piece.header, _columns(piece.header))
            found[piece] = _row(flat, piece, columns, evidence)
        if found[piece]:
            sentence = text[piece.start : piece.end].strip()
            removed += [Ungrounded(figure, sentence) for figure in dict.fromkeys(found[piece])]
            gone.append(piece)
    return Grounding(without(text, gone), tuple(removed))


def feedback(ungrounded: Sequence[Ungrounded]) -> str:
    """The sentence given to the model on its one retry: each figure without an origin, and what to do."""
    if not ungrounded:
        return ""
    figures = ", ".join(dict.fromkeys(f'"{item.figure}"' for item in ungrounded))
    return (
        f"These are in no tool result, cited passage or question, as shown or in that unit: {figures}. "
        "Answer again with figures of the tool results only, rounded at most to fewer digits, with their own unit and "
        "sign; call a tool for anything else, or leave it out. Do no arithmetic yourself."
    )


def _prose(flat: str, prose: list[Piece], evidence: Evidence, found: dict[Piece, list[str]]) -> None:
    covered: list[Span] = [match.span() for match in _ASIDE.finditer(flat)]
    starts = [piece.start for piece in prose]
    outside = _outside(flat, prose)
    dates = [] if not prose else evidence.calendar.named(outside)
    for part in dates:
        words = outside[part.start : part.end]
        is_named = part.rolling or part.in_year or any(char.isdigit() for char in words)
        if is_named and not evidence.calendar.holds(part) and not _as_written(words, evidence):
            _note(found, prose, starts, part.start, words)
        covered.append((part.start, part.end))
    masked = tuple(covered)
    told: dict[Piece, Direction] = {}
    for amount in amounts(outside, masked):
        covered.append(_read_span(amount))
        piece = _piece(prose, starts, amount.start)
        if piece and piece not in told:
            told[piece] = direction_within(outside[piece.start : piece.end])
        if piece and not _grounded(outside, amount, told[piece], evidence):
            _note(found, prose, starts, amount.start, _with_rate(flat, amount))
    for start, figure in _leftover(outside, masked, covered, evidence):
        _note(found, prose, starts, start, figure)
    for start, end in disguised(outside):
        if not evidence.says(outside[start:end]):
            _note(found, prose, starts, start, outside[start:end].strip())


def _outside(flat: str, prose: list[Piece]) -> str:
    """The prose alone, at the same offsets; table rows and fences are blank lines."""
    out, position = [], 0
    for piece in prose:
        out += [re.sub(r"[^\n]", " ", flat[position : piece.start]), flat[piece.start : piece.end]]
        position = piece.end
    return "".join(out)


def _read_span(amount: Amount) -> Span:
    """What the reading of an amount took: with "per 1,000 requests" the count that it is told by, which is checked as
    part of its unit."""
    return amount.start, amount.phrase_end if amount.per_count != 1 else amount.end


def _with_rate(flat: str, amount: Amount) -> str:
    return flat[amount.start : amount.phrase_end].strip() if amount.per else flat[amount.start : amount.end]


def _grounded(flat: str, amount: Amount, loose: Direction, evidence: Evidence) -> bool:
    beside = direction_beside(flat, amount.start, amount.end)
    shown = Shown(
        amount.value,
        amount.quantum,
        measure_of(amount),
        1 if amount.signed and amount.value > 0 else beside,
        loose,
        amount.scaled,
        amount.worded and amount.kind == "factor",
    )
    if evidence.shows(shown):
        return True
    if amount.kind != "number" or amount.per or amount.scaled or amount.value != amount.value.to_integral_value():
        return False
    return _is_count(flat, amount, evidence)


def _is_count(flat: str, amount: Amount, evidence: Evidence) -> bool:
    """A small number may count the rows or names of a table; "the top three" at most that many."""
    if amount.unit not in _COUNTED or abs(amount.value) > 1000:
        return False
    count = int(amount.value)
    if count in evidence.counts:
        return True
    near = flat[max(0, amount.start - 24) : amount.end + 16]
    return bool(_RANKED.search(near)) and 0 < count <= max(evidence.counts, default=0)


def _as_written(words: str, evidence: Evidence) -> bool:
    tokens = re.findall(r"[\w./-]*\d[\w./-]*", words)
    return len(tokens) == 1 and not re.fullmatch(r"\d{1,2}", tokens[0]) and evidence.names(tokens[0]) and "FY" in words


def _leftover(flat: str, masked: Sequence[Span], covered: list[Span], evidence: Evidence) -> Iterator[tuple[int, str]]:
    """Digits that no reading took; names pass when they are in the evidence or too short to hide a figure."""
    for item in scan(flat, masked):
        if isinstance(item, Name):
            covered.append((item.start, item.end))
            name = flat[item.start : item.end]
            if not _is_name(name, evidence):
                yield item.start, name
    taken = bytearray(len(flat))
    for first, last in covered:
        taken[first:last] = b"\x01" * (min(last, len(flat)) - first)
    for match in _DIGITS.finditer(flat):
        word = match[0].rstrip(".,")
        start, end = match.start(), match.start() + len(word)
        if any(taken[start:end]):
            continue
        if not (_HARMLESS.fullmatch(word) or evidence.names(word)):
            yield start, word
    if not flat.isascii():
        for start, char in enumerate(flat):
            if char > "\x7f" and char.isnumeric() and not taken[start]:
                yield start, char


def _is_name(name: str, evidence: Evidence) -> bool:
    if evidence.names(name) or any(evidence.names(part) for part in name.split()):
        return True
    digits = [
        run for run in re.findall(r"\d+", name) if len(run) >= 5 and not re.fullmatch(r"20[12]\d[01]\d[0-3]\d", run)
    ]
    return not digits and ":" not in name and len(re.findall(r"\d", name)) <= 12


def _piece(prose: list[Piece], starts: list[int], position: int) -> Piece | None:
    i = bisect_right(starts, position) - 1
    return prose[i] if i >= 0 and position < prose[i].end else None


def _note(found: dict[Piece, list[str]], prose: list[Piece], starts: list[int], position: int, figure: str) -> None:
    piece = _piece(prose, starts, position)
    if piece is not None:
        found[piece].append(figure)


def _columns(header: str) -> list[tuple[str, Measure]]:
    names = [cell.strip(" *_`") for cell in header.strip().strip("|").split("|")] if header else []
    return [(name, measure_named(name)) for name in names]


def _row(flat: str, piece: Piece, columns: list[tuple[str, Measure]], evidence: Evidence) -> list[str]:
    """What of a table row has no origin; a bare number takes its unit from its column."""
    wrong: list[str] = []
    position = piece.start + flat[piece.start : piece.end].index("|") + 1
    for i, cell in enumerate(re.split(r"(?<!\\)\|", flat[position : piece.end])):
        name, measure = columns[i] if i < len(columns) else ("", Measure())
        if any(char.isnumeric() for char in cell):
            wrong += _cell(cell, name, measure, evidence)
    return wrong


def _cell(cell: str, name: str, measure: Measure, evidence: Evidence) -> list[str]:
    if cell.strip() in evidence.cells:
        return []
    if plain := read_plain(cell):
        value, quantum, currency, percent = plain
        own = measure if not (currency or percent) else _filled(Measure(currency, percent), measure)
        told = Shown(value, quantum, own, direction_of_label(name, _NOTHING))
        return [] if evidence.shows(told) or _row_number(name, told, evidence) else [cell.strip(" *")]
    dates = evidence.calendar.in_cell(cell)
    wrong = [cell[part.start : part.end] for part in dates if part.is_date and not evidence.calendar.holds(part)]
    covered: list[Span] = [match.span() for match in _ASIDE.finditer(cell)]
    covered += [(part.start, part.end) for part in dates]
    masked = tuple(covered)
    for amount in amounts(cell, masked):
        covered.append(_read_span(amount))
        beside = direction_beside(cell, amount.start, amount.end) or direction_of_label(name, _NOTHING)
        told = Shown(amount.value, amount.quantum, _filled(measure_of(amount), measure), beside, scaled=amount.scaled)
        if not evidence.shows(told) and not _row_number(name, told, evidence):
            wrong.append(amount.text)
    return wrong + [figure for _, figure in _leftover(cell, masked, covered, evidence)]


def _filled(own: Measure, column: Measure) -> Measure:
    if own.currency or own.percent:
        return replace(own, rates=own.rates or column.rates)
    return own if own.unit else column


def _row_number(name: str, told: Shown, evidence: Evidence) -> bool:
    ranked = re.fullmatch(r"#|no\.?|rank|nr\.?|position", name, re.IGNORECASE) is not None
    return ranked and 0 < told.value <= max(evidence.counts, default=0)
