"""FOCUS 1.0 to 1.4 as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger.columns import COSTS
from tools.ledger.readers.parquet_table import BEYOND
from tools.ledger.readers.parse import tag_pairs
from tools.ledger.readers.rows import Cell, Export, RawRow, Skipped, focus_columns, focus_signs, focus_version

BATCH = 20_000


def read(path: Path) -> Export:
    """The export's rows; decimals and text exactly as stored. A cost stored as a binary float is read by its shortest
    decimal form, and a note says so. BadInput for a file that is not Parquet, not FOCUS, or lacks a column."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    try:
        file = parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError):
        raise BadInput("The Parquet file is broken or cut short.", file=path.name) from None
    header = file.schema_arrow.names
    if focus_signs(header) < 3:
        raise BadInput("This Parquet file is not a FOCUS export: its columns are others.", file=path.name)
    places = focus_columns(path.name, header)
    size = path.stat().st_size
    export = Export(path.name, f"FOCUS {focus_version(header)} Parquet", tuple(places), iter(()), total_bytes=size)
    if any(
        arrow.types.is_floating(file.schema_arrow.field(header[places[name]]).type) for name in COSTS if name in places
    ):
        export.notes.append(
            "Costs are stored as binary floats in this file; each was read by its shortest decimal form."
        )
    export.rows = _rows(file, export, [header[place] for place in places.values()], path.name)
    return export


def _rows(file: Any, export: Export, names: list[str], shown: str) -> Iterator[RawRow | Skipped]:
    import pyarrow as arrow

    line, total = 0, max(file.metadata.num_rows, 1)
    try:
        for batch in file.iter_batches(batch_size=BATCH, columns=names):
            columns = [batch.column(name).to_pylist() for name in names]
            for values in zip(*columns, strict=True):
                line += 1
                yield RawRow(line, tuple(_cell(value) for value in values))
            export.read_bytes = export.total_bytes * line // total
    except (arrow.ArrowException, OSError):
        raise BadInput("The Parquet file is broken or cut short.", file=shown, line=line + 1) from None
    except (OverflowError, ValueError):
        raise BadInput(BEYOND, file=shown, line=line + 1) from None
    finally:
        file.close()


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | Decimal):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return tag_pairs(value)
    return repr(value) if isinstance(value, float) else str(value)
