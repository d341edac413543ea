"""Paragraphs whose lines were broken at a width, on one line again."""

from __future__ import annotations

import re

# A line that stands for itself: a list's item, a table's row, a heading, a quotation's or a code's mark.
ITSELF = re.compile(r"^\s*(?:[-*+•–]\s|\d+[.)]\s|#{1,6}\s|\||>|```|[A-Z][\w /]{0,24}:\s)|\|\s*$|\t")
NUMBER = re.compile(r"(?<![\w.])[$€£(]*\d[\d,.]*%?\)?(?![\w])")
# The shortest line that can have been broken for its width; headings and bylines are shorter.
WIDE = 45


def unwrapped(text: str) -> str:
    """Lines are joined where the first is wide enough to have been broken and the next goes on; blank lines, lists,
    tables and short lines stay."""
    joined: list[str] = []
    last = ""
    for line in text.split("\n"):
        if joined and _goes_on(last, line):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
        last = line
    return "\n".join(joined)


def _goes_on(line: str, following: str) -> bool:
    if len(line) < WIDE or not following.strip() or ITSELF.search(following) or _is_row(line) or _is_row(following):
        return False
    return not ITSELF.search(line) or not line.rstrip().endswith((".", "|"))


def _is_row(line: str) -> bool:
    """A row of a table: several numbers and few words."""
    return len(NUMBER.findall(line)) >= 2 and len(re.findall(r"[A-Za-z]{2,}", line)) <= 6
