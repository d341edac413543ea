"""A PostgreSQL database that several processes and machines may share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tools.errors import BadInput

# All writers of Outlay take this lock first: their transactions run one after the other, as on SQLite.
WRITERS = 0x6F75746C6179
WITH_WORDS = ("questions", "shown", "shown_in", "conversations")
SECONDS_TO_CONNECT = 10
MOST_CONNECTIONS = 4


class PostgresDatabase:
    """Every `write` is one transaction under one lock of the whole database. Connections that broke are replaced."""

    def __init__(self, url: str, schema: Sequence[str]) -> None:
        self._pool = open_pool(url)
        with self.write() as db:
            for statement in schema:
                db.execute(statement)

    def close(self) -> None:
        self._pool.close()

    def rewrite(self) -> None:
        """The tables that held words of questions anew, without what was deleted."""
        with self._pool.connection() as connection:
            for table in WITH_WORDS:
                connection.execute(f"VACUUM (FULL) {table}")

    @contextmanager
    def write(self) -> Iterator[_Session]:
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
            yield _Session(connection)

    @contextmanager
    def read(self) -> Iterator[_Session]:
        with self._pool.connection() as connection:
            yield _Session(connection)


class _Session:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        storable = [value.replace("\x00", "") if isinstance(value, str) else value for value in values]
        return self._connection.execute(sql.replace("?", "%s"), storable or None)


def open_pool(url: str, **options: Any) -> Any:
    """Connections in autocommit mode, checked before each use, made when needed. `options` are psycopg's.

    BadInput when psycopg is not installed or the server cannot be reached; it does not show the password.
    """
    try:
        import psycopg
        from psycopg_pool import ConnectionPool
    except ImportError:
        raise BadInput(
            "OUTLAY_DATABASE_URL needs PostgreSQL's packages; install them with: pip install 'outlay[postgres]'."
        ) from None
    try:
        psycopg.connect(url, connect_timeout=SECONDS_TO_CONNECT).close()
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["no answer"])[0].rstrip(".")
        raise BadInput(f"OUTLAY_DATABASE_URL: the database cannot be reached ({why}).") from None
    return ConnectionPool(
        url,
        min_size=0,
        max_size=MOST_CONNECTIONS,
        timeout=SECONDS_TO_CONNECT,
        check=ConnectionPool.check_connection,
        kwargs={"autocommit": True, "prepare_threshold": None, "connect_timeout": SECONDS_TO_CONNECT, **options},
        open=True,
    )
