"""What a newly read file takes the place of, so that a bill is never counted twice and a part of one never lost.

A bill is a provider, a billing account and a billing month. Against each file already in the ledger:

1. The same content: the former import goes whole.
2. Bills that only one of the two has: both stay.
3. The same bill, and the days charged do not meet (a daily or weekly split, whatever the names): both stay.
4. The same bill and days, and the same file name in an earlier command: the former rows of that bill go.
5. The same bill and days under another name: they are one export given again when at least half of the smaller one's
   charges on the shared days are found in the other. A charge is found when period, account, SKU, resource, description
   and category are the same and so are its tags or its costs: costs are restated, tags are corrected, and parts of a
   split differ in both. Then the former rows of that bill go, within the days that the new file covers. Otherwise they
   are parts of one bill, and both stay.
6. The same bill and days in charges of another length (by the hour and by the day, by the day and by the month): where
   the usage of the services that both have adds up to the same, the former rows of these services go; where it does
   not, the new file is refused, since counting both would double the bill.
7. Files given in one command are meant to count together: of them, one goes only where tags and costs are the same too.
8. Rows that a sync pulled go on the days that a file covers of the same bill: an export says more than a cost API does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.storing.granularity import covered, of_bill, regrained, rows_of
from tools.ledger.storing.opening import quoted
from tools.ledger.storing.store import Manifest, Slice, Source

SAME_EXPORT = 0.5
SYNCED = "sync"
"""The format of a source that was pulled from a cost API begins with this."""
WHAT = (
    c.BILLING_CURRENCY,
    c.CHARGE_PERIOD_START,
    c.CHARGE_PERIOD_END,
    c.CHARGE_CATEGORY,
    c.SUB_ACCOUNT_ID,
    c.SERVICE_NAME,
    c.SKU_ID,
    c.SKU_METER,
    c.SKU_PRICE_ID,
    c.RESOURCE_ID,
    c.RESOURCE_NAME,
    c.REGION_ID,
    c.CHARGE_DESCRIPTION,
    c.X_MODEL,
)


def superseded(
    manifest: Manifest, new: Source, ledger: Path, earlier: frozenset[str]
) -> tuple[Manifest, int, tuple[str, ...]]:
    """The manifest with `new` in it and what it replaces gone, how many rows went, and notes for the importer.
    `earlier` are the ids of the sources that were there before this command."""
    gone, notes = 0, []
    result = manifest
    for old in manifest.sources:
        if old.sha256 == new.sha256:
            result, gone = result.without(old), gone + old.rows
            continue
        cuts: list[Cut] = []
        for mine, theirs in _shared(new, old):
            first, last = _meet(ledger, new, mine, old, theirs)
            if first > last:
                continue
            if old.file == new.file and old.id in earlier:
                cuts.append(Cut(theirs, theirs.first, theirs.last))
            elif old.format.startswith(SYNCED) or (
                _overlap(ledger, new, old, theirs, first, last, old.id in earlier) >= SAME_EXPORT
            ):
                cuts.append(Cut(theirs, mine.first, mine.last))
            elif found := regrained(ledger, new, old, theirs, first, last):
                if not found.same:
                    raise BadInput(
                        f"It holds charges of {theirs.provider} on days that {old.file} holds too, of another length "
                        "and adding up to other sums; both would count the bill twice. Import the export that is "
                        "right under the name of the other, to replace it.",
                        file=new.file,
                    )
                cuts.append(Cut(theirs, *covered(ledger, new, mine), found.services))
                notes.append(
                    f"{old.file} has the same charges of {theirs.provider} in another length; {new.file} takes their "
                    "place."
                )
            else:
                notes.append(
                    f"{new.file} and {old.file} both hold charges of {theirs.provider}; they share few, both count."
                )
        if cuts:
            shorter = _cut(ledger, old, cuts)
            gone += old.rows - (shorter.rows if shorter else 0)
            result = result.without(old)
            result = result.with_source(shorter) if shorter else result
    return result.with_source(new), gone, tuple(dict.fromkeys(notes))


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of a bill on these days, both inclusive, that go; only those of `services` unless that is None."""

    bill: Slice
    first: date
    last: date
    services: tuple[str | None, ...] | None = None

    def sql(self) -> tuple[str, list[Any]]:
        where, values = _on_days(self.bill, self.first, self.last)
        if self.services is None:
            return where, values
        each = " OR ".join(f"{c.SERVICE_NAME} IS NOT DISTINCT FROM ?" for _ in self.services)
        return f"{where} AND ({each})", [*values, *self.services]


