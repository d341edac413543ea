"""Synced charges into the ledger: the days pulled again are replaced, nothing else changes, and no bill counts twice.

The rows of one source and account are one `store.Source`, with one Parquet file a month. Two rules keep money from
being counted twice where the same bill comes from a file and from a sync:

1. A file wins. Days that a file already holds of the same provider and billing account are left as imported; a file
   that is imported later takes the place of synced rows on the days it covers (`replacing` does that).
2. A bill wins over an estimate (`estimates`).

Charges of the same provider under another billing account both count, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tools.ledger import columns as c
from tools.ledger.naming.names import sum_up
from tools.ledger.readers.rows import Skipped
from tools.ledger.storing import store
from tools.ledger.storing.classify import provider
from tools.ledger.storing.normalise import normaliser
from tools.ledger.storing.parts import PartWriter
from tools.ledger.storing.replacing import SYNCED
from tools.ledger.sync.charge import COLUMNS, Charge, focus_row
from tools.ledger.sync.estimates import give_way, rank, slices_of
from tools.ledger.sync.source import SyncFailed
from tools.period import Period, day_shown

Sums = dict[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Stored:
    """`sums` is currency -> (billed, effective) of the rows stored now; `replaced` counts former rows that went."""

    rows: int
    replaced: int
    sums: Sums
    notes: tuple[str, ...]


def replace_days(
    home: Path, name: str, title: str, charges: Sequence[Charge], period: Period, *, estimate: int = 0
) -> Stored:
    """Puts these charges in place of what the source `name` (such as `openai/acme`) had on the days of `period`. All or
    nothing; the same charges given again change nothing. BadInput while another import runs; SyncFailed for a charge
    the ledger cannot hold or that lies outside the period."""
    ledger = store.folder(home)
    with store.changing(ledger) as staging:
        manifest = store.read_manifest(ledger)
        source_id = f"sync-{re.sub(r'[^A-Za-z0-9]+', '-', name)}-{_short_hash(name)}"
        old = next((source for source in manifest.sources if source.id == source_id), None)
        kept, notes = _not_imported(manifest, source_id, charges, bool(estimate))
        new_parts = _written(staging, f"{manifest.generation}-{source_id}", title, kept, period)
        parts = _merged(ledger, staging, old, new_parts, period, f"{manifest.generation}-{source_id}~0")
        result = manifest.without(old) if old else manifest
        if parts:
            slices, rows = slices_of(ledger, parts)
            kind = f"{SYNCED} estimate {estimate}" if estimate else SYNCED
            file = f"{title} (synced)"
            result = result.with_source(store.Source(source_id, file, f"sync:{name}", kind, rows, parts, slices))
        result, _, said = give_way(ledger, staging, result)
        before, _ = _within(ledger, old, period)
        now, sums = _within(ledger, next((s for s in result.sources if s.id == source_id), None), period)
        store.commit(ledger, result)
        sum_up(home)
        return Stored(now, before, sums, (*notes, *said))


def _written(staging: Path, stem: str, title: str, charges: Iterable[Charge], period: Period) -> tuple[str, ...]:
    checked = normaliser(COLUMNS, f"{title} (synced)")
    writer = PartWriter(staging, stem)
    try:
        for line, charge in enumerate(charges, 1):
            if not period.contains(charge.day):
                raise SyncFailed(f"{title} gave a charge of {day_shown(charge.day)}, which was not asked for.")
            row = checked(focus_row(charge, line))
            if isinstance(row, Skipped):
                raise SyncFailed(f"A charge of {title} on {day_shown(charge.day)} cannot be stored: {row.why}.")
            writer.add(row)
        parts, _ = writer.close()
    except BaseException:
        writer.abandon()
        raise
    return parts


def _merged(
    ledger: Path, staging: Path, old: store.Source | None, new: Sequence[str], period: Period, stem: str
) -> tuple[str, ...]:
    """One file a month: the former rows outside the period with the new ones; untouched months stay as they are."""
    import duckdb

    former = {_month(part): part for part in (old.parts if old else ())}
    fresh = {_month(part): part for part in new}
    touched = {f"month={span.start:%Y-%m}" for span in period.months()}
    parts = []
    with duckdb.connect() as database:
        for month in sorted(former.keys() | fresh.keys()):
            if month not in touched or month not in former:
                parts.append(fresh.get(month) or former[month])
                continue
            outside = f"NOT ({c.X_DAY} >= DATE '{period.start}' AND {c.X_DAY} < DATE '{period.end}')"
            rows = f"SELECT * FROM {_read(ledger / former[month])} WHERE {outside}"
            if month in fresh:
                rows += f" UNION ALL BY NAME SELECT * FROM {_read(ledger / fresh[month])}"
            place = f"{staging.name}/{month}/{stem}.parquet"
            (staging / month).mkdir(exist_ok=True)
            copied = f"COPY ({rows}) TO {_quoted(ledger / place)} (FORMAT parquet, COMPRESSION zstd)"
            counted = database.execute(copied).fetchone()
            assert counted is not None
            if counted[0]:
                parts.append(place)
    return tuple(parts)


def imported_days(manifest: store.Manifest, seller: str, account: str) -> dict[date, str]:
    """The days that files hold of a bill, with the file's name."""
    return {
        item.first + timedelta(count): source.file
        for source in manifest.sources
        if not rank(source) and not source.format.startswith(SYNCED)
        for item in source.slices
        if item.provider == provider(seller) and item.account == account
        for count in range((item.last - item.first).days + 1)
    }


