"""Questions to the ledger beside plain pandas and plain DuckDB SQL on the same rows, and the rate of an import.

Outlay's time is the whole answer: access, names, coverage, exact sums, table, chart and sentence. pandas has the
columns in memory as exact decimals; DuckDB has the rows as the ledger has them, in memory or as Parquet files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.benchmarks.ledger_rows import fill, write_straight
from tests.benchmarks.timing import Work, compared, line
from tools.ledger.audience import Audience
from tools.ledger.ledger import IN_MEMORY_ROWS, Ledger
from tools.ledger.over_time.change import spend_change
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by
from tools.ledger.storing import store
from tools.period import Period

TODAY = date(2026, 11, 3)
OCTOBER, SEPTEMBER = Period.month(2026, 10), Period.month(2026, 9)
CUBE = ["month", "x_TeamKey", "x_Model"]
COST = "EffectiveCost"


def measured(rows: int, imported: int, runs: int) -> Iterator[str]:
    """The section's lines: queries over `rows` made-up charges, an import of `imported`."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_straight(home, rows)
        ledger = Ledger(home)
        manifest = store.read_manifest(store.folder(home))
        parts = [str(store.folder(home) / part) for part in manifest.parts()]
        kind = "TABLE" if rows <= IN_MEMORY_ROWS else "VIEW"
        yield f"Ledger, {rows:,} charges, {'in memory' if kind == 'TABLE' else 'read from Parquet at each question'}"
        frame = _frame(parts)
        with duckdb.connect() as database:
            database.execute(f"CREATE {kind} charges AS SELECT * FROM read_parquet({parts})")
            for name, ours, by_pandas, by_sql in _questions(ledger, frame, database):
                if not by_pandas() == by_sql() == _shape(ours()):
                    raise AssertionError(f"{name}: the three do not agree")
                yield compared(name, ours, {"pandas": by_pandas, "DuckDB SQL": by_sql}, runs)
    with tempfile.TemporaryDirectory() as folder:
        seconds = fill(Path(folder), imported)
        yield line(f"import of {imported:,} FOCUS rows (Parquet)", f"{imported / seconds:,.0f} rows/s")


def _frame(parts: list[str]) -> Any:
    import pyarrow.parquet as parquet

    table = parquet.ParquetDataset(parts, partitioning=None).read(columns=["x_Day", "x_TeamKey", "x_Model", COST])
    frame = table.to_pandas()
    return frame.assign(month=frame["x_Day"].map(lambda day: day.replace(day=1)))


def _questions(ledger: Ledger, frame: Any, database: Any) -> Iterator[tuple[str, Work, Work, Work]]:
    """Each question three ways; each gives the number of groups and the exact total."""
    everyone = Audience()
    months = frame["month"]
    inside = "x_Day >= DATE '2026-10-01' AND x_Day < DATE '2026-11-01'"

    def sql(statement: str) -> Any:
        found = database.execute(statement).fetchall()
        return len(found), sum((row[-1] for row in found), Decimal(0))

    def grouped(table: Any, by: list[str]) -> Any:
        found = table.groupby(by, dropna=False)[COST].sum()
        return len(found), sum(found, Decimal(0))

    def top_by_pandas() -> Any:
        found = frame[months == OCTOBER.start].groupby("x_Model", dropna=False)[COST].sum()
        kept = found.sort_values(ascending=False).head(5)
        return len(kept), sum(kept, Decimal(0))

    def change_by_pandas() -> Any:
        sides = [frame[months == p.start].groupby("x_Model", dropna=False)[COST].sum() for p in (OCTOBER, SEPTEMBER)]
        change = sides[0].sub(sides[1], fill_value=Decimal(0))
        return len(change), sum(change, Decimal(0))

    yield (
        "month x team x model",
        lambda: spend_by(ledger, Scope(), everyone, TODAY, ("month", "team", "model")),
        lambda: grouped(frame, CUBE),
        lambda: sql(
            f"SELECT date_trunc('month', x_Day) AS month, x_TeamKey, x_Model, sum({COST}) FROM charges GROUP BY ALL"
        ),
    )
    yield (
        "change by model, October on September",
        lambda: spend_change(ledger, Scope(OCTOBER), everyone, TODAY, SEPTEMBER, "model"),
        change_by_pandas,
        lambda: sql(
            f"SELECT x_Model, sum(CASE WHEN x_Day >= DATE '2026-10-01' THEN {COST} ELSE -{COST} END) FROM charges "
            "WHERE x_Day >= DATE '2026-09-01' AND x_Day < DATE '2026-11-01' GROUP BY ALL"
        ),
    )
    yield (
        "five largest models in October",
        lambda: spend_by(ledger, Scope(OCTOBER), everyone, TODAY, ("model",), 5),
        top_by_pandas,
        lambda: sql(
            f"SELECT x_Model, sum({COST}) AS cost FROM charges WHERE {inside} GROUP BY ALL ORDER BY 2 DESC LIMIT 5"
        ),
    )


def _shape(result: Any) -> Any:
    """How many groups a result tells of and what they add up to, as the other two say it."""
    rows = result.table.rows
    if result.table.columns[-1] == "Change (%)":
        return len(rows) - 1, rows[-1][-2]
    if len(result.table.columns) == len(CUBE) + 3:
        others = next((row for row in rows if str(row[0]).startswith("others")), None)
        hidden = int(str(others[0])[8:-1]) - 1 if others else 0
        return len(rows) - 1 + hidden, rows[-1][-2]
    named = [row for row in rows if not str(row[0]).startswith(("others", "total"))]
    return len(named), sum((row[-2] for row in named), Decimal(0))
