"""Ledger rows written to Parquet by month, in batches, so that a file of any size needs little memory."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.normalise import PLACE, ChargeRow
from tools.ledger.store import Slice

BATCH = 20_000
DAY = PLACE[c.X_DAY]
BILL = (PLACE[c.X_PROVIDER], PLACE[c.BILLING_ACCOUNT_ID], PLACE[c.BILLING_PERIOD_START])


class PartWriter:
    """Writes one source's rows under `staging/month=YYYY-MM/`; `close` gives the files and the slices they hold."""

    def __init__(self, staging: Path, source: str) -> None:
        self.staging, self.source = staging, source
        self.waiting: dict[str, list[ChargeRow]] = defaultdict(list)
        self.count = 0
        self.writers: dict[str, Any] = {}
        self.slices: dict[tuple[str, str | None, date], list[Any]] = {}
        self.schema = _schema()

    def add(self, row: ChargeRow) -> None:
        day: date = row[DAY]
        self.waiting[f"{day:%Y-%m}"].append(row)
        self.count += 1
        seller, account, billing = (row[place] for place in BILL)
        found = self.slices.setdefault((seller, account, _month(billing)), [day, day, 0])
        found[0], found[1], found[2] = min(found[0], day), max(found[1], day), found[2] + 1
        if not self.count % BATCH:
            self._flush()

    def close(self) -> tuple[tuple[str, ...], tuple[Slice, ...]]:
        self._flush()
        for writer in self.writers.values():
            writer.close()
        parts = tuple(f"{self.staging.name}/{_part(month, self.source)}" for month in self.writers)
        return parts, tuple(Slice(*bill, *found) for bill, found in self.slices.items())

    def abandon(self) -> None:
        for writer in self.writers.values():
            writer.close()

    def _flush(self) -> None:
        import pyarrow as arrow
        import pyarrow.parquet as parquet

        for month, rows in self.waiting.items():
            if month not in self.writers:
                path = self.staging / _part(month, self.source)
                path.parent.mkdir(exist_ok=True)
                self.writers[month] = parquet.ParquetWriter(path, self.schema, compression="zstd")
            columns = zip(*rows, strict=True)
            arrays = [arrow.array(values, item.type) for values, item in zip(columns, self.schema, strict=True)]
            self.writers[month].write_table(arrow.Table.from_arrays(arrays, schema=self.schema))
        self.waiting.clear()


def _month(billing: datetime) -> date:
    return billing.date().replace(day=1)


def _part(month: str, source: str) -> str:
    return f"month={month}/{source}.parquet"


def _schema() -> Any:
    import pyarrow as arrow

    kinds = {name: arrow.string() for name in c.STORED}
    kinds |= dict.fromkeys(c.COSTS + c.QUANTITIES, arrow.decimal128(38, c.SCALE))
    kinds |= dict.fromkeys(c.INSTANTS, arrow.timestamp("us"))
    kinds |= {c.X_AI: arrow.bool_(), c.X_DAY: arrow.date32(), c.X_THROUGH: arrow.date32(), c.X_LINE: arrow.int64()}
    kinds |= {c.X_TAGS: arrow.map_(arrow.string(), arrow.string())}
    return arrow.schema([(name, kinds[name]) for name in c.STORED])
