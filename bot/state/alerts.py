"""What a channel has been alerted to. One process at a time tells a channel, and writes here first what it is about to
tell, so that whoever comes after it can look whether that arrived."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.state.database import Database

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS alerting (
    channel TEXT PRIMARY KEY, turn INTEGER NOT NULL, leased_at DOUBLE PRECISION NOT NULL,
    not_before DOUBLE PRECISION NOT NULL DEFAULT 0, mark TEXT NOT NULL DEFAULT '', keys TEXT NOT NULL DEFAULT '[]')""",
    """CREATE TABLE IF NOT EXISTS alerts_told (
    channel TEXT NOT NULL, key TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, PRIMARY KEY (channel, key))""",
)
LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Telling:
    """This process may alert `channel`. `told` are the keys told already. `mark` and `keys` are of a message that an
    earlier holder may or may not have posted; `mark` is empty where there is none."""

    channel: str
    turn: int
    told: frozenset[str]
    mark: str = ""
    keys: tuple[str, ...] = ()


class Alerts:
    _db: Database

    def alerts_begin(self, channel: str, now: datetime, stale_after: timedelta = LEASE) -> Telling | None:
        """Take the channel; None while another holds it, or while a failure is waited out."""
        at = now.timestamp()
        with self._db.write() as db:
            query = "SELECT turn, leased_at, not_before, mark, keys FROM alerting WHERE channel = ?"
            row = db.execute(query, (channel,)).fetchone()
            if row is None:
                db.execute("INSERT INTO alerting (channel, turn, leased_at) VALUES (?, 1, ?)", (channel, at))
                turn, mark, keys = 1, "", "[]"
            else:
                turn, leased_at, not_before, mark, keys = row
                if at < not_before or at < leased_at + stale_after.total_seconds():
                    return None
                turn += 1
                db.execute("UPDATE alerting SET turn = ?, leased_at = ? WHERE channel = ?", (turn, at, channel))
            told = db.execute("SELECT key FROM alerts_told WHERE channel = ?", (channel,)).fetchall()
        return Telling(channel, turn, frozenset(key for (key,) in told), mark, tuple(json.loads(keys)))

    def alerts_posting(self, telling: Telling, mark: str, keys: Collection[str]) -> bool:
        """Say that a message with this mark is about to be posted; False when the channel has passed to another."""
        with self._db.write() as db:
            query = "UPDATE alerting SET mark = ?, keys = ? WHERE channel = ? AND turn = ?"
            row = (mark, json.dumps(list(keys)), telling.channel, telling.turn)
            return db.execute(query, row).rowcount == 1

    def alerts_told(self, telling: Telling, keys: Collection[str], now: datetime) -> None:
        """The keys are told for good, and nothing is under way any more."""
        with self._db.write() as db:
            for key in keys:
                row = (telling.channel, key, now.timestamp())
                db.execute("INSERT INTO alerts_told VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
            query = "UPDATE alerting SET mark = '', keys = '[]' WHERE channel = ? AND turn = ?"
            db.execute(query, (telling.channel, telling.turn))

    def alerts_end(self, telling: Telling, not_before: datetime | None = None) -> None:
        """Give the channel back; it may be taken again at once, or from `not_before`."""
        with self._db.write() as db:
            query = "UPDATE alerting SET leased_at = 0, not_before = ? WHERE channel = ? AND turn = ?"
            wait = not_before.timestamp() if not_before else 0.0
            db.execute(query, (wait, telling.channel, telling.turn))
