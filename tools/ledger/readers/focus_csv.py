"""FOCUS 1.0 to 1.4 as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path

from tools.ledger.readers.rows import Export, RawRow, Skipped, focus_columns, focus_version
from tools.ledger.readers.text import Table


def read(path: Path, opened: Table) -> Export:
    """The export's rows as text, each cell exactly as written. BadInput for a missing or doubled column."""
    places = focus_columns(path.name, opened.header)
    export = Export(
        path.name,
        f"FOCUS {focus_version(opened.header)} CSV",
        tuple(places),
        iter(()),
        total_bytes=path.stat().st_size,
    )
    export.rows = _rows(opened, export, itemgetter(*places.values()))
    return export


def _rows(opened: Table, export: Export, chosen: Callable[[list[str]], tuple[str, ...]]) -> Iterator[RawRow | Skipped]:
    for count, row in enumerate(opened.rows):
        if not count % 5000:
            export.read_bytes = opened.position()
        yield row if isinstance(row, Skipped) else RawRow(row[0], chosen(row[1]))
    export.read_bytes = export.total_bytes
