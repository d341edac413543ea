"""A table as a CSV file that spreadsheets open: every row and column, decimals exact."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

from tools.money import plain
from tools.results import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_file(table: Table) -> bytes:
    """UTF-8 with a byte order mark, one header line. What is unknown is an empty cell, never a zero. A text that a
    spreadsheet would take for a formula stands after an apostrophe."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([_cell(column) for column in table.columns])
    lines.writerows([_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def file_name(table: Table, number: int = 1) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", table.title.casefold()).strip("-")[:60].strip("-")
    return f"{words or 'table'}{f'-{number}' if number > 1 else ''}.csv"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text
