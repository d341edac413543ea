"""Running a sync against loopback servers, and reading what the ledger then holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from tools.ledger import columns as c
from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing import store
from tools.ledger.sync.source import Source
from tools.ledger.sync.syncing import SyncReport, sync

TODAY = date(2026, 11, 23)
SECRET = "sk-test-1f2e3d-do-not-show"


def run(
    home: Path,
    *sources: Source,
    keys: Mapping[str, str],
    today: date = TODAY,
    slept: list[float] | None = None,
    progress: Any = None,
) -> list[SyncReport]:
    waits = slept if slept is not None else []
    return sync(
        home,
        sources,
        today,
        client_factory=lambda: httpx.Client(trust_env=False),
        keys=keys,
        progress=progress,
        sleep=waits.append,
        now=lambda: datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    )


def rows(home: Path, *names: str) -> list[tuple[Any, ...]]:
    """These columns of every row of the ledger, sorted; nothing while it is empty."""
    if not store.read_manifest(store.folder(home)).sources:
        return []
    table = charges()
    found = Ledger(home).rows(table.select(*names))
    return sorted((tuple(_plain(cell) for cell in row) for row in found), key=repr)


def total(home: Path, column: str = c.BILLED_COST) -> Decimal:
    return sum((row[0] for row in rows(home, column)), Decimal(0))


def days_of(ranges: Sequence[tuple[date, date]]) -> int:
    return sum((end - start).days for start, end in ranges)


def _plain(cell: Any) -> Any:
    return cell.normalize() if isinstance(cell, Decimal) else cell
