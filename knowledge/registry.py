"""The record of what is stored: articles, their chunks and vectors, in one SQLite file.

It is the truth; the Chroma index and the lexical index follow from it and can be made again. Every change is one
transaction, so a run killed at any point leaves whole articles only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge.documents import Article, Chunk, Filing, Head
from knowledge.searching.heads import head_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL,
    published_on TEXT, topic TEXT NOT NULL, company TEXT, ticker TEXT, form TEXT,
    label_year INTEGER, label_quarter INTEGER, fiscal_year INTEGER, fiscal_quarter INTEGER, ended_on TEXT);
CREATE INDEX IF NOT EXISTS articles_by_key ON articles (key);
CREATE TABLE IF NOT EXISTS chunks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, page INTEGER, header TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_by_article ON chunks (article_id);
CREATE TABLE IF NOT EXISTS vectors (
    number INTEGER PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS removed (key TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS unsynced (chunk_id TEXT PRIMARY KEY, gone INTEGER NOT NULL);
"""
BATCH = 500
T = TypeVar("T")


class Registry:
    """One connection. Reading is safe beside a writer in another process."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, timeout=10, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        # Erased text is overwritten, not only unlinked.
        self._db.execute("PRAGMA secure_delete = ON")
        with self._db:
            self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def fact(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def state_fact(self, name: str, value: str) -> None:
        with self._db:
            self._put_fact(name, value)

    @property
    def version(self) -> int:
        """Grows with every change of what is stored."""
        return int(self.fact("version") or 0)

    def ids_by_key(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """The ids of the articles stored under each of `keys`; keys with none are left out."""
        found: dict[str, set[str]] = {}
        for batch in _batches(list(dict.fromkeys(keys))):
            rows = self._db.execute(f"SELECT key, id FROM articles WHERE key IN ({_marks(batch)})", batch)
            for key, article in rows:
                found.setdefault(key, set()).add(article)
        return {key: frozenset(ids) for key, ids in found.items()}

    def change(
        self, store: Sequence[tuple[Article, Sequence[Chunk], NDArray[np.float32]]], drop: Sequence[str]
    ) -> None:
        """Erases the articles `drop` and writes those of `store` (each with its chunks and one vector a chunk), all or
        nothing."""
        with self._db:
            for batch in _batches(list(drop)):
                marks = _marks(batch)
                self._db.execute(
                    f"INSERT OR REPLACE INTO unsynced SELECT id, 1 FROM chunks WHERE article_id IN ({marks})", batch
                )
                self._db.execute(f"DELETE FROM articles WHERE id IN ({marks})", batch)
            for article, chunks, vectors in store:
                self._insert(article, chunks, vectors)
            if store or drop:
                self._put_fact("version", str(self.version + 1))

    def _insert(self, article: Article, chunks: Sequence[Chunk], vectors: NDArray[np.float32]) -> None:
        filing = article.filing or Filing()
        label, fiscal = filing.label, filing.fiscal
        self._db.execute(
            "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                article.id,
                article.key,
                article.title,
                article.publisher,
                article.url,
                _iso(article.published_on),
                article.topic,
                filing.company if article.filing else None,
                filing.ticker,
                filing.form,
                label.year if label else None,
                label.quarter if label else None,
                fiscal.year if fiscal else None,
                fiscal.quarter if fiscal else None,
                _iso(filing.ended_on),
            ),
        )
        for chunk, vector in zip(chunks, vectors, strict=True):
            number = self._db.execute(
                "INSERT INTO chunks (id, article_id, position, page, header, text) VALUES (?,?,?,?,?,?)",
                (chunk.id, article.id, chunk.position, chunk.page, chunk.header, chunk.text),
            ).lastrowid
            self._db.execute("INSERT INTO vectors VALUES (?,?)", (number, vector.astype("<f4").tobytes()))
            self._db.execute("INSERT OR REPLACE INTO unsynced VALUES (?, 0)", (chunk.id,))

    def heads(self) -> list[Head]:
        return [head_of(row) for row in self._db.execute("SELECT * FROM articles ORDER BY id")]

    def layout(self) -> tuple[NDArray[np.int64], list[str]]:
        """Every chunk's number, ascending, and beside it the id of its article."""
        import numpy as np

        rows = self._db.execute("SELECT number, article_id FROM chunks ORDER BY number").fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64), [row[1] for row in rows]

    def chunks(self, numbers: Sequence[int]) -> dict[int, Chunk]:
        """The chunks with these numbers; those gone meanwhile are left out."""
        return {
            row[0]: Chunk(*row[1:])
            for batch in _batches([int(number) for number in numbers])
            for row in self._db.execute(
                "SELECT number, id, article_id, position, header, text, page FROM chunks "
                f"WHERE number IN ({_marks(batch)})",
                batch,
            )
        }

    def chunks_of(self, article_id: str) -> list[Chunk]:
        """All chunks of an article, in reading order."""
        rows = self._db.execute(
            "SELECT id, article_id, position, header, text, page FROM chunks WHERE article_id = ? ORDER BY position",
            (article_id,),
        )
        return [Chunk(*row) for row in rows]

    def indexed_texts(self) -> Iterator[str]:
        """Header and text of every chunk, by ascending number."""
        for header, text in self._db.execute("SELECT header, text FROM chunks ORDER BY number"):
            yield f"{header}\n{text}" if header else text

    def numbers_of(self, chunk_ids: Sequence[str]) -> dict[str, int]:
        return {
            row[0]: row[1]
            for batch in _batches(list(chunk_ids))
            for row in self._db.execute(f"SELECT id, number FROM chunks WHERE id IN ({_marks(batch)})", batch)
        }

    def vectors(self, numbers: Sequence[int]) -> tuple[list[int], NDArray[np.float32]]:
        """The vectors of these chunks, ascending by number, with the numbers found."""
        found: list[int] = []
        blobs: list[bytes] = []
        for batch in _batches(sorted(int(number) for number in numbers)):
            for number, blob in self._db.execute(
                f"SELECT number, vector FROM vectors WHERE number IN ({_marks(batch)}) ORDER BY number", batch
            ):
                found.append(number)
                blobs.append(blob)
        return found, _matrix(blobs)

    def every_vector(self) -> tuple[list[int], NDArray[np.float32]]:
        """All vectors, ascending by number, with the numbers."""
        rows = self._db.execute("SELECT number, vector FROM vectors ORDER BY number").fetchall()
        return [row[0] for row in rows], _matrix([row[1] for row in rows])

    def unsynced(self) -> tuple[list[str], list[str]]:
        """Chunk ids that the Chroma index still has to take in, and those it has to drop."""
        rows = self._db.execute("SELECT chunk_id, gone FROM unsynced ORDER BY chunk_id").fetchall()
        return [row[0] for row in rows if not row[1]], [row[0] for row in rows if row[1]]

    def in_sync(self) -> bool:
        return self._db.execute("SELECT 1 FROM unsynced LIMIT 1").fetchone() is None

    def synced(self, chunk_ids: Sequence[str]) -> None:
        with self._db:
            for batch in _batches(list(chunk_ids)):
                self._db.execute(f"DELETE FROM unsynced WHERE chunk_id IN ({_marks(batch)})", batch)

    def removed(self) -> frozenset[str]:
        """The keys that somebody took out, which a sync must not bring back."""
        return frozenset(row[0] for row in self._db.execute("SELECT key FROM removed"))

    def remember_removed(self, keys: Iterable[str]) -> None:
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO removed VALUES (?)", [(key,) for key in keys])

    def forget_removed(self, keys: Iterable[str]) -> None:
        with self._db:
            self._db.executemany("DELETE FROM removed WHERE key = ?", [(key,) for key in keys])

    def synced_count(self) -> int:
        """How many chunks the Chroma index should hold already."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM chunks) - (SELECT count(*) FROM unsynced WHERE NOT gone)"
        ).fetchone()
        return int(row[0])

    def start_index_anew(self, place: str) -> None:
        """Every chunk has to be taken in by the Chroma index at `place`."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO unsynced SELECT id, 0 FROM chunks")
            self._put_fact("index", place)

    def compact(self) -> None:
        """Gives the room of erased text back, so that nothing of it is left in the file or its log."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _put_fact(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?,?)", (name, value))


def _matrix(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    import numpy as np

    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1 if blobs else 0)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _marks(batch: Sequence[object]) -> str:
    return ",".join("?" * len(batch))


def _batches(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
