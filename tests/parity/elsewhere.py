"""The ledger's rows in another database, asked by the same expressions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.ledger import VIEW, Ledger, charges
from tools.ledger.storing import store


class Elsewhere(Ledger):
    """A ledger that compiles each query for `backend` and has `fetch` run it there; its rows are those of `home`."""

    def __init__(self, home: Path, backend: Any, fetch: Callable[[str], list[tuple[Any, ...]]]) -> None:
        super().__init__(home)
        self.backend, self.fetch = backend, fetch
        self.asked = 0
        self.known: dict[Any, Any] = {}

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        self.asked += 1
        return self.fetch(str(self.backend.compile(query)))

    def cached(self, key: Any, answer: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = answer()
        return self.known[key]


def on_postgres(home: Path, socket: Path, user: str) -> Elsewhere:
    """The ledger copied row by row into PostgreSQL; tags are JSON there, as ibis has maps."""
    import ibis
    from psycopg.types.json import Jsonb

    backend = ibis.postgres.connect(host=str(socket), user=user, database="postgres")
    backend.con.autocommit = True
    backend.create_table(VIEW, schema=ibis.schema(c.ibis_types()))
    places = ", ".join(["%s"] * len(c.STORED))
    rows = [
        tuple(Jsonb(cell) if isinstance(cell, dict) else cell for cell in row) for row in Ledger(home).rows(charges())
    ]
    with backend.con.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {VIEW} VALUES ({places})", rows)
    return Elsewhere(home, backend, lambda statement: [tuple(row) for row in backend.con.execute(statement).fetchall()])


def on_spark(home: Path, warehouse: Path) -> Elsewhere:
    """The ledger's own Parquet files, read by Spark in this process with its session in UTC."""
    import ibis
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(warehouse),
        "spark.driver.memory": "1g",
    }
    builder = SparkSession.builder.master("local[1]").appName("parity")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    ledger = store.folder(home)
    parts = [str(ledger / part) for part in store.read_manifest(ledger).parts()]
    session.read.parquet(*parts).createOrReplaceTempView(VIEW)
    backend = ibis.pyspark.connect(session)
    return Elsewhere(home, backend, lambda statement: [tuple(row) for row in session.sql(statement).collect()])
