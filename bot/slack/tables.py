"""A table of results as a Slack table block, or as fixed-width text where the block is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from tools.results import Cell, Table

ROWS = 100
COLUMNS = 20
CELL = 200
COST = re.compile(r"\b(Effective|Billed|List|Contracted)Cost\b")
MONEY = re.compile(r"\(([A-Z]{3})\b[^)]*\)")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table made small enough: its header, its rows as shown, which columns are numbers, what was left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    rows_left_out: int
    columns_left_out: int

    @property
    def note(self) -> str:
        """A sentence on what is shown; empty when that is everything."""
        counts = ((len(self.rows), self.rows_left_out, "rows"), (len(self.header), self.columns_left_out, "columns"))
        shown = [f"{here} of {here + left:,} {what}" for here, left, what in counts if left]
        return f"The first {' and '.join(shown)} are shown." if shown else ""


def fitted(table: Table, characters: int, rows: int = ROWS - 1, columns: int = COLUMNS) -> Fitted:
    """The first rows and columns whose cells hold at most `characters` in all. Columns that say the same in each row
    and nothing that the title or header does not say are left away."""
    places = _telling(table)
    names = [table.columns[place] for place in places]
    money = [_is_money(name, table.columns) for name in names][:columns]
    header = tuple(_short(column_shown(name)) or "\u00a0" for name in names[:columns])
    left, shown = characters - sum(map(len, header)), []
    for row in table.rows[:rows]:
        kept = [row[place] for place in places[:columns]]
        cells = tuple(cell_shown(*of) for of in zip(kept, names, money, strict=False))
        left -= sum(map(len, cells))
        if left < 0:
            break
        shown.append(cells)
    numeric = tuple(
        all(isinstance(row[place], int | Decimal | None) for row in table.rows) for place in places[:columns]
    )
    return Fitted(header, tuple(shown), numeric, len(table.rows) - len(shown), len(places) - len(header))


def title_shown(table: Table) -> str:
    """The title, with the currency where all of the table is in one and no column says it."""
    code = _one_currency(table)
    said = code and any(MONEY.search(column) for column in table.columns)
    return table.title if not code or said else ", ".join(part for part in (table.title, code) if part)


def column_shown(name: str) -> str:
    """A column's name in words: EffectiveCost is Effective cost."""
    return COST.sub(r"\1 cost", name)


def _telling(table: Table) -> list[int]:
    """The places of the columns that are shown."""
    code = _one_currency(table)
    silent = {"Currency"} if code else set()
    if "Complete" in table.columns and table.rows:
        place = table.columns.index("Complete")
        silent |= {"Complete"} if all(row[place] == "yes" for row in table.rows) else set()
    return [place for place, name in enumerate(table.columns) if name not in silent]


def _one_currency(table: Table) -> str:
    """The code that a column of currencies holds in every row; empty where there is no such column, or several."""
    if "Currency" not in table.columns:
        return ""
    codes = {row[table.columns.index("Currency")] for row in table.rows}
    (code,) = codes if len(codes) == 1 else ("",)
    return code if isinstance(code, str) else ""


def block(table: Fitted) -> dict[str, Any]:
    """The table block; numbers stand to the right."""
    return {
        "type": "table",
        "column_settings": [{"align": "right"} if right else {"is_wrapped": True} for right in table.numeric],
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (table.header, *table.rows)],
    }


def fixed_width(table: Fitted) -> str:
    """The table as lines of equal columns, for a code block."""
    lines = (table.header, *table.rows)
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.header))]
    aligned = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, table.numeric, strict=True)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([aligned[0], "  ".join("-" * width for width in widths), *aligned[1:]]).replace("```", "'''")


def cell_shown(cell: Cell, column: str, money: bool = False) -> str:
    """As a person reads it: thousands parted, money with cents, small numbers with four digits, None as unknown."""
    if cell is None:
        return "unknown"
    if isinstance(cell, Decimal):
        return _share(cell) if "(%)" in column else _decimal(cell, 2 if money else 0)
    if isinstance(cell, int):
        return str(cell) if "year" in column.casefold() else f"{cell:,}"
    return cell.isoformat() if isinstance(cell, date) else _short(cell) or "-"


def _is_money(column: str, columns: Sequence[str]) -> bool:
    """The unit in a column's name decides; with a currency column beside it, all but shares are money."""
    return bool(MONEY.search(column)) or ("Currency" in columns and "%" not in column)


def _decimal(value: Decimal, least_places: int) -> str:
    places = max(2, 3 - value.adjusted()) if value else 2
    text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):,f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least_places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _share(value: Decimal) -> str:
    """Percent to one place; a small one to two digits, a whole one as it is."""
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    places = max(1, 1 - value.adjusted())
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):,f}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CELL else text[: CELL - 1] + "…"
