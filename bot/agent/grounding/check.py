"""The check before anything is shown: every number, date and name with digits in a text has an origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.agent.grounding.cells import columns_of, ungrounded_in_row
from bot.agent.grounding.disguised import disguised
from bot.agent.grounding.evidence import Evidence, measure_of
from bot.agent.grounding.known import (
    Measure,
    Shown,
    direction_beside,
    direction_within,
    rates_named,
)
from bot.agent.grounding.misplaced import misplaced
from bot.agent.grounding.pieces import Piece, is_heading, is_item, pieces, without
from bot.agent.grounding.unread import ASIDE, leftover, read_span
from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.calendar_parts import Part
from bot.agent.slots.lexing import Span, flatten

_RANKED = re.compile(r"\b(?:top|largest|biggest|first|last|other|remaining|next|leading|main|highest)\b", re.IGNORECASE)
LONGEST_CONTEXT = 1000
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
            columns = headers.setdefault(piece.header, columns_of(piece.header))
            found[piece] = ungrounded_in_row(flat, piece, columns, evidence)
        sentence = text[piece.start : piece.end].strip()
        if found[piece] and not (piece.kind == "sentence" and evidence.quotes(sentence)):
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
    covered: list[Span] = [match.span() for match in ASIDE.finditer(flat)]
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
    told: dict[Piece, list[tuple[Amount, Shown]]] = {}
    for amount in amounts(outside, masked):
        covered.append(read_span(amount))
        if piece := _piece(prose, starts, amount.start):
            told.setdefault(piece, []).append((amount, _shown(outside, amount)))
    for piece, items in told.items():
        found[piece] += _wrong(outside, piece, items, dates, evidence)
    for start, figure in leftover(outside, masked, covered, evidence):
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


def _with_rate(flat: str, amount: Amount) -> str:
    return flat[amount.start : amount.phrase_end].strip() if amount.per else flat[amount.start : amount.end]


def _shown(flat: str, amount: Amount) -> Shown:
    beside = direction_beside(flat, amount.start, amount.end)
    return Shown(
        amount.value,
        amount.quantum,
        measure_of(amount),
        1 if amount.signed and amount.value > 0 else beside,
        scaled=amount.scaled,
        folds=amount.worded and amount.kind == "factor",
    )


def _wrong(
    flat: str, piece: Piece, told: Sequence[tuple[Amount, Shown]], dates: Sequence[Part], evidence: Evidence
) -> Iterator[str]:
    """The numbers of a sentence without an origin, and those that belong to a row which it does not name."""
    loose = direction_within(flat[piece.start : piece.end])
    rates = cache(lambda: rates_named(_context(flat, piece)))
    known: list[tuple[int, Shown]] = []
    for amount, bare in told:
        shown = replace(bare, loose=loose)
        if evidence.shows(shown):
            known.append((amount.start, shown))
        elif not amount.per and evidence.shows(replace(shown, rates=rates())):
            known.append((amount.start, replace(shown, rates=rates())))
        elif not _is_count(flat, amount, evidence):
            yield _with_rate(flat, amount)
    elsewhere = misplaced(flat, (piece.start, piece.end), known, dates, evidence.rows)
    yield from (_with_rate(flat, amount) for amount, _ in told if amount.start in elsewhere)


def _context(flat: str, piece: Piece) -> str:
    """The sentence, and of an item of a list also the line that leads in to the list."""
    sentence = flat[piece.start : piece.end][:LONGEST_CONTEXT]
    for line in reversed(flat[max(0, piece.block_start - LONGEST_CONTEXT) : piece.block_start].splitlines()):
        if line.strip() and not is_item(line):
            return f"{line} {sentence}" if line.rstrip(" *_").endswith(":") or is_heading(line) else sentence
    return sentence


def _is_count(flat: str, amount: Amount, evidence: Evidence) -> bool:
    """A small number may count the rows or names of a table; "the top three" at most that many."""
    if amount.kind != "number" or amount.per or amount.scaled or amount.value != amount.value.to_integral_value():
        return False
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


def _piece(prose: list[Piece], starts: list[int], position: int) -> Piece | None:
    i = bisect_right(starts, position) - 1
    return prose[i] if i >= 0 and position < prose[i].end else None


def _note(found: dict[Piece, list[str]], prose: list[Piece], starts: list[int], position: int, figure: str) -> None:
    piece = _piece(prose, starts, position)
    if piece is not None:
        found[piece].append(figure)
