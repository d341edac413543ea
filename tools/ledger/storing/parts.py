"""Ledger rows written to Parquet by month, in batches, so that a file of any size needs little memory."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.storing.normalise import PLACE, ChargeRow
from tools.ledger.storing.store import Slice

BATCH = 20_000
LEAST_GROUP = 10_000
"""A file whose row groups hold fewer rows than this on average is written anew: ten million rows in groups of 800 take
a query four times as long, and half a gigabyte more, than in groups of 20,000."""
LARGE_GROUP = 122_880
DAY = PLACE[c.X_DAY]
BILL = (PLACE[c.X_PROVIDER], PLACE[c.BILLING_ACCOUNT_ID], PLACE[c.BILLING_PERIOD_START])


class PartWriter:
    """Writes one source's rows under `staging/month=YYYY-MM/`; `close` gives the files and the slices they hold."""

    def __init__(self, staging: Path, source: str) -> None:
        self.staging, self.source = staging, source
        self.waiting: dict[str, list[ChargeRow]] = defaultdict(list)
        self.count = 0
        self.writers: dict[str, Any] = {}
        self.groups: dict[str, list[int]] = defaultdict(list)
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
        for month, writer in self.writers.items():
            writer.close()
            sizes = self.groups[month]
            if len(sizes) > 1 and sum(sizes) < LEAST_GROUP * len(sizes):
                _regroup(self.staging / _part(month, self.source))
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
            self.groups[month].append(len(rows))
            columns = zip(*rows, strict=True)
            arrays = [arrow.array(values, item.type) for values, item in zip(columns, self.schema, strict=True)]
            self.writers[month].write_table(arrow.Table.from_arrays(arrays, schema=self.schema))
        self.waiting.clear()


def _regroup(path: Path) -> None:
    """The same rows in the same order, in large row groups."""
    import duckdb

    larger = path.with_suffix(".larger")
    given, written = (str(name).replace("'", "''") for name in (path, larger))
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 1}) as database:
        database.execute(
            f"COPY (SELECT * FROM read_parquet('{given}', hive_partitioning = false)) TO '{written}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {LARGE_GROUP})"
        )
    larger.replace(path)


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
