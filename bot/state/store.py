"""What must survive a restart, in one SQLite file that several processes may share."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS questions (
    key TEXT PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL, leased_at REAL NOT NULL,
    payload TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS question_names (name TEXT PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS digests (
    channel TEXT NOT NULL, week TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL,
    doubtful INTEGER NOT NULL DEFAULT 0, leased_at REAL NOT NULL, not_before REAL NOT NULL DEFAULT 0, ts TEXT,
    PRIMARY KEY (channel, week));
CREATE TABLE IF NOT EXISTS threads (
    channel TEXT NOT NULL, thread_ts TEXT NOT NULL, joined_at REAL NOT NULL, PRIMARY KEY (channel, thread_ts));
CREATE TABLE IF NOT EXISTS feedback (
    key TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (key, person));
CREATE TABLE IF NOT EXISTS audit (
    at REAL NOT NULL, person TEXT, channel TEXT, status TEXT NOT NULL, tools TEXT NOT NULL, teams TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS questions_open ON questions (leased_at) WHERE NOT done;
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A question or digest that this process holds. `attempt` is 1 the first time; `doubtful` says that an earlier
    holder stopped without saying whether it had posted, so what is in the channel must be looked at first."""

    key: str
    attempt: int
    payload: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who asked, when and where, which tools ran and whose data they could reach. No figures, no question text."""

    at: datetime
    person: str | None
    channel: str | None
    status: str
    tools: tuple[str, ...]
    teams: tuple[str, ...]


class State:
    """Safe from several threads and several processes: every claim is one immediate transaction.

    Times are aware datetimes given by the caller. A claim is a lease: `renew` it while working, `finish` it when the
    answer is posted, `release` it when the work was not done.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        self._lock = threading.RLock()
        self._db.execute("PRAGMA busy_timeout=10000")
        _use_wal(self._db)
        self._db.execute("PRAGMA secure_delete=ON")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    # Questions

    def claim(
        self, key: str, now: datetime, stale_after: timedelta, *, payload: str = "", names: Sequence[str] = ()
    ) -> Claim | None:
        """Take `key` for this process; None when it is answered, or held by a live lease. `names` are other names of
        the same question (an event id): whichever was seen first decides. `payload` is kept until it is finished."""
        with self._write() as db:
            known = self._known(db, (key, *names))
            for name in (key, *names):
                db.execute("INSERT OR IGNORE INTO question_names VALUES (?, ?)", (name, known or key))
            if known is None:
                db.execute("INSERT INTO questions VALUES (?, 0, 1, ?, ?)", (key, now.timestamp(), payload))
                return Claim(key, 1, payload)
            return self._take(db, known, now, stale_after)

    def unfinished(self, now: datetime, stale_after: timedelta) -> list[Claim]:
        """Take every question whose holder has let its lease run out, oldest first."""
        with self._write() as db:
            keys = [
                key
                for (key,) in db.execute(
                    "SELECT key FROM questions WHERE NOT done AND leased_at <= ? ORDER BY leased_at, key",
                    ((now - stale_after).timestamp(),),
                )
            ]
            return [claim for key in keys if (claim := self._take(db, key, now, stale_after))]

    def renew(self, claim: Claim, now: datetime) -> bool:
        """Say that the holder of `claim` is alive and working; False when the claim has passed to another."""
        with self._write() as db:
            query = "UPDATE questions SET leased_at = ? WHERE key = ? AND attempts = ? AND NOT done"
            return db.execute(query, (now.timestamp(), claim.key, claim.attempt)).rowcount == 1

    def release(self, key: str) -> None:
        """Give `key` back undone: the next `claim` or `unfinished` takes it at once."""
        with self._write() as db:
            db.execute("UPDATE questions SET leased_at = 0 WHERE key = ? AND NOT done", (key,))

    def finish(self, key: str) -> None:
        """`key` is answered for good; the text of the question is forgotten."""
        with self._write() as db:
            db.execute("UPDATE questions SET done = 1, payload = '' WHERE key = ?", (key,))

    # Digests

    def digest_claim(
        self, channel: str, week: str, now: datetime, stale_after: timedelta = timedelta(minutes=10)
    ) -> Claim | None:
        """Take the one post of `channel` in `week`; None when posted, held, or waiting after a failure."""
        key, at = f"{channel} {week}", now.timestamp()
        with self._write() as db:
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
        with self._write() as db:
            db.execute("UPDATE digests SET done = 1, ts = ? WHERE channel = ? AND week = ?", (ts, channel, week))

    def digest_release(self, channel: str, week: str, not_before: datetime, *, doubtful: bool) -> None:
        """The post failed: it may be tried again from `not_before`; `doubtful` when it may have arrived anyway."""
        with self._write() as db:
            db.execute(
                "UPDATE digests SET leased_at = 0, not_before = ?, doubtful = ? "
                "WHERE channel = ? AND week = ? AND NOT done",
                (not_before.timestamp(), int(doubtful), channel, week),
            )

    def digest_last(self, channel: str) -> str | None:
        """The latest week whose digest is in the channel."""
        with self._read() as db:
            row = db.execute("SELECT max(week) FROM digests WHERE channel = ? AND done", (channel,)).fetchone()
            return None if row is None else row[0]

    # Threads, feedback, audit

    def thread_joined(self, channel: str, thread_ts: str, now: datetime) -> None:
        with self._write() as db:
            db.execute("INSERT OR IGNORE INTO threads VALUES (?, ?, ?)", (channel, thread_ts, now.timestamp()))

    def is_in_thread(self, channel: str, thread_ts: str) -> bool:
        with self._read() as db:
            query = "SELECT 1 FROM threads WHERE channel = ? AND thread_ts = ?"
            return db.execute(query, (channel, thread_ts)).fetchone() is not None

    def record_feedback(self, key: str, person: str, verdict: str, now: datetime) -> None:
        """The last verdict of a person on an answer counts."""
        with self._write() as db:
            db.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", (key, person, verdict, now.timestamp()))

    def feedback(self) -> list[tuple[str, str, str]]:
        """Each (key, person, verdict), oldest first."""
        with self._read() as db:
            return list(db.execute("SELECT key, person, verdict FROM feedback ORDER BY at"))

    def audit(self, entry: AuditEntry) -> None:
        row = (entry.at.timestamp(), entry.person, entry.channel, entry.status)
        with self._write() as db:
            lists = (json.dumps(entry.tools), json.dumps(entry.teams))
            db.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (*row, *lists))

    def audited(self, since: datetime) -> list[AuditEntry]:
        with self._read() as db:
            rows = db.execute("SELECT * FROM audit WHERE at >= ? ORDER BY at, rowid", (since.timestamp(),)).fetchall()
        return [
            AuditEntry(
                datetime.fromtimestamp(at, since.tzinfo), person, channel, status, *map(tuple, map(json.loads, lists))
            )
            for at, person, channel, status, *lists in rows
        ]

    def forget(self, before: datetime) -> None:
        """Drop answered questions, threads and feedback older than `before`; the audit log and the digests stay."""
        at = before.timestamp()
        with self._write() as db:
            db.execute(
                "DELETE FROM question_names WHERE key IN (SELECT key FROM questions WHERE done AND leased_at < ?)",
                (at,),
            )
            db.execute("DELETE FROM questions WHERE done AND leased_at < ?", (at,))
            db.execute("DELETE FROM threads WHERE joined_at < ?", (at,))
            db.execute("DELETE FROM feedback WHERE at < ?", (at,))

    @staticmethod
    def _known(db: sqlite3.Connection, names: Sequence[str]) -> str | None:
        marks = ", ".join("?" * len(names))
        row = db.execute(f"SELECT key FROM question_names WHERE name IN ({marks})", tuple(names)).fetchone()
        return None if row is None else str(row[0])

    @staticmethod
    def _take(db: sqlite3.Connection, key: str, now: datetime, stale_after: timedelta) -> Claim | None:
        done, attempts, leased_at, payload = db.execute(
            "SELECT done, attempts, leased_at, payload FROM questions WHERE key = ?", (key,)
        ).fetchone()
        if done or now.timestamp() < leased_at + stale_after.total_seconds():
            return None
        taken = (attempts + 1, now.timestamp(), key)
        db.execute("UPDATE questions SET attempts = ?, leased_at = ? WHERE key = ?", taken)
        return Claim(key, attempts + 1, payload, doubtful=True)

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db


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
