"""The embedded Chroma index of every chunk's vector: ids and vectors only, no text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.registry import Registry

# Chroma refuses batches over 5,461.
BATCH = 5_000
NAME = "passages"


class VectorIndex:
    """Opens Chroma (over a second) at the first use. Text stays out of it because what Chroma deletes stays readable
    in its files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: Any = None
        self._version = -1

    def nearest(self, vector: NDArray[np.float32], count: int, version: int) -> list[tuple[str, float]]:
        """Up to `count` chunk ids with their cosine, nearest first. `version` is the registry's: a client that was
        opened before another process changed the index is opened anew, as it would not see the change."""
        if version != self._version:
            self.close()
            self._version = version
        collection = self._collection()
        count = min(count, collection.count())
        if not count:
            return []
        found = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
        return [(chunk, 1 - float(far)) for chunk, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def sync(self, registry: Registry) -> None:
        """Takes in what the registry has and this index lacks. Killed half-way, it goes on at the next call."""
        missing, gone = registry.unsynced()
        if not missing and not gone:
            return
        collection = self._collection()
        for start in range(0, len(gone), BATCH):
            batch = gone[start : start + BATCH]
            collection.delete(ids=batch)
            registry.synced(batch)
        for start in range(0, len(missing), BATCH):
            self._take_in(registry, missing[start : start + BATCH])
        self._version = registry.version

    def close(self) -> None:
        self._opened = None
        import sys

        if "chromadb" in sys.modules:
            from chromadb.api.shared_system_client import SharedSystemClient

            SharedSystemClient.clear_system_cache()

    def _take_in(self, registry: Registry, chunk_ids: Sequence[str]) -> None:
        numbers = registry.numbers_of(chunk_ids)
        by_number = {number: chunk for chunk, number in numbers.items()}
        found, vectors = registry.vectors(list(by_number))
        if found:
            self._collection().upsert(ids=[by_number[number] for number in found], embeddings=vectors)
        registry.synced(chunk_ids)

    def _collection(self) -> Any:
        if self._opened is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False, is_persistent=True)
            client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
            # Without embedding_function=None Chroma would want to download a model of its own.
            self._opened = client.get_or_create_collection(
                NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        return self._opened
