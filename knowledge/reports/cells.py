"""The rows of printed tables: a label, then figures."""

from __future__ import annotations

import re

# One printed cell: `$ 14,514`, `(63)`, `(260 )`, `12.2 %`, or a dash for nothing.
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
CELL = re.compile(
    rf"(?<![\w.,/-])(?:[$€£] ?)?(?:\((?:[$€£] ?)?{NUMBER} ?\)|{NUMBER})(?: ?%)?(?![\w/,])"
    r"|(?<!\S)[—–−-](?!\S)"
)
YEAR = re.compile(r"(?:19|20)\d\d")
BESIDE_YEARS = frozenset(
    "change changes vs versus over and fiscal year years percent variance increase decrease in".split()  # noqa: SIM905
)
MOST_LETTERS = 200
MOST_WORDS_BEFORE_ONE = 8


def split_row(printed: str) -> tuple[str, tuple[str, ...]] | None:
    """Label and cells, where the cells stand at the line's end with nothing but blanks and currency signs between;
    None where the line has no label or no cell."""
    if len(printed) > MOST_LETTERS or not printed[:1].isalpha():
        return None
    start, cells = _cells(printed)
    label = printed[:start].strip(" :—–-$€£")
    return (label, cells) if cells and label else None


def is_row(printed: str) -> bool:
    """A line of a table: only figures, two figures or more after a label, or one after a short label. A line of prose
    that happens to end with a number is none."""
    text = printed.strip()
    if not text or len(text) > MOST_LETTERS:
        return False
    start, cells = _cells(text)
    words = len(text[:start].split())
    return bool(cells) and (words == 0 or len(cells) >= 2 or (words <= MOST_WORDS_BEFORE_ONE and len(text) < 80))


def heads_columns(printed: str) -> bool:
    """A line of years over a table, with nothing beside them but words of dates and changes: `2022 2021 % Change`."""
    words = [word.strip("(),.:;%$*/-").lower() for word in printed.split()]
    years = sum(bool(YEAR.fullmatch(word)) for word in words)
    return (
        years > 0 and len(words) > 1 and all(not word or YEAR.fullmatch(word) or word in BESIDE_YEARS for word in words)
    )


def _cells(printed: str) -> tuple[int, tuple[str, ...]]:
    cells: list[str] = []
    start = len(printed)
    for found in reversed(list(CELL.finditer(printed))):
        if printed[found.end() : start].strip(" $€£%"):
            break
        cells.append(found.group())
        start = found.start()
    return start, tuple(reversed(cells))
