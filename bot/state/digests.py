"""Which channel has got its digest of which week."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.state.database import Database
from bot.state.questions import Claim

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS digests (
    channel TEXT NOT NULL, week TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL,
    doubtful INTEGER NOT NULL DEFAULT 0, leased_at DOUBLE PRECISION NOT NULL,
    not_before DOUBLE PRECISION NOT NULL DEFAULT 0, ts TEXT, PRIMARY KEY (channel, week))""",
)


class Digests:
    """One post a channel and week, whichever process posts it."""

    _db: Database

    def digest_claim(
        self, channel: str, week: str, now: datetime, stale_after: timedelta = timedelta(minutes=10)
    ) -> Claim | None:
        """Take the one post of `channel` in `week`; None when posted, held, or waiting after a failure."""
        key, at = f"{channel} {week}", now.timestamp()
        with self._db.write() as db:
            row = db.execute(
                "SELECT done, attempts, doubtful, leased_at, not_before FROM digests WHERE channel = ? AND week = ?",
                (channel, week),
            ).fetchone()
            if row is None:
                db.execute(
                    "INSERT INTO digests (channel, week, attempts, doubtful, leased_at) VALUES (?, ?, 1, 1, ?)",
                    (channel, week, at),
                )
                return Claim(key, 1)
            done, attempts, doubtful, leased_at, not_before = row
            if done or at < not_before or at < leased_at + stale_after.total_seconds():
                return None
            db.execute(
                "UPDATE digests SET attempts = ?, doubtful = 1, leased_at = ? WHERE channel = ? AND week = ?",
                (attempts + 1, at, channel, week),
            )
            return Claim(key, attempts + 1, doubtful=bool(doubtful))

    def digest_posted(self, channel: str, week: str, ts: str) -> None:
        with self._db.write() as db:
            db.execute("UPDATE digests SET done = 1, ts = ? WHERE channel = ? AND week = ?", (ts, channel, week))

    def digest_release(self, channel: str, week: str, not_before: datetime, *, doubtful: bool) -> None:
        """The post failed: it may be tried again from `not_before`; `doubtful` when it may have arrived anyway."""
        with self._db.write() as db:
            db.execute(
                "UPDATE digests SET leased_at = 0, not_before = ?, doubtful = ? "
                "WHERE channel = ? AND week = ? AND done = 0",
                (not_before.timestamp(), int(doubtful), channel, week),
            )

    def digest_last(self, channel: str) -> str | None:
        """The latest week whose digest is in the channel."""
        with self._db.read() as db:
            row = db.execute("SELECT max(week) FROM digests WHERE channel = ? AND done = 1", (channel,)).fetchone()
            return None if row is None else row[0]
