"""Adding documents to the knowledge base and taking them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.chunk import chunks_of
from knowledge.decide import decide
from knowledge.documents import Article, RawDocument
from knowledge.embed import Embedder
from knowledge.errors import BadDocument, KnowledgeError
from knowledge.parse.document import FORMATS, parse
from knowledge.store import Store, open_store

if TYPE_CHECKING:
    from knowledge.fetching.fetch import Web

MOST_BYTES = 200_000_000
# So many chunks at most are embedded before they are stored: what a run that is interrupted loses.
STEP = 512

Progress = Callable[[int, int | None], None]
# How many steps of progress one source counts.
STEPS = 1_000


@dataclass(frozen=True, slots=True)
class AddReport:
    """`added`, `changed` and `same` count documents (lines of a .jsonl, entries of a feed, or whole files); `refused`
    pairs what was not taken in with the sentence why; `chunks` were embedded."""

    added: int = 0
    changed: int = 0
    same: int = 0
    chunks: int = 0
    refused: tuple[tuple[str, str], ...] = ()

    def sentence(self) -> str:
        """`3 documents added, 1 changed, 40 unchanged.` and the reasons for what was refused."""
        counts = f"{self.added} document{'' if self.added == 1 else 's'} added, {self.changed} changed, "
        return " ".join([f"{counts}{self.same} unchanged.", *(why for _, why in self.refused)])

    def to_json(self) -> dict[str, Any]:
        return {
            "added": self.added,
            "changed": self.changed,
            "same": self.same,
            "chunks": self.chunks,
            "refused": [{"document": name, "why": why} for name, why in self.refused],
        }


def add(
    sources: Sequence[str | Path],
    folder: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    web: Web | None = None,
    *,
    chroma_url: str = "",
) -> AddReport:
    """Takes files, folders (their known formats, recursively) and http(s) addresses into the knowledge base in
    `folder`. A source that cannot be read is refused with a sentence and the others go on; when none could be read the
    first one's BadDocument is raised.

    `progress(done, of)` is called as sources are embedded; `web` fetches the addresses, within the usual limits where
    none is given. Adding the same again changes nothing; a file is stored whole or not at all.
    """
    store = open_store(folder, embedder, chroma_url)
    try:
        return add_to(store, sources, progress, web)
    finally:
        store.close()


def add_to(
    store: Store, sources: Sequence[str | Path], progress: Progress | None = None, web: Web | None = None
) -> AddReport:
    """`add`, to a store that is open."""
    report = AddReport()
    first: KnowledgeError | None = None
    with store.writing():
        each = list(_each(sources))
        for at, source in enumerate(each):
            shown = _shown_within(progress, at, len(each))
            try:
                articles = parse(_read(source, web))
            except BadDocument as error:
                first = first or error
                report = _sum(report, AddReport(refused=((str(source), str(error)),)))
            else:
                store.registry.forget_removed(article.key for article in articles)
                report = _sum(report, take_in(store, articles, shown))
    if first and not (report.added or report.changed or report.same):
        raise first
    return report


def remove(names: Sequence[str], folder: Path, embedder: Embedder, *, chroma_url: str = "") -> int:
    """Erases every article whose id, address, file or title is one of `names`, and says how many. The text is gone
    from the files on disk too, and no sync brings it back; adding it by name does."""
    store = open_store(folder, embedder, chroma_url)
    try:
        wanted = set(names) | {str(Path(name).resolve()) for name in names if not name.startswith("http")}
        with store.writing():
            heads = [one for one in store.registry.heads() if wanted & {one.id, one.key, one.url, one.title}]
            ids = [head.id for head in heads]
            store.registry.change([], ids)
            store.registry.remember_removed(head.key for head in heads)
            if ids:
                store.registry.compact()
        return len(ids)
    finally:
        store.close()


def take_in(store: Store, articles: Sequence[Article], progress: Progress | None = None) -> AddReport:
    """Stores what is new or changed among `articles`, all or nothing. The store must be open for writing."""
    decision = decide(articles, store.registry.ids_by_key(article.key for article in articles))
    work = [(article, chunks_of(article)) for article in decision.store]
    total = sum(len(chunks) for _, chunks in work)
    texts = [chunk.indexed for _, chunks in work for chunk in chunks]
    import numpy as np

    parts = [np.zeros((0, store.embedder.dimension), dtype=np.float32)]
    for start in range(0, len(texts), STEP):
        parts.append(store.embedder.embed(texts[start : start + STEP]))
        if progress:
            progress(min(start + STEP, total), total)
    vectors = np.vstack(parts)
    stored, at = [], 0
    for article, chunks in work:
        stored.append((article, chunks, vectors[at : at + len(chunks)]))
        at += len(chunks)
    store.registry.change(stored, decision.drop)
    return AddReport(decision.added, decision.changed, decision.same, total)


def _shown_within(progress: Progress | None, at: int, sources: int) -> Progress | None:
    """Progress inside the source number `at` as progress over all sources."""
    if progress is None:
        return None

    def shown(done: int, of: int | None) -> None:
        progress(STEPS * at + STEPS * done // (of or 1), STEPS * sources)

    return shown


def _each(sources: Sequence[str | Path]) -> Iterator[str | Path]:
    for source in sources:
        if isinstance(source, str) and source.startswith(("http://", "https://")):
            yield source
        elif Path(source).is_dir():
            yield from sorted(
                path
                for path in Path(source).rglob("*")
                if path.suffix.lower() in FORMATS and path.is_file() and not path.name.startswith(".")
            )
        else:
            yield Path(source)


def _read(source: str | Path, web: Web | None) -> RawDocument:
    if isinstance(source, str):
        from knowledge.fetching.fetch import fetch

        return fetch(source, web)
    format_ = FORMATS.get(source.suffix.lower())
    if format_ is None:
        raise BadDocument(source.name, f"files of this kind are not read; known are {', '.join(sorted(FORMATS))}.")
    try:
        if source.stat().st_size > MOST_BYTES:
            raise BadDocument(source.name, f"it is larger than {MOST_BYTES // 1_000_000} MB.")
        content = source.read_bytes()
    except FileNotFoundError as error:
        raise BadDocument(source.name, "there is no such file.") from error
    except OSError as error:
        raise BadDocument(source.name, f"it cannot be read ({error.strerror}).") from error
    return RawDocument(source.name, str(source.resolve()), source.name, format_, content)


def _sum(one: AddReport, other: AddReport) -> AddReport:
    return AddReport(
        one.added + other.added,
        one.changed + other.changed,
        one.same + other.same,
        one.chunks + other.chunks,
        one.refused + other.refused,
    )
