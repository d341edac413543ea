"""Right numbers beside a wrong name, month or model: a number of a row stands with what names that row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.agent.grounding.known import Shown
from bot.agent.grounding.rows import Column, Key, Mention, Owned, Rows
from bot.agent.slots.calendar_parts import Part
from bot.agent.slots.lexing import Span

_LISTED = re.compile(r"[\s*_`]*(?:,|and|&|,\s*and|or)[\s*_`]*(?:in\s+|the\s+|for\s+)?[*_`]*", re.IGNORECASE)

_OF_WHAT_FOLLOWS = re.compile(
    r"\S*[^\s,;:.](?:\s+[a-z]+){0,2}\s+(?:in|for|on|by|went\s+to|came\s+from)\s+(?:the\s+)?[*_`]*", re.IGNORECASE
)
"""What stands from a number to the name that it is told of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number at `start`, which some row or other has."""

    start: int
    shown: Shown
    owners: tuple[Owned, ...]


def misplaced(
    flat: str, span: Span, numbers: Sequence[tuple[int, Shown]], dates: Sequence[Part], rows: Rows
) -> set[int]:
    """Where those of `numbers` in a sentence start that only rows have which are named elsewhere in it or not at all,
    while another row of the same table is named beside them. A sentence that names no row says nothing."""
    if not rows.owned:
        return set()
    named = rows.mentions(flat, *span, dates)
    if not named:
        return set()
    told = [Told(start, shown, tuple(rows.owners(shown))) for start, shown in numbers if not rows.is_free(shown)]
    told = [one for one in told if not rows.in_heading(flat, one.start, span)]
    told = [one for one in told if one.owners]
    return {
        one.start
        for one in told
        if not any(_stands_right(flat, span, one, owner, told, named, rows) for owner in one.owners)
    }


def misplaced_in_row(flat: str, span: Span, named: Sequence[Mention], shown: Shown, rows: Rows) -> bool:
    """The same for a table row, in which `named` stand: its cells name a row of the evidence, and none that has the
    number."""
    if not named or rows.is_free(shown):
        return False
    owners = rows.owners(shown)
    return bool(owners) and not any(
        all(
            not (there := _of(named, column, rows))
            or any(key in mention.keys for mention in there)
            or _is_hinted(flat, span, key, there)
            for column, key in owner.keys
        )
        for owner in owners
    )


def _of(named: Sequence[Mention], column: Column, rows: Rows) -> list[Mention]:
    known = (rows.columns or {}).get(column, frozenset())
    return [mention for mention in named if mention.keys & known]


def _stands_right(
    flat: str, span: Span, one: Told, owner: Owned, told: Sequence[Told], named: Sequence[Mention], rows: Rows
) -> bool:
    for column, key in owner.keys:
        there = _of(named, column, rows)
        beside = [other for other in told if any(column in dict(mine.keys) for mine in other.owners)]
        if not there or _is_hinted(flat, span, key, there):
            continue
        if not _is_beside(flat, one, owner, column, key, beside, there):
            return False
    return True


def _is_beside(
    flat: str, one: Told, owner: Owned, column: Column, key: Key, told: Sequence[Told], named: Sequence[Mention]
) -> bool:
    if not any(key in mention.keys for mention in named):
        return all(mention.against for mention in named)
    before, after = _run_before(one, told, named), [mention for mention in named if mention.start > one.start]
    between = [other for other in told if after and one.start < other.start < after[0].start]
    if after and not between and _tells_what_follows(flat, one.start, after[0].start):
        return key in after[0].keys
    if before:
        row = _numbers_after(before[-1], told, named)
        is_list = len(row) == len(before) > 1 and all(
            _LISTED.fullmatch(flat, left.end, right.start) for left, right in pairwise(before)
        )
        if is_list and one in row:
            return key in before[row.index(one)].keys
        again = any(other.place == owner.place for one_before in told[: told.index(one)] for other in one_before.owners)
        if any(key in mention.keys for mention in (before[-1:] if again else before)):
            return True
    if after and key in after[0].keys and all((column, key) in o.keys for b in between for o in b.owners):
        return not _has_its_own(after[0], owner, column, key, told, named)
    apart = bool(before) and re.search(r"[,;]", flat[before[-1].end : one.start]) is not None
    return apart and all(mention.against for mention in before)


def _tells_what_follows(flat: str, start: int, end: int) -> bool:
    """Whether only "in", "for", "went to" stands from a number to the name after it; "and $3 to" goes on likewise."""
    if _OF_WHAT_FOLLOWS.fullmatch(flat, start, end):
        return True
    goes_on = re.search(r"(?:\band|[,;])\s+$", flat[max(0, start - 8) : start]) is not None
    return goes_on and re.fullmatch(r"\S*[^\s,;:.]\s+to\s+", flat[start:end]) is not None


def _is_hinted(flat: str, span: Span, key: Key, named: Sequence[Mention]) -> bool:
    """Whether the sentence has a word of the name that no name in it has: "cached" of "Cached input"."""
    if not isinstance(key, str) or any(key in mention.keys for mention in named):
        return False
    taken = {word for mention in named for other in mention.keys if isinstance(other, str) for word in other.split()}
    words = [word for word in key.split() if len(word) > 2 and word.isalpha() and word not in taken]
    return any(re.search(rf"\b{re.escape(word)}\b", flat[slice(*span)], re.IGNORECASE) for word in words)


def _run_before(one: Told, told: Sequence[Told], named: Sequence[Mention]) -> list[Mention]:
    """The mentions before the number, back to the number before them."""
    run = [mention for mention in named if mention.start < one.start]
    if not run:
        return []
    since = max((other.start for other in told if other.start < run[-1].start), default=-1)
    return [mention for mention in run if mention.start > since]


def _numbers_after(mention: Mention, told: Sequence[Told], named: Sequence[Mention]) -> list[Told]:
    until = min((other.start for other in named if other.start > mention.start), default=None)
    return [one for one in told if one.start > mention.start and (until is None or one.start < until)]


def _has_its_own(
    mention: Mention, owner: Owned, column: Column, key: Key, told: Sequence[Told], named: Sequence[Mention]
) -> bool:
    """Whether a number after the mention tells the same number of that row once more, and not one that another row has
    as well: `10 input and 10 output tokens`."""
    return any(
        any(other.place == owner.place for other in one.owners) and all((column, key) in o.keys for o in one.owners)
        for one in _numbers_after(mention, told, named)
    )
