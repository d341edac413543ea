"""Where what must survive a restart is kept: one SQLite file, or a PostgreSQL database by URL. One SQL for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

MEMORY = ":memory:"
POSTGRES = ("postgresql://", "postgres://")


class Rows(Protocol):
    """What a statement gave; `rowcount` is how many rows it changed."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Session(Protocol):
    """Statements mark their values with `?`."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Rows: ...


class Database(Protocol):
    """Safe from several threads and processes: of all `write` blocks one runs at a time, whole or not at all."""

    def write(self) -> AbstractContextManager[Session]: ...

    def read(self) -> AbstractContextManager[Session]: ...

    def rewrite(self) -> None:
        """Write the storage anew without what was deleted."""

    def close(self) -> None: ...


def is_postgres(where: Path | str) -> bool:
    return isinstance(where, str) and where.startswith(POSTGRES)


def open_database(where: Path | str, schema: Sequence[str]) -> Database:
    """The SQLite file at a path, the PostgreSQL database at a URL, or `:memory:`, with the tables of `schema` made
    where missing.

    BadInput when it cannot be opened.
    """
    if isinstance(where, str) and is_postgres(where):
        from bot.state.postgres import PostgresDatabase

        return PostgresDatabase(where, schema)
    from bot.state.sqlite import SqliteDatabase

    return SqliteDatabase(None if where == MEMORY else Path(where), schema)
