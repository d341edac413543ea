"""The knowledge base on disk, opened once per process and passed to search, answer and index."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from knowledge.embed import Embedder
from knowledge.errors import IndexUnavailable, StoreBusy, StoreMismatch
from knowledge.registry import Registry
from knowledge.searching.heads import Heads
from knowledge.searching.lexical import LexicalIndex, largest
from knowledge.vectors import NAME, VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)
# Up to this many chunks an exact comparison in memory (5 ms, 60 MB) beats Chroma, which takes over a second to open and
# more still to filter; beyond, Chroma's index is asked, except where a filter leaves so few that reading their vectors
# (6 ms a thousand) takes less. Fewer than ENOUGH found by Chroma within a filter are too few to rank.
EXACT_UP_TO = 40_000
READ_UP_TO = 10_000
ENOUGH = 50
# Vectors of sentences and questions, 1.5 kB each.
MOST_REMEMBERED = 4_000
# Comparisons with every vector that are kept, 4 bytes a chunk each.
MOST_PRODUCTS = 4
# Up to this share of the rows are gathered for a comparison of their own.
FEW = 0.25


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is stored at one version. Row r of every array is the chunk `numbers[r]` of the article
    `heads[article_of[r]]`."""

    version: int
    numbers: NDArray[np.int64]
    article_of: NDArray[np.int64]
    heads: Heads
    lexical: LexicalIndex
    vectors: NDArray[np.float32] | None


