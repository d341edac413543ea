"""What must survive a restart, in one SQLite file or PostgreSQL database that several processes may share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.state import alerts, audit, costs, digests, questions, shown, streams, threads
from bot.state.alerts import Alerts
from bot.state.audit import Audit, AuditEntry
from bot.state.costs import Costs, forget_calls
from bot.state.database import open_database
from bot.state.digests import Digests
from bot.state.questions import Claim, Questions, forget_questions
from bot.state.shown import Shown, forget_shown
from bot.state.streams import Streams, forget_streams
from bot.state.threads import Threads, forget_threads

__all__ = ["AuditEntry", "Claim", "State"]

SCHEMA = (
    *(*questions.SCHEMA, *digests.SCHEMA, *threads.SCHEMA, *audit.SCHEMA, *costs.SCHEMA),
    *(*streams.SCHEMA, *shown.SCHEMA, *alerts.SCHEMA),
)


class State(Questions, Digests, Threads, Audit, Costs, Streams, Shown, Alerts):
    """Safe from several threads and several processes. `where` is a path or a postgresql:// URL; times are aware
    datetimes given by the caller. BadInput when it cannot be opened."""

    def __init__(self, where: Path | str) -> None:
        self._db = open_database(where, SCHEMA)

    def close(self) -> None:
        self._db.close()

    def forget(self, before: datetime) -> None:
        """Drop answered questions, threads, feedback and single model calls older than `before`; the audit log, the
        digests and the months' model costs stay."""
        at = before.timestamp()
        with self._db.write() as db:
            forget_questions(db, at)
            forget_threads(db, at)
            forget_calls(db, at)
            forget_streams(db, at)
            forget_shown(db, at)
