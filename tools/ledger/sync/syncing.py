"""Spend pulled from the providers' own cost APIs into the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.errors import ToolError
from tools.ledger.storing import store
from tools.ledger.sync.api import Api, checked_address
from tools.ledger.sync.days import State, due, marked, read_days, write_days
from tools.ledger.sync.into_ledger import Stored, Sums, imported_days, left_as_imported, replace_days
from tools.ledger.sync.kinds import kind_named
from tools.ledger.sync.source import Kind, Pulled, Source, SyncFailed, each_day
from tools.money import plain
from tools.period import Period, months_after

if TYPE_CHECKING:
    import httpx

FIRST_MONTHS = 2
"""A first sync without `since` begins with the first day of the month this many months ago."""
Progress = Callable[[str, int, int], None]
"""Called with a source's name, the days of it done so far, and the days there are to do."""

Step = tuple[Pulled, Stored, list[date], int]
"""What was pulled, how it was stored, the days it stands for, and how many of them are provisional."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one source gave. Days are inclusive and None where nothing was pulled. `sums` is currency -> (billed,
    effective) of the rows pulled now; `provisional` says on how many days of them the provider may still change them.
    With `failure` set, the days pulled before it are stored, and the next sync goes on from there."""

    source: str
    title: str
    rows: int = 0
    replaced: int = 0
    first_day: date | None = None
    last_day: date | None = None
    sums: Sums | None = None
    provisional: int = 0
    notes: tuple[str, ...] = ()
    failure: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "rows": self.rows,
            "replaced": self.replaced,
            "from": self.first_day.isoformat() if self.first_day else None,
            "to": self.last_day.isoformat() if self.last_day else None,
            "sums": {
                code: {"billed": plain(billed), "effective": plain(effective)}
                for code, (billed, effective) in (self.sums or {}).items()
            },
            "provisional_days": self.provisional,
            "notes": list(self.notes),
            "failure": self.failure,
        }


def sync(
    home: Path,
    sources: Sequence[Source],
    today: date,
    *,
    client_factory: Callable[[], httpx.Client],
    keys: Mapping[str, str],
    progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[SyncReport]:
    """Pulls what is not final yet of every source, through yesterday in UTC, one report each in the order given.

    Bills are pulled before estimates. A day is final once it was pulled more than three days after it ended and the
    provider did not call it an estimate; other days are pulled again and replaced. A source that fails does not stop
    the others. `keys` are the values by environment variable and appear in no error. `now` only dates AWS signatures.
    Raises Unknown for a source that does not exist, before anything is asked."""
    kinds = [kind_named(source.name) for source in sources]
    order = sorted(range(len(sources)), key=lambda place: kinds[place].estimate)
    reports: dict[int, SyncReport] = {}
    with client_factory() as client:
        for place in order:
            one = _Run(home, sources[place], kinds[place], today, client, keys, progress, sleep, now)
            reports[place] = one.report()
    return [reports[place] for place in range(len(sources))]


@dataclass(slots=True)
class _Run:
    home: Path
    source: Source
    kind: Kind
    today: date
    client: httpx.Client
    keys: Mapping[str, str]
    progress: Progress | None
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    left: dict[date, str] = field(default_factory=dict)

    def report(self) -> SyncReport:
        import duckdb

        found = SyncReport(self.source.name, self.kind.title)
        try:
            for step in self._steps():
                found = _added(found, step)
        except ToolError as error:
            return replace(found, failure=str(error))
        except (OSError, duckdb.Error) as error:
            return replace(found, failure=f"The ledger cannot be read or written ({type(error).__name__}).")
        return replace(found, notes=(*found.notes, *left_as_imported(self.left)))

    def _steps(self) -> Iterator[Step]:
        api = self._api()
        name = f"{self.source.name}/{self.source.billing_account}"
        ledger = store.folder(self.home)
        manifest = store.read_manifest(ledger)
        days = read_days(ledger, name) if manifest.sources else {}
        held = {} if self.kind.estimate else imported_days(manifest, self.kind.title, self.source.billing_account)
        days = {day: state for day, state in days.items() if day not in held}
        spans = self._spans(days, held)
        done, all_days = 0, sum(span.days for span in spans)
        for span in spans:
            if self.progress:
                self.progress(self.source.name, done, all_days)
            pulled = self._pulled(api, span)
            stands = pulled.replaces or span
            stored = replace_days(self.home, name, self.kind.title, pulled.charges, stands, estimate=self.kind.estimate)
            covered = [day for day in each_day(stands) if day < self.today]
            days = marked(days, covered, pulled.provisional, self.today)
            write_days(ledger, name, days)
            waiting = sum(days[day] == "provisional" for day in covered)
            yield pulled, stored, covered, waiting
            done += span.days
        if self.progress:
            self.progress(self.source.name, all_days, all_days)

    def _pulled(self, api: Api, span: Period) -> Pulled:
        """What the provider says of these days. SyncFailed also where the answer has another shape than documented."""
        try:
            return self.kind.pull(api, self.source, span)
        except KeyError as error:
            raise SyncFailed(f"{self.kind.title}'s answer is not as documented: {error} is missing.") from None
        except (TypeError, ValueError, ArithmeticError, AttributeError, IndexError):
            raise SyncFailed(f"{self.kind.title}'s answer is not as documented; nothing of it was stored.") from None

    def _spans(self, days: Mapping[date, State], held: Mapping[date, str]) -> list[Period]:
        """What to ask for: days that are not final, without those that a file holds of the same bill."""
        if self.kind.whole_cycle:
            return [Period(self.today - timedelta(1), self.today)]
        first = self.source.since or months_after(self.today.replace(day=1), -FIRST_MONTHS)
        first = max(first, self.today - timedelta(self.kind.reach_days))
        self.left = {day: file for day, file in held.items() if first <= day < self.today}
        return due({**days, **dict.fromkeys(held, "final")}, first, self.today, self.kind.chunk_days)

    def _api(self) -> Api:
        missing = [key for key in self.kind.keys if not self.keys.get(key)]
        if missing:
            raise SyncFailed(f"{' and '.join(missing)} is not set; {self.kind.title} needs {self.kind.where}")
        for name, words in self.kind.needs:
            if not getattr(self.source, name):
                raise SyncFailed(f"{self.kind.title} needs {words}.")
        address = self.source.base_url or self.kind.base_url
        if address is None:
            raise SyncFailed(f"{self.kind.title} needs the address of your server.")
        wanted = (*self.kind.keys, *(key for key in self.kind.optional_keys if self.keys.get(key)))
        return Api(
            self.kind.title,
            checked_address(self.kind.title, address, self.kind.own_server),
            self.client,
            {key: self.keys[key].strip() for key in wanted},
            f"it takes {self.kind.where}",
            self.sleep,
            self.now,
        )


def _added(found: SyncReport, step: Step) -> SyncReport:
    pulled, stored, covered, waiting = step
    sums: Sums = dict(found.sums or {})
    for code, (billed, effective) in stored.sums.items():
        one, other = sums.get(code, (Decimal(0), Decimal(0)))
        sums[code] = one + billed, other + effective
    days = [day for day in (found.first_day, found.last_day, *covered) if day]
    return SyncReport(
        found.source,
        found.title,
        found.rows + stored.rows,
        found.replaced + stored.replaced,
        min(days, default=None),
        max(days, default=None),
        sums,
        found.provisional + waiting,
        tuple(dict.fromkeys((*found.notes, *pulled.notes, *stored.notes))),
    )
