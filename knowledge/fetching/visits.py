"""What is remembered of every address that was visited: validators, failures, and when to come again."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, checked_at TEXT NOT NULL,
    next_at TEXT NOT NULL, minutes REAL NOT NULL, failures INTEGER NOT NULL, error TEXT NOT NULL);
"""
FIRST = 6 * 60.0
SHORTEST = 30.0
LONGEST = 7 * 24 * 60.0
LONGEST_AFTER_FAILURE = 24 * 60.0


@dataclass(frozen=True, slots=True)
class Visit:
    """`minutes` is the interval in use; times are UTC. `error` is the sentence of the last failure, empty after a
    success; `failures` counts those since the last success."""

    url: str
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None
    next_at: datetime | None = None
    minutes: float = FIRST
    failures: int = 0
    error: str = ""

    def is_due(self, now: datetime) -> bool:
        return self.next_at is None or self.next_at <= now


def after_success(visit: Visit, now: datetime, changed: bool, etag: str = "", last_modified: str = "") -> Visit:
    """What changed is looked at twice as often from now on, what did not half as often again."""
    minutes = min(max(visit.minutes * (0.5 if changed else 1.5), SHORTEST), LONGEST)
    return replace(
        visit,
        etag=etag,
        last_modified=last_modified,
        checked_at=now,
        next_at=now + timedelta(minutes=minutes),
        minutes=minutes,
        failures=0,
        error="",
    )


def after_failure(visit: Visit, now: datetime, error: str) -> Visit:
    """Half an hour after the first failure, then twice as long each time, a day at most."""
    failures = visit.failures + 1
    wait = min(SHORTEST * 2.0 ** (failures - 1), LONGEST_AFTER_FAILURE)
    return replace(visit, checked_at=now, next_at=now + timedelta(minutes=wait), failures=failures, error=error)


class Visits:
    """Kept in the registry's own file, beside what is stored. Threads may share it."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, timeout=10, check_same_thread=False)
        self._lock = threading.Lock()
        with self._db:
            self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def of(self, url: str) -> Visit:
        """An empty one where the address was never visited."""
        with self._lock:
            row = self._db.execute("SELECT * FROM visits WHERE url = ?", (url,)).fetchone()
        if row is None:
            return Visit(url)
        _, etag, modified, checked, following, minutes, failures, error = row
        return Visit(
            url,
            etag,
            modified,
            datetime.fromisoformat(checked),
            datetime.fromisoformat(following),
            minutes,
            failures,
            error,
        )

    def record(self, visits: Iterable[Visit]) -> None:
        with self._lock, self._db:
            for one in visits:
                if one.checked_at is None or one.next_at is None:
                    continue
                row = (
                    one.url,
                    one.etag,
                    one.last_modified,
                    one.checked_at.isoformat(),
                    one.next_at.isoformat(),
                    one.minutes,
                    one.failures,
                    one.error,
                )
                self._db.execute("INSERT OR REPLACE INTO visits VALUES (?,?,?,?,?,?,?,?)", row)

    def forget(self, urls: Iterable[str]) -> None:
        with self._lock, self._db:
            self._db.executemany("DELETE FROM visits WHERE url = ?", [(url,) for url in urls])
