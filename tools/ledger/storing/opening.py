"""A DuckDB connection over the ledger's files, with the allocation rules applied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.storing.allocation import Rule

VIEW = "charges"


def connected(
    folder: Path, parts: Sequence[str], rules: Sequence[Rule], *, in_memory: bool, by_part: bool = False
) -> Any:
    """A connection whose `charges` are the rows of these files, relative to `folder`: a table in memory, or a view that
    reads the files at each query. With `by_part`, `x_Source` is the path of the file that holds a row. A column that
    the files of an older ledger lack is unknown there."""
    import duckdb

    from tools.ledger.storing.allocating import allocate

    database = duckdb.connect(":memory:", config={"preserve_insertion_order": "false", "memory_limit": "1GB"})
    database.execute("SET TimeZone = 'UTC'")
    source = f"read_parquet([{', '.join(map(quoted, (folder / part for part in parts)))}], union_by_name = true"
    source += f", hive_partitioning = false{', filename = true' if by_part else ''})"
    there = {column[0] for column in database.execute(f"SELECT * FROM {source} LIMIT 0").description}
    chosen = {name: name if name in there else f"NULL::VARCHAR AS {name}" for name in c.STORED}
    if by_part:
        chosen[c.X_SOURCE] = f"filename AS {c.X_SOURCE}"
    kind = "TABLE" if in_memory else "VIEW"
    database.execute(f"CREATE {kind} {VIEW} AS SELECT {', '.join(chosen.values())} FROM {source}")
    allocate(database, rules, kind)
    return database


def quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
