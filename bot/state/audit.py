"""The audit log: who asked, when and where, which tools ran, whose data they read. No figures, no question text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.state.database import Database

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS audit (
    at DOUBLE PRECISION NOT NULL, person TEXT, channel TEXT, status TEXT NOT NULL, tools TEXT NOT NULL,
    teams TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS audit_at ON audit (at)",
)
ALL_TEAMS = "(all)"
TOTALS = "(totals)"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`person` None is the operator, `channel` None a direct message or the command line. `teams` are those whose
    spend the tools read: `(all)` for every one, `(totals)` for sums over all, empty when no spend was read."""

    at: datetime
    person: str | None
    channel: str | None
    status: str
    tools: tuple[str, ...]
    teams: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "person": self.person,
            "channel": self.channel,
            "status": self.status,
            "tools": list(self.tools),
            "teams": list(self.teams),
        }


class Audit:
    """Entries are added and read, never changed."""

    _db: Database

    def audit(self, entry: AuditEntry) -> None:
        row = (entry.at.timestamp(), entry.person, entry.channel, entry.status)
        with self._db.write() as db:
            lists = (json.dumps(entry.tools), json.dumps(entry.teams))
            db.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (*row, *lists))

    def audited(self, since: datetime) -> list[AuditEntry]:
        """The entries from `since` on, oldest first, in its time zone."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT at, person, channel, status, tools, teams FROM audit WHERE at >= ? ORDER BY at",
                (since.timestamp(),),
            ).fetchall()
        return [
            AuditEntry(
                datetime.fromtimestamp(at, since.tzinfo), person, channel, status, *map(tuple, map(json.loads, lists))
            )
            for at, person, channel, status, *lists in rows
        ]