def left_as_imported(left: Mapping[date, str]) -> list[str]:
    """A sentence for each file whose days were left."""
    days: dict[str, list[date]] = {}
    for day in sorted(left):
        days.setdefault(left[day], []).append(day)
    return [
        f"{len(found)} {'day' if len(found) == 1 else 'days'} from {day_shown(found[0])} to {day_shown(found[-1])} "
        f"{'was' if len(found) == 1 else 'were'} left as imported from {file}."
        for file, found in days.items()
    ]


def _not_imported(
    manifest: store.Manifest, source_id: str, charges: Sequence[Charge], estimate: bool
) -> tuple[list[Charge], list[str]]:
    """The charges without those of days that a file holds of the same bill, and what to say about others' charges."""
    if estimate:
        return list(charges), []
    bills = [source for source in manifest.sources if source.id != source_id and not rank(source)]
    held: dict[tuple[str, str], dict[date, str]] = {}
    kept, left, beside = [], dict[date, str](), set[str]()
    for charge in charges:
        bill = (provider(charge.provider), charge.account)
        if bill not in held:
            held[bill] = imported_days(manifest, *bill)
        if charge.day in held[bill]:
            left[charge.day] = held[bill][charge.day]
            continue
        kept.append(charge)
        beside |= {
            f"{source.file} holds charges of {bill[0]} on the same days under the billing account "
            f"{item.account or 'without a name'}, this sync under {charge.account}; both count."
            for source in bills
            for item in source.slices
            if item.provider == bill[0] and item.account != charge.account and item.first <= charge.day <= item.last
        }
    return kept, [*left_as_imported(left), *sorted(beside)]


def _within(ledger: Path, source: store.Source | None, period: Period) -> tuple[int, Sums]:
    """How many rows the source has on these days, and their exact sums."""
    import duckdb

    if source is None:
        return 0, {}
    listed = ", ".join(_quoted(ledger / part) for part in source.parts)
    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT {c.BILLING_CURRENCY}, sum({c.BILLED_COST}), sum({c.EFFECTIVE_COST}), count(*) FROM "
            f"read_parquet([{listed}]) WHERE {c.X_DAY} >= ? AND {c.X_DAY} < ? GROUP BY ALL ORDER BY ALL",
            [period.start, period.end],
        ).fetchall()
    return sum(row[3] for row in found), {code: (billed, effective) for code, billed, effective, _ in found}


def _month(part: str) -> str:
    return part.split("/")[-2]


def _short_hash(name: str) -> str:
    import hashlib

    return hashlib.sha256(name.encode()).hexdigest()[:8]


def _read(path: Path) -> str:
    return f"read_parquet([{_quoted(path)}])"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