def _shared(new: Source, old: Source) -> Iterable[tuple[Slice, Slice]]:
    mine = {item.bill: item for item in new.slices}
    return ((mine[theirs.bill], theirs) for theirs in old.slices if theirs.bill in mine)


def _meet(ledger: Path, new: Source, mine: Slice, old: Source, theirs: Slice) -> tuple[date, date]:
    """The days that both hold of a bill, both inclusive; the last before the first where there are none. A charge of
    several days holds them all."""
    one, other = covered(ledger, new, mine), covered(ledger, old, theirs)
    return max(one[0], other[0]), min(one[1], other[1])


def _overlap(ledger: Path, new: Source, old: Source, bill: Slice, first: date, last: date, restated: bool) -> float:
    """The share of the smaller one's distinct charges that the other has too. With `restated` the larger of two
    readings, by tags and by costs; else by both at once."""
    import duckdb

    where, values = _on_days(bill, first, last)
    shares = []
    with duckdb.connect() as database:
        tags = (f"{c.X_TAGS}::VARCHAR",)
        for extra in (tags, c.COSTS) if restated else ((*tags, *c.COSTS),):
            chosen = ", ".join((*WHAT, *extra))
            one, other = (
                f"SELECT DISTINCT hash({chosen}) AS charge FROM {rows_of(ledger, source.parts)} WHERE {where}"
                for source in (new, old)
            )
            counted = database.execute(
                f"WITH a AS ({one}), b AS ({other}) SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), "
                "(SELECT count(*) FROM a SEMI JOIN b USING (charge))",
                values + values,
            ).fetchone()
            assert counted is not None
            smaller = min(counted[0], counted[1])
            shares.append(counted[2] / smaller if smaller else 0.0)
    return max(shares)


def _cut(ledger: Path, old: Source, cuts: list[Cut]) -> Source | None:
    """`old` without these rows, its files rewritten in staging; None when nothing is left."""
    import duckdb

    conditions, values = [], []
    for cut in cuts:
        where, found = cut.sql()
        conditions.append(f"({where})")
        values += found
    keep = f"NOT ({' OR '.join(conditions)})"
    parts, rows = [], 0
    slices: list[Slice] = []
    with duckdb.connect() as database:
        for part in old.parts:
            place = _fresh(ledger, part)
            counted = database.execute(
                f"COPY (SELECT * FROM {rows_of(ledger, [part])} WHERE {keep}) TO {quoted(ledger / place)} "
                "(FORMAT parquet, COMPRESSION zstd)",
                values,
            ).fetchone()
            assert counted is not None
            if counted[0]:
                parts.append(place)
                rows += counted[0]
        if not parts:
            return None
        found = database.execute(
            f"SELECT {c.X_PROVIDER}, {c.BILLING_ACCOUNT_ID}, date_trunc('month', {c.BILLING_PERIOD_START})::DATE, "
            f"min({c.X_DAY}), max({c.X_DAY}), count(*) FROM {rows_of(ledger, parts)} GROUP BY ALL"
        ).fetchall()
        slices = [Slice(*row) for row in found]
    return replace(old, rows=rows, parts=tuple(parts), slices=tuple(slices))


def _on_days(bill: Slice, first: date, last: date) -> tuple[str, list[Any]]:
    where, values = of_bill(bill)
    return f"{where} AND {c.X_DAY} BETWEEN ? AND ?", [*values, first, last]


def _fresh(ledger: Path, part: str) -> str:
    """A name in staging that neither the ledger nor this import has used for that part."""
    month, name = part.split("/")[-2:]
    stem, number = name.removesuffix(".parquet"), 1
    stem = stem.split("~")[0]
    while (ledger / f"staging/{month}/{stem}~{number}.parquet").exists() or (
        ledger / f"rows/{month}/{stem}~{number}.parquet"
    ).exists():
        number += 1
    (ledger / "staging" / month).mkdir(parents=True, exist_ok=True)
    return f"staging/{month}/{stem}~{number}.parquet"
