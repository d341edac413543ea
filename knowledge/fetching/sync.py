"""Visiting every source that is due, and storing what is new."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.embed import Embedder
from knowledge.fetching.gather import Fetches, Harvest, gather
from knowledge.fetching.visits import Visit, Visits
from knowledge.index import take_in
from knowledge.sources import Source, read_sources
from knowledge.store import open_store

# Sources visited at one time; the pages of one host are fetched one after the other all the same.
AT_ONCE = 6
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """`why` is the sentence of the last failure, empty where all is well. Times are in UTC, None before a visit."""

    name: str
    url: str
    why: str = ""
    failures: int = 0
    checked_at: datetime | None = None
    next_at: datetime | None = None

    @property
    def is_well(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Counts of articles, as in AddReport, and of sources: `visited`, of which `unchanged` had nothing new, and
    `not_due`. `failed` are the sources that could not be read, `off` the names of those that are not enabled;
    `refused` pairs single pages with the reason."""

    added: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0
    visited: int = 0
    unchanged: int = 0
    not_due: int = 0
    failed: tuple[SourceStatus, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    off: tuple[str, ...] = ()

    def sentence(self) -> str:
        """`38 sources visited, 2 could not be read: 120 articles added, 3 changed.` and the reasons."""
        unread = f", {len(self.failed)} could not be read" if self.failed else ""
        erased = f", {self.erased} withdrawn" if self.erased else ""
        off = f", {len(self.off)} off" if self.off else ""
        counts = (
            f"{self.visited} sources visited{unread}, {self.not_due} not due yet{off}: {self.added} articles added, "
        )
        return " ".join(
            [f"{counts}{self.changed} changed{erased}.", *(f"{one.name}: {one.why}" for one in self.failed)]
        )

    def to_json(self) -> dict[str, Any]:
        counted = ("added", "changed", "same", "erased", "visited", "unchanged", "not_due")
        return {
            **{name: getattr(self, name) for name in counted},
            "failed": [{"source": one.name, "url": one.url, "why": one.why} for one in self.failed],
            "refused": [{"url": url, "why": why} for url, why in self.refused],
            "off": list(self.off),
        }


def sync(
    folder: Path,
    embedder: Embedder,
    now: datetime,
    web: Fetches,
    progress: Progress | None = None,
    sources: Sequence[Source] | None = None,
    *,
    all_of_them: bool = False,
    chroma_url: str = "",
) -> SyncReport:
    """Visits the sources that are due at `now` (with a time zone), or `all_of_them`, several at once; stores each
    source's articles before it remembers the visit, so that a run killed at any point is made good by the next.
    `progress(done, of)` counts sources. A source that fails is reported and stops no other. Raises StoreBusy when
    another process is writing.

    `web` is a knowledge.manners.Visitor over a knowledge.fetch.Web; `sources` default to knowledge/sources.toml.
    """
    now = now.astimezone(UTC)
    every = read_sources() if sources is None else sources
    listed = [one for one in every if one.enabled]
    off = tuple(one.name for one in every if not one.enabled)
    store = open_store(folder, embedder, chroma_url)
    visits = Visits(folder / "registry.sqlite")
    try:
        with store.writing(), ThreadPoolExecutor(AT_ONCE) as pool, ExitStack() as stack:
            due = [one for one in listed if all_of_them or visits.of(one.url).is_due(now)]
            report = SyncReport(visited=len(due), not_due=len(listed) - len(due), off=off)
            gathered = stack.enter_context(closing(_each(pool, due, lambda one: gather(one, web, visits, now))))
            for done, harvest in enumerate(gathered, start=1):
                removed = store.registry.removed()
                added = take_in(store, [one for one in harvest.articles if one.key not in removed])
                held = store.registry.ids_by_key(harvest.withdrawn)
                gone = sorted(article for ids in held.values() for article in ids)
                store.registry.change([], gone)
                visits.record(harvest.visits)
                if gone:
                    store.registry.compact()
                counts = SyncReport(added.added, added.changed, added.same, len(gone))
                report = _with(report, counts, harvest)
                if progress:
                    progress(done, len(due))
        return report
    finally:
        visits.close()
        store.close()


def statuses(folder: Path, sources: Sequence[Source] | None = None) -> list[SourceStatus]:
    """How each source that is enabled fared at its last visit, those that fail first; for `outlay doctor`."""
    listed = [one for one in (read_sources() if sources is None else sources) if one.enabled]
    if not (folder / "registry.sqlite").is_file():
        return [SourceStatus(one.name, one.url) for one in listed]
    visits = Visits(folder / "registry.sqlite")
    try:
        found = [_status(one, visits.of(one.url)) for one in listed]
    finally:
        visits.close()
    return sorted(found, key=lambda one: one.is_well)


def _each(
    pool: ThreadPoolExecutor, due: Sequence[Source], gathering: Callable[[Source], Harvest]
) -> Generator[Harvest, None, None]:
    """As they are ready. When stopped, the sources not yet begun are left for the next run."""
    waiting = [pool.submit(gathering, one) for one in due]
    try:
        for one in as_completed(waiting):
            yield one.result()
    finally:
        for one in waiting:
            one.cancel()


def _with(report: SyncReport, counts: SyncReport, harvest: Harvest) -> SyncReport:
    failed = (_status(harvest.source, harvest.visits[-1]),) if harvest.error else ()
    return SyncReport(
        report.added + counts.added,
        report.changed + counts.changed,
        report.same + counts.same,
        report.erased + counts.erased,
        report.visited,
        report.unchanged + harvest.unchanged,
        report.not_due,
        (*report.failed, *failed),
        (*report.refused, *harvest.refused),
        report.off,
    )


def _status(source: Source, visit: Visit) -> SourceStatus:
    return SourceStatus(source.name, source.url, visit.error, visit.failures, visit.checked_at, visit.next_at)
