"""Which message an answer is being streamed into, so that another process can finish it."""

from __future__ import annotations

from datetime import datetime

from bot.state.database import Database, Session

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS streams (
    key TEXT PRIMARY KEY, ts TEXT NOT NULL, at DOUBLE PRECISION NOT NULL)""",
)


class Streams:
    """One stream a question; the last one opened counts."""

    _db: Database

    def stream_opened(self, key: str, ts: str, now: datetime) -> None:
        with self._db.write() as db:
            db.execute(
                "INSERT INTO streams VALUES (?, ?, ?) ON CONFLICT (key) "
                "DO UPDATE SET ts = excluded.ts, at = excluded.at",
                (key, ts, now.timestamp()),
            )

    def stream_of(self, key: str) -> str:
        """The ts of the message; empty where none was opened."""
        with self._db.read() as db:
            row = db.execute("SELECT ts FROM streams WHERE key = ?", (key,)).fetchone()
            return "" if row is None else str(row[0])


def forget_streams(db: Session, before: float) -> None:
    db.execute("DELETE FROM streams WHERE at < ?", (before,))
