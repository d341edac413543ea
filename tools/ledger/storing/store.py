"""The ledger on disk: immutable Parquet files by month, and one small manifest that says which of them count.

    <home>/ledger/manifest.json
    <home>/ledger/rows/month=2026-09/<source>-<n>.parquet

A change writes new files first, swaps the manifest by an atomic rename, and only then removes what no longer counts, so
a reader, or a crash at any moment, sees the ledger of before or of after.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tools.errors import BadInput

MANIFEST = "manifest.json"
ROWS = "rows"
STAGING = "staging"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Slice:
    """What one file holds of a bill: provider, billing account and billing month, with the days charged."""

    provider: str
    account: str | None
    billing_month: date
    first: date
    last: date
    rows: int

    @property
    def bill(self) -> tuple[str, str | None, date]:
        return self.provider, self.account, self.billing_month


@dataclass(frozen=True, slots=True)
class Source:
    """One imported file. `parts` are its Parquet files, relative to the ledger's folder."""

    id: str
    file: str
    sha256: str
    format: str
    rows: int
    parts: tuple[str, ...]
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    generation: int = 0
    sources: tuple[Source, ...] = field(default=())

    def parts(self) -> list[str]:
        return [part for source in self.sources for part in source.parts]

    def rows(self) -> int:
        return sum(source.rows for source in self.sources)

    def without(self, source: Source) -> Manifest:
        return replace(self, sources=tuple(kept for kept in self.sources if kept.id != source.id))

    def with_source(self, source: Source) -> Manifest:
        return replace(self, sources=(*self.sources, source))


def folder(home: Path) -> Path:
    return home / "ledger"


def read_manifest(ledger: Path) -> Manifest:
    """The current manifest; an empty one where nothing was imported. BadInput when it is damaged or of another
    version of Outlay."""
    path = ledger / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise BadInput(
                "The ledger was written by another version of Outlay; import the exports again.", file=str(path)
            )
        return Manifest(found["generation"], tuple(_source(item) for item in found["sources"]))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError):
        raise BadInput("The ledger's manifest is damaged; import the exports again.", file=str(path)) from None


def stamp(ledger: Path) -> tuple[int, int, int] | None:
    """Changes whenever the ledger does; None while there is none. Costs one look at the file system."""
    try:
        found = (ledger / MANIFEST).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


@contextmanager
def changing(ledger: Path) -> Iterator[Path]:
    """Holds the ledger for one importing process at a time and gives an empty staging folder, removed at the end.
    BadInput when another import is running."""
    import fcntl

    ledger.mkdir(parents=True, exist_ok=True)
    with (ledger / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadInput("Another import is running on this ledger; try again when it has ended.") from None
        staging = ledger / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def commit(ledger: Path, manifest: Manifest) -> None:
    """Moves the manifest's staged files to their place, makes it the current one, and removes what it leaves out."""
    moved = {part: _place(ledger, part) for part in manifest.parts()}
    sources = tuple(replace(source, parts=tuple(moved[part] for part in source.parts)) for source in manifest.sources)
    settled = Manifest(manifest.generation + 1, sources)
    body = {"version": VERSION, "generation": settled.generation, "sources": [asdict(source) for source in sources]}
    fresh = ledger / (MANIFEST + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(body, file, default=str, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(ledger / MANIFEST)
    counted = {ledger / part for part in moved.values()}
    for path in (ledger / ROWS).glob("*/*.parquet"):
        if path not in counted:
            path.unlink(missing_ok=True)


def _place(ledger: Path, part: str) -> str:
    if not part.startswith(STAGING + "/"):
        return part
    place = part.replace(STAGING, ROWS, 1)
    target = ledger / place
    target.parent.mkdir(parents=True, exist_ok=True)
    (ledger / part).replace(target)
    return place


def _source(found: dict[str, Any]) -> Source:
    slices = tuple(
        Slice(**{**item, **{name: date.fromisoformat(item[name]) for name in ("billing_month", "first", "last")}})
        for item in found["slices"]
    )
    return Source(**{**found, "parts": tuple(found["parts"]), "slices": slices})
