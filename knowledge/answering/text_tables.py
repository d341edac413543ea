"""A figure in a table of a text: the row and the column that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents import Passage
from knowledge.searching.question import Question
from knowledge.searching.relevance import says, stems

TABLE = re.compile(r"\|(?:[^|\n]*\|){3,}")
RULE = re.compile(r"\s*:?-{2,}:?\s*")
MOST = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """`quote` stands so in the passage; `text` says the same with the column's heading."""

    text: str
    quote: str
    passage: int


def cells_for(asked: Question, passages: Sequence[Passage], kept: Sequence[int]) -> list[Cell]:
    """The cells whose row and column the question names, all but the words of the title and names: none where several
    rows fit, or no column does."""
    for at in kept:
        home = passages[at]
        for table in TABLE.findall(home.text):
            if found := _cells(table, asked, stems(home.title, home.publisher), at):
                return found[:MOST]
    return []


def _cells(table: str, asked: Question, titled: frozenset[str], at: int) -> list[Cell]:
    heads, rows = _read(table)
    wanted = [term for term in asked.terms if not says(titled, term)]
    fitting = [row for row in rows if row and _names(row[0], asked.terms)]
    if len(fitting) != 1:
        return []
    row = fitting[0]
    left = [term for term in wanted if not says(stems(row[0]), term)]
    columns = [n for n in range(1, min(len(row), len(heads))) if left and any(says(stems(heads[n]), t) for t in left)]
    best = max((sum(says(stems(heads[n]), term) for term in left) for n in columns), default=0)
    columns = [n for n in columns if sum(says(stems(heads[n]), term) for term in left) == best]
    if not columns or any(
        not any(says(stems(heads[n]), term) for n in columns) for term in left if term in asked.focus
    ):
        return []
    if len(left) > best + 1:
        return []
    quote = f"| {' | '.join(row)} |"
    return [Cell(f"{row[0]}: {heads[n]} {row[n]}.", quote, at) for n in columns]


def _names(label: str, terms: Sequence[str]) -> bool:
    said = stems(label)
    return bool(said) and all(any(says(frozenset({term}), word) for term in terms) for word in said)


def _read(table: str) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows, also where all stand on one line."""
    cells = [cell.strip() for cell in table.strip().strip("|").split("|")]
    rules = [n for n, cell in enumerate(cells) if RULE.fullmatch(cell)]
    if not rules:
        return [], []
    width = len(rules)
    heads = [cell for cell in cells[: rules[0]] if cell][-width:]
    body = cells[rules[-1] + 1 :]
    rows = []
    while body:
        while body and not body[0]:
            body = body[1:]
        row, body = body[:width], body[width:]
        if len(row) == width:
            rows.append(row)
    return heads, rows
