"""How the ledger lays a file's rows out, whatever their order in the export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow.parquet as parquet

from tools.ledger import columns as c
from tools.ledger.readers.rows import RawRow
from tools.ledger.storing.normalise import ChargeRow, normaliser
from tools.ledger.storing.parts import BATCH, LEAST_GROUP, PartWriter

NAMES = (c.BILLED_COST, c.EFFECTIVE_COST, c.BILLING_CURRENCY, c.PROVIDER_NAME, c.BILLING_PERIOD_START, c.TAGS)


def _row(number: int, month: int) -> ChargeRow:
    day = datetime(2026, month, 1 + number % 28)  # noqa: DTZ001
    cells = (f"{number}.0000000001", str(number), "USD", "OpenAI", day, '{"team": "orion"}')
    found = normaliser((*NAMES, c.CHARGE_PERIOD_START, c.CHARGE_PERIOD_END), "bill")(RawRow(number, (*cells, day, day)))
    assert isinstance(found, tuple)
    return found


def _written(folder: Path, rows: list[ChargeRow]) -> list[Path]:
    folder.mkdir()
    writer = PartWriter(folder, "bill")
    for row in rows:
        writer.add(row)
    parts, _ = writer.close()
    return [folder.parent / part for part in parts]


def test_months_mixed_within_an_export_end_up_in_large_row_groups(tmp_path: Path) -> None:
    rows = [_row(number, 1 + number % 12) for number in range(2 * BATCH + 5)]
    for path in _written(tmp_path / "staging", rows):
        held = parquet.ParquetFile(path).metadata
        assert held.num_row_groups == 1 or held.num_rows / held.num_row_groups >= LEAST_GROUP
    assert sorted(path.name for path in (tmp_path / "staging").glob("*/*")) == ["bill.parquet"] * 12


def test_regrouping_changes_no_row_no_order_and_no_type(tmp_path: Path) -> None:
    rows = [_row(number, 1 + number % 12) for number in range(2 * BATCH + 5)]
    schema = PartWriter(tmp_path, "bill").schema
    for path in _written(tmp_path / "staging", rows):
        table = parquet.ParquetFile(path).read()
        assert [(field.name, field.type) for field in table.schema] == [(field.name, field.type) for field in schema]
        month = int(path.parent.name[-2:])
        mine = [row for number, row in enumerate(rows) if 1 + number % 12 == month]
        for name in (c.X_LINE, c.BILLED_COST, c.CHARGE_PERIOD_START, c.X_DAY, c.X_TAGS):
            found = [dict(cell) if name == c.X_TAGS else cell for cell in table[name].to_pylist()]
            wanted = [row[c.STORED.index(name)] for row in mine]
            assert found == [dict(cell) if name == c.X_TAGS else cell for cell in wanted]
