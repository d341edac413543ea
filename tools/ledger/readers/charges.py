"""What the readers of providers' own formats share: columns found once, and rows turned into FOCUS charges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers.parse import NUMBER, STEP, WIDE, text
from tools.ledger.readers.rows import Cell, Export, RawRow, Skipped
from tools.ledger.readers.text import Table
from tools.period import months_after

AI = "AI and Machine Learning"
Charge = Mapping[str, Cell]
Read = Callable[[Mapping[str, Any]], Iterable[Charge]]
"""A row of the file, by column name, to the charges it stands for. ValueError, with the reason, rejects the row."""
Numbered = Iterator[tuple[int, Mapping[str, Any]] | Skipped]


def records(path: Path, table: Table, needed: Sequence[str], what: str) -> Numbered:
    """The rows by casefolded column name, each cell as written. BadInput for a column that is missing or doubled."""
    titles = [title.casefold() for title in table.header]
    for name in needed:
        if name.casefold() not in titles:
            raise BadInput(
                f"This looks like {what}, but a column that it needs is missing.", file=path.name, column=name
            )
    for place, title in enumerate(titles):
        if title and title in titles[:place]:
            raise BadInput(
                "The column is in the header twice; its values are ambiguous.",
                file=path.name,
                column=table.header[place],
            )

    def rows() -> Numbered:
        for row in table.rows:
            yield row if isinstance(row, Skipped) else (row[0], dict(zip(titles, row[1], strict=True)))

    return rows()


def export(path: Path, form: str, rows: Numbered, read: Read, position: Callable[[], int]) -> Export:
    """The rows as charges; progress is asked of `position`."""
    made = Export(path.name, form, c.READ, iter(()), total_bytes=path.stat().st_size)

    def charges() -> Iterator[RawRow | Skipped]:
        for count, row in enumerate(rows):
            if not count % 5000:
                made.read_bytes = min(position(), made.total_bytes)
            if isinstance(row, Skipped):
                yield row
                continue
            line, record = row
            try:
                for charge in list(read(record)):
                    yield RawRow(line, tuple(charge.get(name) for name in c.READ))
            except ValueError as error:
                yield Skipped(line, str(error))
        made.read_bytes = made.total_bytes

    made.rows = charges()
    return made


def said(record: Mapping[str, Any], *names: str) -> str | None:
    """The first of these cells that says something."""
    return next((found for name in names if (found := text(_shown(record.get(name))))), None)


def number(record: Mapping[str, Any], name: str) -> Decimal | None:
    """An exact number; None for an empty cell. ValueError for anything else."""
    found = said(record, name)
    if found is None:
        return None
    if not NUMBER.fullmatch(found):
        raise ValueError(f"{name}: {found[:40]!r} is not a number")
    return Decimal(found)


def count(record: Mapping[str, Any], name: str) -> Decimal:
    """A count of tokens or requests: whole and not negative, also where it is written `59200.0`; 0 where it is
    empty."""
    found = number(record, name) or Decimal(0)
    if found != found.to_integral_value() or found < 0:
        raise ValueError(f"{name}: {found} is not a count")
    return found.quantize(Decimal(1), context=WIDE)


def storable(value: Decimal) -> Decimal:
    """A number whose source is a binary float, to the ledger's last decimal; what lies past it is noise of the
    float."""
    return value.quantize(STEP, ROUND_HALF_EVEN, WIDE) if value.adjusted() < 20 else value


def plain_cell(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def month_of(day: str) -> dict[str, Cell]:
    """The billing period of a charge on an ISO day: its calendar month."""
    from datetime import date

    try:
        first = date.fromisoformat(day[:10]).replace(day=1)
    except ValueError:
        raise ValueError(f"{day[:40]!r} is not a date") from None
    return {c.BILLING_PERIOD_START: first.isoformat(), c.BILLING_PERIOD_END: months_after(first, 1).isoformat()}


def _shown(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
