"""Which questions are being answered, by whom, and which are done: none is lost, none answered twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.state.database import Database, Session

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS questions (
    key TEXT PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL,
    leased_at DOUBLE PRECISION NOT NULL, payload TEXT NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS question_names (name TEXT PRIMARY KEY, key TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS questions_unfinished ON questions (leased_at) WHERE done = 0",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A question or digest that this process holds. `attempt` is 1 the first time; `doubtful` says that an earlier
    holder stopped without saying whether it had posted, so what is in the channel must be looked at first."""

    key: str
    attempt: int
    payload: str = ""
    doubtful: bool = False


class Questions:
    """A claim is a lease: `renew` it while working, `finish` it when the answer is posted, `release` it when the work
    was not done."""

    _db: Database

    def claim(
        self, key: str, now: datetime, stale_after: timedelta, *, payload: str = "", names: Sequence[str] = ()
    ) -> Claim | None:
        """Take `key` for this process; None when it is answered, or held by a live lease. `names` are other names of
        the same question (an event id): whichever was seen first decides. `payload` is kept until it is finished."""
        with self._db.write() as db:
            known = _known(db, (key, *names))
            for name in (key, *names):
                db.execute("INSERT INTO question_names VALUES (?, ?) ON CONFLICT DO NOTHING", (name, known or key))
            if known is None:
                db.execute("INSERT INTO questions VALUES (?, 0, 1, ?, ?)", (key, now.timestamp(), payload))
                return Claim(key, 1, payload)
            return _take(db, known, now, stale_after)

    def unfinished(self, now: datetime, stale_after: timedelta) -> list[Claim]:
        """Take every question whose holder has let its lease run out, oldest first."""
        with self._db.write() as db:
            keys = db.execute(
                "SELECT key FROM questions WHERE done = 0 AND leased_at <= ? ORDER BY leased_at, key",
                ((now - stale_after).timestamp(),),
            ).fetchall()
            return [claim for (key,) in keys if (claim := _take(db, key, now, stale_after))]

    def renew(self, claim: Claim, now: datetime) -> bool:
        """Say that the holder of `claim` is alive and working; False when the claim has passed to another."""
        with self._db.write() as db:
            query = "UPDATE questions SET leased_at = ? WHERE key = ? AND attempts = ? AND done = 0"
            return db.execute(query, (now.timestamp(), claim.key, claim.attempt)).rowcount == 1

    def release(self, key: str) -> None:
        """Give `key` back undone: the next `claim` or `unfinished` takes it at once."""
        with self._db.write() as db:
            db.execute("UPDATE questions SET leased_at = 0 WHERE key = ? AND done = 0", (key,))

    def finish(self, key: str) -> None:
        """`key` is answered for good; the text of the question is forgotten."""
        with self._db.write() as db:
            db.execute("UPDATE questions SET done = 1, payload = '' WHERE key = ?", (key,))


def forget_questions(db: Session, before: float) -> None:
    answered = "SELECT key FROM questions WHERE done = 1 AND leased_at < ?"
    db.execute(f"DELETE FROM question_names WHERE key IN ({answered})", (before,))
    db.execute("DELETE FROM questions WHERE done = 1 AND leased_at < ?", (before,))


def _known(db: Session, names: Sequence[str]) -> str | None:
    marks = ", ".join("?" * len(names))
    row = db.execute(f"SELECT key FROM question_names WHERE name IN ({marks})", tuple(names)).fetchone()
    return None if row is None else str(row[0])


def _take(db: Session, key: str, now: datetime, stale_after: timedelta) -> Claim | None:
    done, attempts, leased_at, payload = db.execute(
        "SELECT done, attempts, leased_at, payload FROM questions WHERE key = ?", (key,)
    ).fetchone()
    if done or now.timestamp() < leased_at + stale_after.total_seconds():
        return None
    taken = (attempts + 1, now.timestamp(), key)
    db.execute("UPDATE questions SET attempts = ?, leased_at = ? WHERE key = ?", taken)
    return Claim(key, attempts + 1, payload, doubtful=True)
