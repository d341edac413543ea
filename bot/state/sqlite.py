"""One SQLite file that several processes may share; what is deleted is overwritten."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.errors import BadInput


class SqliteDatabase:
    """Every `write` is one immediate transaction. The file can be read by its owner only; None is none at all."""

    def __init__(self, path: Path | None, schema: Sequence[str]) -> None:
        self._db = connect(path) if path else sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._lock = threading.RLock()
        with self.write() as db:
            for statement in schema:
                db.execute(statement)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def rewrite(self) -> None:
        """The file anew without what was deleted, and its log empty."""
        with self._lock:
            vacuum(self._db)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits up to ten seconds for other processes and overwrites what it deletes; BadInput when the
    file cannot be opened."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA busy_timeout=10000")
        _use_wal(db)
        db.execute("PRAGMA secure_delete=ON")
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(f"The file cannot be opened ({why}).", file=str(path)) from error
    return db


def vacuum(db: sqlite3.Connection) -> None:
    """Rewrite the file without what was deleted, its log too. Another process that is reading at this moment keeps it
    from being rewritten; what was deleted is overwritten all the same."""
    for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        try:
            db.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise


def _use_wal(db: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite does not wait for another process that turns it on in the same moment, so
    this tries again for up to about five seconds."""
    for attempt in range(50):
        try:
            db.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.1)
