"""Which threads Outlay takes part in, which conversations it remembers, and what people thought of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.state.database import Database, Session
from bot.state.shown import forget_shown_in

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS threads (
    channel TEXT NOT NULL, thread_ts TEXT NOT NULL, joined_at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (channel, thread_ts))""",
    """CREATE TABLE IF NOT EXISTS feedback (
    key TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (key, person))""",
    """CREATE TABLE IF NOT EXISTS conversations (
    key TEXT PRIMARY KEY, thread TEXT NOT NULL, used_at DOUBLE PRECISION NOT NULL)""",
)


class Threads:
    _db: Database

    def thread_joined(self, channel: str, thread_ts: str, now: datetime) -> None:
        with self._db.write() as db:
            row = (channel, thread_ts, now.timestamp())
            db.execute("INSERT INTO threads VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)

    def is_in_thread(self, channel: str, thread_ts: str) -> bool:
        with self._db.read() as db:
            query = "SELECT 1 FROM threads WHERE channel = ? AND thread_ts = ?"
            return db.execute(query, (channel, thread_ts)).fetchone() is not None

    def record_feedback(self, key: str, person: str, verdict: str, now: datetime) -> None:
        """The last verdict of a person on an answer counts."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?) ON CONFLICT (key, person) "
                "DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
                (key, person, verdict, now.timestamp()),
            )

    def feedback(self) -> list[tuple[str, str, str]]:
        """Each (key, person, verdict), oldest first."""
        with self._db.read() as db:
            return [tuple(row) for row in db.execute("SELECT key, person, verdict FROM feedback ORDER BY at")]

    def conversation_used(self, key: str, thread: str, now: datetime) -> None:
        """Something of `thread` is remembered under `key`, one of the views that it is held with."""
        with self._db.write() as db:
            db.execute(
                "INSERT INTO conversations VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET used_at = excluded.used_at",
                (key, thread, now.timestamp()),
            )

    def conversations(self, *, thread: str | None = None, before: datetime | None = None) -> list[str]:
        """The keys of all conversations, of one thread, or of those not used since `before`."""
        with self._db.read() as db:
            if thread is not None:
                rows = db.execute("SELECT key FROM conversations WHERE thread = ?", (thread,))
            elif before is not None:
                rows = db.execute("SELECT key FROM conversations WHERE used_at < ?", (before.timestamp(),))
            else:
                rows = db.execute("SELECT key FROM conversations")
            return [str(key) for (key,) in rows.fetchall()]

    def conversations_forgotten(self, keys: Sequence[str], thread: str | None = None) -> None:
        """Drop these views; with the last view of a conversation, and with `thread`, what its answers rested on."""
        with self._db.write() as db:
            ended = {thread} if thread is not None else set[str]()
            for key in keys:
                row = db.execute("SELECT thread FROM conversations WHERE key = ?", (key,)).fetchone()
                db.execute("DELETE FROM conversations WHERE key = ?", (key,))
                others = "SELECT 1 FROM conversations WHERE thread = ?"
                if row is not None and db.execute(others, (str(row[0]),)).fetchone() is None:
                    ended.add(str(row[0]))
            for name in ended:
                forget_shown_in(db, name)
        self._db.rewrite()


def forget_threads(db: Session, before: float) -> None:
    db.execute("DELETE FROM threads WHERE joined_at < ?", (before,))
    db.execute("DELETE FROM feedback WHERE at < ?", (before,))