class Store:
    """Reading is safe from any number of processes; `writing` lets one in at a time."""

    def __init__(self, folder: Path, embedder: Embedder, chroma_url: str = "") -> None:
        self.folder = folder
        self.embedder = embedder
        folder.mkdir(parents=True, exist_ok=True)
        self.registry = Registry(folder / "registry.sqlite")
        self.index = VectorIndex(folder / "chroma", chroma_url, _collection_name(self.registry) if chroma_url else NAME)
        self._snapshot: Snapshot | None = None
        self._lately: dict[str, NDArray[np.float32]] = {}
        self._products: dict[tuple[int, bytes], NDArray[np.float32]] = {}
        made_by = self.registry.fact("embedder")
        if made_by and made_by != embedder.name:
            self.registry.close()
            raise StoreMismatch(
                f"The knowledge base in {folder} was made with the embedding model {made_by!r}, not {embedder.name!r}: "
                "use that model, or add the documents again to an empty folder."
            )

    def close(self) -> None:
        self.registry.close()
        self.index.close()

    def snapshot(self) -> Snapshot:
        """The newest version, read again only when something changed."""
        version = self.registry.version
        if self._snapshot is None or self._snapshot.version != version:
            self._snapshot = self._read(version)
        return self._snapshot

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writer's place. Raises StoreBusy when another process, or another store here, holds it. What an
        earlier writer left undone is repaired first; on leaving, both indexes are brought up to date."""
        import fcntl

        with (self.folder / "writer.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreBusy(
                    f"Another process is writing to the knowledge base in {self.folder}; try again when it is done."
                ) from error
            if not self.registry.fact("embedder"):
                self.registry.state_fact("embedder", self.embedder.name)
            try:
                yield
            finally:
                self.index.sync(self.registry)
                self._save_lexical()

    def vectors_of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of a question or of sentences, one row a text; those lately asked for are remembered."""
        import numpy as np

        # Never changed in place, as other threads may be reading it.
        known = self._lately
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known = known | dict(zip(missing, self.embedder.embed(missing), strict=True))
            self._lately = known if len(known) <= MOST_REMEMBERED else {text: known[text] for text in texts}
        return np.stack([known[text] for text in texts])

    def nearest(self, vector: NDArray[np.float32], rows: NDArray[np.int64], count: int) -> list[tuple[int, float]]:
        """Up to `count` of `rows` (of the snapshot) with their cosine to a unit vector, nearest first."""
        import numpy as np

        at = self.snapshot()
        if at.vectors is None and len(rows) > READ_UP_TO and self._index_is_filled():
            try:
                found = self._nearest_in_chroma(vector, rows, count)
            except IndexUnavailable:
                logger.warning("The Chroma server does not answer; comparing every vector, which takes longer.")
            else:
                if len(found) >= min(count, ENOUGH, len(rows)):
                    return found
        if at.vectors is not None:
            cosines = self._compared(at, vector, rows)
        else:
            numbers, matrix = self.registry.vectors(at.numbers[rows].tolist())
            rows = np.searchsorted(at.numbers, np.array(numbers, dtype=np.int64))
            cosines = matrix @ vector if len(numbers) else np.zeros(0, dtype=np.float32)
        return [(int(rows[i]), float(cosines[i])) for i in largest(cosines, count)]

    def _compared(self, at: Snapshot, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosines of `rows`. Those of every row are kept, as one search asks several times for the same question."""
        assert at.vectors is not None
        key = (at.version, vector.tobytes())
        known = self._products
        if key not in known:
            if len(rows) < FEW * len(at.vectors):
                return at.vectors[rows] @ vector
            kept = dict(list(known.items())[-MOST_PRODUCTS + 1 :])
            self._products = known = {**kept, key: at.vectors @ vector}
        return known[key][rows]

    def _index_is_filled(self) -> bool:
        return self.registry.in_sync() and self.registry.fact("index") == self.index.place

    def _nearest_in_chroma(
        self, vector: NDArray[np.float32], rows: NDArray[np.int64], count: int
    ) -> list[tuple[int, float]]:
        import numpy as np

        at = self.snapshot()
        # Chroma's own filters are slow: take more than asked for, in proportion, and leave out what is not wanted.
        wanted = min(2_000, count * max(1, -(-2 * len(at.numbers) // len(rows)) if len(rows) < len(at.numbers) else 1))
        found = self.index.nearest(vector, wanted, at.version)
        numbers = self.registry.numbers_of([chunk for chunk, _ in found])
        kept = set(rows.tolist()) if len(rows) < len(at.numbers) else None
        hits: list[tuple[int, float]] = []
        for chunk, cosine in found:
            if (number := numbers.get(chunk)) is not None:
                row = int(np.searchsorted(at.numbers, number))
                if row < len(at.numbers) and at.numbers[row] == number and (kept is None or row in kept):
                    hits.append((row, cosine))
        return hits[:count]

    def _read(self, version: int) -> Snapshot:
        import numpy as np

        heads = Heads(self.registry.heads())
        places = {head.id: at for at, head in enumerate(heads)}
        numbers, article_ids = self.registry.layout()
        article_of = np.array([places[article] for article in article_ids], dtype=np.int64)
        lexical = LexicalIndex.load(self._lexical_folder(version), len(numbers))
        if lexical is None:
            lexical = LexicalIndex.build(self.registry.indexed_texts())
        vectors = None
        if 0 < len(numbers) <= EXACT_UP_TO:
            found, matrix = self.registry.every_vector()
            vectors = matrix if found == numbers.tolist() else None
        return Snapshot(version, numbers, article_of, heads, lexical, vectors)

    def _save_lexical(self) -> None:
        folder = self._lexical_folder(self.registry.version)
        if not folder.is_dir():
            LexicalIndex.build(self.registry.indexed_texts()).save(folder)
            for old in _others(folder):
                shutil.rmtree(old, ignore_errors=True)

    def _lexical_folder(self, version: int) -> Path:
        return self.folder / f"lexical-{version}"


def open_store(folder: Path, embedder: Embedder, chroma_url: str = "") -> Store:
    """The knowledge base in `folder` (made when absent), its vectors indexed by the Chroma server at `chroma_url`, or
    in the folder where that is empty. Raises StoreMismatch when another model made its vectors."""
    return Store(folder, embedder, chroma_url)


def _collection_name(registry: Registry) -> str:
    """One server may serve several knowledge bases."""
    name = registry.fact("collection")
    if not name:
        name = f"outlay-{uuid4().hex[:12]}"
        registry.state_fact("collection", name)
    return name


def _others(folder: Path) -> Sequence[Path]:
    return [path for path in folder.parent.glob("lexical-*") if path != folder]
