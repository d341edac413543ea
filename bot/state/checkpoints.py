"""The LangGraph checkpointer that keeps conversations: an SQLite file, or the PostgreSQL database of a URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.state.database import is_postgres
from bot.state.postgres import open_pool
from bot.state.sqlite import connect, vacuum

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

KEEP_LATEST = (
    "DELETE FROM checkpoints WHERE thread_id = ?1 AND checkpoint_id < "
    "(SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?1)",
    "DELETE FROM writes WHERE thread_id = ?1 AND checkpoint_id NOT IN "
    "(SELECT checkpoint_id FROM checkpoints WHERE thread_id = ?1)",
)
SETTING_UP = 0x6F75746C617A
TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """`keep_latest(key)` drops all but the last checkpoint of a thread; `erase(keys)` deletes threads and rewrites the
    storage without them. Backups and a server's own archive of its log are out of its reach."""

    saver: BaseCheckpointSaver[Any]
    keep_latest: Callable[[str], None]
    erase: Callable[[Sequence[str]], None]


@contextmanager
def open_checkpoints(where: Path | str) -> Iterator[Checkpoints]:
    """BadInput when the file or the database cannot be opened."""
    if isinstance(where, str) and is_postgres(where):
        with _on_postgres(where) as opened:
            yield opened
        return
    connection = connect(Path(where))
    connection.isolation_level = "DEFERRED"
    try:
        yield in_sqlite(connection)
    finally:
        connection.close()


def in_sqlite(connection: sqlite3.Connection) -> Checkpoints:
    from langgraph.checkpoint.sqlite import SqliteSaver

    saver = SqliteSaver(connection)

    def keep_latest(key: str) -> None:
        with saver.cursor() as cursor:
            for statement in KEEP_LATEST:
                cursor.execute(statement, (key,))

    def erase(keys: Sequence[str]) -> None:
        for key in keys:
            saver.delete_thread(key)
        with saver.lock:
            vacuum(connection)

    return Checkpoints(saver, keep_latest, erase)


@contextmanager
def _on_postgres(url: str) -> Iterator[Checkpoints]:
    from langgraph.checkpoint.postgres import PostgresSaver
    from psycopg.rows import dict_row

    pool = open_pool(url, row_factory=dict_row)
    try:
        saver = PostgresSaver(pool)
        with pool.connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (SETTING_UP,))
            try:
                saver.setup()
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (SETTING_UP,))

        def erase(keys: Sequence[str]) -> None:
            saver.prune(list(keys), strategy="delete")
            with pool.connection() as connection:
                for table in TABLES:
                    connection.execute(f"VACUUM (FULL) {table}")

        yield Checkpoints(saver, lambda key: saver.prune([key]), erase)
    finally:
        pool.close()
