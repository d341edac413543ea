"""A markdown text cut into the pieces that stand or fall together, and put together again without some of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["sentence", "header", "row"]

_FENCE = re.compile(r"\s*(?:```|~~~)")
_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_OPENING = re.compile(
    r"(?:[ \t]*(?:>[ \t]?)+)?[ \t]*(?:(?:[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,3}[.)][ \t]+)|#{1,6}[ \t]+)?"
)
_ITEM = re.compile(r"(?:[ \t]*>[ \t]?)*[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_BREAK = re.compile(r"[.!?…]+[\"'”’)\]*_`]*(?=\s)|[;](?=\s)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|approx|no|inc|ltd|corp|cf|al|fig|est|avg|max|min|st|dr|mr|ms|u\.s|a|p)|\b[A-Z])\.$", re.I
)
_GAP = re.compile(r"\s*")
_HELD = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)|<[^>\n]*>|`[^`\n]*`|https?://\S+")
_MARK = re.compile(r"\*\*|__|~~|`|(?<![*\w])\*(?![*\s])|(?<![*\s])\*(?![*\w])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a table row, `start` to `end` of the text. `block` numbers its paragraph, item, heading or table,
    which runs from `block_start` to `block_end`; `header` is the header row of its table."""

    start: int
    end: int
    kind: Kind
    block: int
    block_start: int
    block_end: int
    header: str = ""


def pieces(text: str) -> list[Piece]:
    """Every sentence and table row of `text` in order; the rule under a header is none."""
    found: list[Piece] = []
    lines = _lines(text)
    i = block = 0
    while i < len(lines):
        start, end = lines[i]
        line = text[start:end]
        if not line.strip() or _FENCE.match(line):
            i += 1
            continue
        block += 1
        if _ROW.match(line):
            last = i
            while last + 1 < len(lines) and _ROW.match(text[slice(*lines[last + 1])]):
                last += 1
            found.extend(_rows(text, lines[i : last + 1], block))
        else:
            last = i
            if not _HEADING.match(line):
                while last + 1 < len(lines) and _continues(text[slice(*lines[last + 1])]):
                    last += 1
            found.extend(_sentences(text, start, lines[last][1], block))
        i = last + 1
    return found


def without(text: str, removed: Collection[Piece]) -> str:
    """`text` without these pieces: an item or heading that loses all its sentences goes, a table that loses its header
    or all its rows goes, a heading over nothing goes, and emphasis left open by a cut is taken off."""
    if not removed:
        return text
    everything = pieces(text)
    gone = set(removed)
    cuts: list[tuple[int, int]] = []
    repaired: dict[tuple[int, int], str] = {}
    for _, group in groupby(everything, key=lambda piece: piece.block):
        members = list(group)
        kept = [piece for piece in members if piece not in gone]
        start, end = members[0].block_start, members[0].block_end
        if len(kept) == len(members):
            continue
        is_table = members[0].kind != "sentence"
        if not any(p.kind != "header" for p in kept) or any(p.kind == "header" and p in gone for p in members):
            cuts.append((start, end + 1))
        elif is_table:
            cuts.extend((piece.start, piece.end + 1) for piece in members if piece in gone)
        else:
            opening = text[start : members[0].start]
            repaired[start, end] = _balanced(opening + " ".join(text[p.start : p.end].strip() for p in kept))
    out, position = [], 0
    for (start, end), new in sorted([*((cut, "") for cut in cuts), *repaired.items()]):
        out += [text[position:start], new]
        position = end
    return _tidied("".join(out) + text[position:])


def is_item(line: str) -> bool:
    return _ITEM.match(line) is not None


def is_heading(line: str) -> bool:
    return _HEADING.match(line) is not None


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _continues(line: str) -> bool:
    return bool(line.strip()) and not (
        _ROW.match(line) or _ITEM.match(line) or _HEADING.match(line) or _FENCE.match(line)
    )


def _rows(text: str, lines: list[tuple[int, int]], block: int) -> list[Piece]:
    start, end = lines[0][0], lines[-1][1]
    headed = len(lines) > 1 and "-" in text[slice(*lines[1])] and _RULE.fullmatch(text[slice(*lines[1])]) is not None
    header = text[slice(*lines[0])] if headed else ""
    body = lines[2:] if headed else lines
    first = [Piece(*lines[0], "header", block, start, end)] if headed else []
    return first + [Piece(*line, "row", block, start, end, header) for line in body]


def _sentences(text: str, start: int, end: int, block: int) -> list[Piece]:
    opening = _OPENING.match(text, start, end)
    first = opening.end() if opening else start
    held = [match.span() for match in _HELD.finditer(text, first, end)]
    found: list[Piece] = []
    for match in _BREAK.finditer(text, first, end):
        stop = match.end()
        if any(one <= match.start() < other for one, other in held) or _ABBREVIATED.search(
            text, max(first, match.start() - 7), match.start() + 1
        ):
            continue
        if text[first:stop].strip():
            found.append(Piece(first, stop, "sentence", block, start, end))
            first = _GAP.match(text, stop, end).end()  # type: ignore[union-attr]
    if text[first:end].strip() or not found:
        found.append(Piece(first, end, "sentence", block, start, end))
    return found


def _balanced(block: str) -> str:
    marks = _MARK.findall(block)
    for mark in set(marks):
        if marks.count(mark) % 2:
            block = _MARK.sub(lambda m, mark=mark: _gone(m) if m[0] == mark else m[0], block)  # type: ignore[misc]
    return re.sub(r"(\*\*|__|~~)\s*\1", _gone, block)


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _gone(match: re.Match[str]) -> str:
    """Nothing in the mark's place, but a space where it stood between two characters: `1**1` must not become 11."""
    text, start, end = match.string, match.start(), match.end()
    inside = start > 0 and end < len(text) and _in_word(text[start - 1]) and _in_word(text[end])
    return " " if inside else ""


def _tidied(text: str) -> str:
    lines = text.split("\n")
    while (
        i := next((i for i in range(len(lines)) if _HEADING.match(lines[i]) and _over_nothing(lines, i)), None)
    ) is not None:
        del lines[i]
    text = re.sub(r"(?:```|~~~)[^\n]*\n\s*(?:```|~~~)[^\n]*", "", "\n".join(lines))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    return text if re.search(r"\w", text) else ""


def _over_nothing(lines: list[str], i: int) -> bool:
    depth = len(lines[i].strip()) - len(lines[i].strip().lstrip("#"))
    for line in lines[i + 1 :]:
        if heading := re.match(r"\s{0,3}(#{1,6})\s", line):
            return len(heading[1]) <= depth
        if line.strip():
            return False
    return True
