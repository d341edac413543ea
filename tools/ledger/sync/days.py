"""Which days of which source are done: `<home>/ledger/sync.json`, the cursor that makes a broken sync resume."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from tools.errors import BadInput
from tools.period import Period

FILE = "sync.json"
VERSION = 1
PROVISIONAL_DAYS = 3
"""The last days that are always pulled again: providers still add to them."""

State = Literal["final", "provisional"]
Days = Mapping[date, State]


def read_days(ledger: Path, source: str) -> dict[date, State]:
    """The days that were pulled of a source; none before its first sync. BadInput when the file is damaged."""
    found = _read(ledger).get(source, {})
    try:
        return {date.fromisoformat(day): _state(state) for day, state in found.items()}
    except (ValueError, AttributeError):
        raise _damaged(ledger) from None


def write_days(ledger: Path, source: str, days: Days) -> None:
    """Puts the source's days in place of its former ones, by an atomic rename."""
    every = {**_read(ledger), source: {day.isoformat(): days[day] for day in sorted(days)}}
    ledger.mkdir(parents=True, exist_ok=True)
    fresh = ledger / (FILE + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"version": VERSION, "sources": every}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(ledger / FILE)


def due(days: Days, first: date, today: date, most: int) -> list[Period]:
    """Spans of at most `most` days, oldest first, that are not final: complete UTC days from `first` to yesterday."""
    spans: list[Period] = []
    day = first
    while day < today:
        if days.get(day) != "final":
            last = spans[-1] if spans else None
            if last and last.end == day and last.days < most:
                spans[-1] = Period(last.start, day + timedelta(1))
            else:
                spans.append(Period(day, day + timedelta(1)))
        day += timedelta(1)
    return spans


def marked(days: Days, pulled: Iterable[date], provisional: frozenset[date], today: date) -> dict[date, State]:
    """`days` with the pulled ones in it: provisional within the last three days, or where the provider says so."""
    settled = today - timedelta(PROVISIONAL_DAYS)
    return {
        **days,
        **{day: "provisional" if day >= settled or day in provisional else "final" for day in pulled},
    }


def _read(ledger: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads((ledger / FILE).read_text(encoding="utf-8"))
        if found["version"] != VERSION or not isinstance(found["sources"], dict):
            raise _damaged(ledger)
        sources: dict[str, dict[str, str]] = found["sources"]
        return sources
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        raise _damaged(ledger) from None


def _state(found: str) -> State:
    if found == "final":
        return "final"
    if found == "provisional":
        return "provisional"
    raise ValueError(found)


def _damaged(ledger: Path) -> BadInput:
    return BadInput("The record of what was synced is damaged; remove it to sync again.", file=str(ledger / FILE))
