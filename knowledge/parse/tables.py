"""Tables of web pages as rows that each say their own header."""

from __future__ import annotations

import re

RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")


def rows_with_header(text: str) -> str:
    """Every table of `| cell | cell |` lines becomes a paragraph a row: `Model H100: On demand $2.95; Spot $1.80.` A
    table without a header line keeps its cells, without the bars."""
    out: list[str] = []
    table: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|") and line.rstrip().endswith("|"):
            table.append(line)
            continue
        if table:
            out += ["", *_rows(table), ""]
            table = []
        out.append(line)
    return "\n".join(out[:-1])


def _rows(table: list[str]) -> list[str]:
    has_header = len(table) > 2 and bool(RULE.fullmatch(table[1].strip()))
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table if not _is_rule(line)]
    if not has_header:
        return ["\n".join(" ".join(cell for cell in row if cell) for row in cells)]
    header, rows = cells[0], cells[1:]
    return ["\n\n".join(_row(header, row) for row in rows if any(row))]


def _row(header: list[str], row: list[str]) -> str:
    named = [f"{name} {cell}".strip() for name, cell in zip(header, row, strict=False) if cell]
    named += [cell for cell in row[len(header) :] if cell]
    first, rest = named[0], "; ".join(named[1:])
    return f"{first}: {rest}." if rest else f"{first}."


def _is_rule(line: str) -> bool:
    return bool(RULE.fullmatch(line.strip()))
