"""What was worked out for an answer with tables, so that its tables can be made again: the calls, and no figure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.state.database import Database, Session

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS shown (
    key TEXT PRIMARY KEY, today TEXT NOT NULL, calls TEXT NOT NULL,
    at DOUBLE PRECISION NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS shown_in (key TEXT PRIMARY KEY, thread TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS shown_in_thread ON shown_in (thread)",
)


@dataclass(frozen=True, slots=True)
class Worked:
    """The calls of one answer, each a tool's name and its arguments as JSON has them. `today` is the asker's date."""

    today: date
    calls: tuple[tuple[str, Mapping[str, Any]], ...]


class Shown:
    _db: Database

    def keep_worked(
        self, key: str, today: date, calls: Sequence[tuple[str, Any]], now: datetime, thread: str = ""
    ) -> None:
        """Remember how the answer `key` was worked out, as long as the conversation `thread` is remembered; what cannot
        be told as JSON is not kept."""
        row = (key, today.isoformat(), json.dumps(calls, default=str, ensure_ascii=False), now.timestamp())
        with self._db.write() as db:
            db.execute(
                "INSERT INTO shown VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " today = excluded.today, calls = excluded.calls, at = excluded.at",
                row,
            )
            if thread:
                db.execute("INSERT INTO shown_in VALUES (?, ?) ON CONFLICT DO NOTHING", (key, thread))

    def worked(self, key: str) -> Worked | None:
        with self._db.read() as db:
            row = db.execute("SELECT today, calls FROM shown WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        today, calls = row
        return Worked(date.fromisoformat(today), tuple((name, args) for name, args in json.loads(calls)))


def forget_shown(db: Session, before: float) -> None:
    db.execute("DELETE FROM shown_in WHERE key IN (SELECT key FROM shown WHERE at < ?)", (before,))
    db.execute("DELETE FROM shown WHERE at < ?", (before,))


def forget_shown_in(db: Session, thread: str) -> None:
    """What was worked out for the answers of one conversation."""
    db.execute("DELETE FROM shown WHERE key IN (SELECT key FROM shown_in WHERE thread = ?)", (thread,))
    db.execute("DELETE FROM shown_in WHERE thread = ?", (thread,))
