"""Any Parquet export as a table of text, for the readers of CSV exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger.readers.text import Table

BATCH = 20_000
BEYOND = "From this row on a value of the file is beyond every date or number that there can be in a bill."


def open_parquet(path: Path) -> Table:
    """The file's columns and rows; numbers as exact decimal text (a binary float by its shortest form), maps and
    lists as JSON, moments in UTC. BadInput for a file that is not whole Parquet, also while the rows are being
    read."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    try:
        file = parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError):
        raise BadInput("The Parquet file is broken or cut short.", file=path.name) from None
    done = [0]
    size, total = path.stat().st_size, max(file.metadata.num_rows, 1)
    header = list(file.schema_arrow.names)

    def rows() -> Iterator[tuple[int, list[str]]]:
        try:
            for batch in file.iter_batches(batch_size=BATCH):
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    done[0] += 1
                    yield done[0], [_text(value) for value in values]
        except (arrow.ArrowException, OSError):
            raise BadInput("The Parquet file is broken or cut short.", file=path.name, line=done[0] + 1) from None
        except (OverflowError, ValueError):
            raise BadInput(BEYOND, file=path.name, line=done[0] + 1) from None
        finally:
            file.close()

    return Table(header, rows(), lambda: size * done[0] // total, file.close, "Parquet")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, tuple) and len(item) == 2 for item in value):
        return json.dumps(dict(value), default=_text)
    if isinstance(value, list | dict):
        return json.dumps(value, default=_text)
    return repr(value) if isinstance(value, float) else str(value)
