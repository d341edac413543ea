"""Estimates give way to bills, so that a call seen by a gateway and billed by its provider counts once.

LiteLLM and Langfuse measure calls that somebody else bills. A row of theirs is left out where a bill (a file, or a
synced cost API) or an estimate of lower number covers the same day with AI spend of the same provider; Langfuse does
not say the provider, so there the model decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tools.ledger import columns as c
from tools.ledger.storing.replacing import SYNCED
from tools.ledger.storing.store import Manifest, Slice, Source

LOGS = "LiteLLM spend logs"
"""The format of LiteLLM's logs imported as a file begins with this."""
TRACED = "Langfuse"
"""The provider of rows whose seller is not known."""


def give_way(ledger: Path, staging: Path, manifest: Manifest) -> tuple[Manifest, dict[str, int], tuple[str, ...]]:
    """The manifest without estimates that others cover, how many rows went of each source, and what to tell."""
    result, gone, said = manifest, dict[str, int](), []
    for source in sorted((s for s in manifest.sources if rank(s)), key=rank):
        others = [other for other in result.sources if rank(other) < rank(source)]
        if not others or not _may_meet(source, others):
            continue
        shorter = _without_covered(ledger, staging, source, others)
        lost = source.rows - (shorter.rows if shorter else 0)
        if not lost:
            continue
        result = result.without(source)
        result = result.with_source(shorter) if shorter else result
        gone[source.id] = lost
        said.append(
            f"{lost:,} {'row' if lost == 1 else 'rows'} of {source.file} gave way to the bill of the same days; "
            "a call counts once."
        )
    return result, gone, tuple(said)


def rank(source: Source) -> int:
    """0 for a bill, 1 for LiteLLM's logs from a file, which say most, else the number of the synced estimate."""
    if source.format.startswith(LOGS):
        return 1
    return int(source.format.rsplit(" ", 1)[1]) if source.format.startswith(f"{SYNCED} estimate ") else 0


def slices_of(ledger: Path, parts: Iterable[str]) -> tuple[tuple[Slice, ...], int]:
    """What these files hold of each bill, and how many rows."""
    import duckdb

    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT {c.X_PROVIDER}, {c.BILLING_ACCOUNT_ID}, date_trunc('month', {c.BILLING_PERIOD_START})::DATE, "
            f"min({c.X_DAY}), max({c.X_DAY}), count(*) FROM {_rows(ledger, parts)} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    slices = tuple(Slice(*row) for row in found)
    return slices, sum(item.rows for item in slices)


def _may_meet(source: Source, others: Iterable[Source]) -> bool:
    """Whether a day of the source lies in the span of another's charges; a monthly charge reaches past its first
    day."""
    first, last = min(item.first for item in source.slices), max(item.last for item in source.slices)
    return any(
        item.first <= last and max(item.last, item.billing_month.replace(day=28)) >= first.replace(day=1)
        for other in others
        for item in other.slices
    )


def _without_covered(ledger: Path, staging: Path, source: Source, others: Iterable[Source]) -> Source | None:
    import duckdb

    parts = []
    with duckdb.connect() as database:
        database.execute(
            f"CREATE TABLE covered AS SELECT DISTINCT {c.X_PROVIDER} AS seller, {c.X_MODEL} AS model, {c.X_DAY} AS "
            f"first, {c.X_THROUGH} AS last FROM {_rows(ledger, [part for o in others for part in o.parts])} "
            f"WHERE {c.X_AI} AND lower({c.CHARGE_CATEGORY}) = 'usage'"
        )
        meets = (
            f"EXISTS (SELECT 1 FROM covered WHERE mine.{c.X_DAY} BETWEEN covered.first AND covered.last AND "
            f"CASE WHEN mine.{c.X_PROVIDER} = '{TRACED}' THEN covered.model = mine.{c.X_MODEL} "
            f"ELSE covered.seller = mine.{c.X_PROVIDER} END)"
        )
        for number, part in enumerate(source.parts):
            rows = f"{_rows(ledger, [part])} AS mine"
            covered = database.execute(f"SELECT count(*) FROM {rows} WHERE {meets}").fetchone()
            assert covered is not None
            if not covered[0]:
                parts.append(part)
                continue
            month, name = part.split("/")[-2:]
            stem = name.removesuffix(".parquet").split("-sync-")[-1].split("~")[0]
            place = f"{staging.name}/{month}/{_generation(ledger)}-sync-{stem}~given{number}.parquet"
            (staging / month).mkdir(exist_ok=True)
            kept = f"COPY (SELECT * FROM {rows} WHERE NOT {meets}) TO {_quoted(ledger / place)} (FORMAT parquet)"
            counted = database.execute(kept).fetchone()
            assert counted is not None
            if counted[0]:
                parts.append(place)
    if not parts:
        return None
    slices, count = slices_of(ledger, parts)
    return replace(source, parts=tuple(parts), slices=slices, rows=count)


def _generation(ledger: Path) -> int:
    from tools.ledger.storing.store import read_manifest

    return read_manifest(ledger).generation


def _rows(ledger: Path, parts: Iterable[str]) -> str:
    return f"read_parquet([{', '.join(_quoted(ledger / part) for part in parts)}])"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
