"""The Chroma index of every chunk's vector, embedded or on a server: ids and vectors only, no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from knowledge.errors import IndexUnavailable, KnowledgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.registry import Registry

# Chroma refuses batches over 5,461; a server refuses requests over 40 MB, and a vector in JSON takes up to 8 kB.
BATCH = 5_000
SERVER_BATCH = 1_000
NAME = "passages"


class VectorIndex:
    """Opens Chroma (over a second) at the first use: the one in `folder`, or the server at `url`. Text stays out of it
    because what Chroma deletes stays readable in its files."""

    def __init__(self, folder: Path, url: str = "", name: str = NAME) -> None:
        self._folder, self._url, self._name = folder, url.rstrip("/"), name
        self._batch = SERVER_BATCH if url else BATCH
        self._opened: Any = None
        self._version = -1
        # Counting takes Chroma 8 ms at 100,000: once a version is enough.
        self._count = -1

    @property
    def place(self) -> str:
        """Where the vectors are; another place has to be filled anew."""
        return f"{self._url} {self._name}" if self._url else NAME

    def nearest(self, vector: NDArray[np.float32], count: int, version: int) -> list[tuple[str, float]]:
        """Up to `count` chunk ids with their cosine, nearest first. `version` is the registry's: an embedded index that
        was opened before another process changed it is opened anew, as it would not see the change. Raises
        IndexUnavailable where a server does not answer."""
        if version != self._version:
            if not self._url:
                self.close()
            self._version, self._count = version, -1
        with self._answering():
            collection = self._collection()
            if self._count < 0:
                self._count = collection.count()
            count = min(count, self._count)
            if not count:
                return []
            found = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
        return [(chunk, 1 - float(far)) for chunk, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def sync(self, registry: Registry) -> None:
        """Takes in what the registry has and this index lacks. Killed half-way, it goes on at the next call; an index
        that is another one than before, or has lost something, is filled anew."""
        if registry.fact("index") != self.place:
            registry.start_index_anew(self.place)
        missing, gone = registry.unsynced()
        if not missing and not gone:
            return
        with self._answering():
            collection = self._collection()
            if collection.count() < registry.synced_count():
                registry.start_index_anew(self.place)
                missing, gone = registry.unsynced()
            for start in range(0, len(gone), self._batch):
                batch = gone[start : start + self._batch]
                collection.delete(ids=batch)
                registry.synced(batch)
            for start in range(0, len(missing), self._batch):
                self._take_in(registry, missing[start : start + self._batch])
        self._version, self._count = registry.version, -1

    def close(self) -> None:
        if self._opened is None:
            return
        self._opened = None
        if not self._url:
            from chromadb.api.shared_system_client import SharedSystemClient

            SharedSystemClient.clear_system_cache()

    def _take_in(self, registry: Registry, chunk_ids: Sequence[str]) -> None:
        numbers = registry.numbers_of(chunk_ids)
        by_number = {number: chunk for chunk, number in numbers.items()}
        found, vectors = registry.vectors(list(by_number))
        if found:
            self._collection().upsert(ids=[by_number[number] for number in found], embeddings=vectors)
        registry.synced(chunk_ids)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What a server does wrong, as one error with one sentence."""
        try:
            yield
        except KnowledgeError:
            raise
        except Exception as error:
            if not self._url:
                raise
            self._opened = None
            raise IndexUnavailable(self._url, type(error).__name__) from error

    def _collection(self) -> Any:
        if self._opened is None:
            import chromadb
            from chromadb.config import Settings

            if self._url:
                parts = urlsplit(self._url)
                ssl = parts.scheme == "https"
                client = chromadb.HttpClient(
                    host=parts.hostname or "localhost",
                    port=parts.port or (443 if ssl else 8000),
                    ssl=ssl,
                    settings=Settings(anonymized_telemetry=False),
                )
            else:
                settings = Settings(anonymized_telemetry=False, is_persistent=True)
                client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
            # Without embedding_function=None Chroma would want to download a model of its own.
            self._opened = client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        return self._opened
