"""How fast the knowledge base takes in and finds, at which memory and disk.

Texts are drawn from a vocabulary with Zipf's frequencies, fifty publishers in equal shares, so that a filter by
publisher leaves 2%. Beyond the texts of the indexing rate, vectors are drawn too: embedding 100,000 chunks would take
the better part of an hour and say nothing about search.
"""

from __future__ import annotations

import gc
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from knowledge.chunk import chunks_of
from knowledge.decide import article_id
from knowledge.documents import Article, Chunk, Page
from knowledge.embed import Embedder
from knowledge.index import take_in
from knowledge.searching.search import search
from knowledge.store import Store, open_store

PUBLISHERS = 50
CHUNKS_AN_ARTICLE = 5
WORDS_A_CHUNK = 150
QUESTIONS = 60
# Days of publication run over 1,000 days from the first of 2024.
HALF_SINCE = date(2024, 1, 1) + timedelta(days=500)


@dataclass(frozen=True, slots=True)
class IndexingRate:
    """Chunks a second, of the whole pipeline and of the bare model on the same texts, by the CPU time of this process
    (which other processes do not disturb) and by the clock."""

    chunks: int
    pipeline: float
    bare: float
    share_of_cpu: float
    share_of_clock: float


@dataclass(frozen=True, slots=True)
class QueryTimes:
    """Milliseconds by the clock, after one warm search."""

    p50: float
    p95: float


def vocabulary(seed: int = 7, size: int = 30_000) -> tuple[list[str], np.ndarray]:
    """Made-up words and the cumulated share of each (rank to the power of -1)."""
    draw = random.Random(seed)
    syllables = [c + v for c in "bcdfghklmnprstvz" for v in ("a", "e", "i", "o", "u", "ar", "en", "is")]
    words = sorted({"".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(size)})
    draw.shuffle(words)
    share = 1 / np.arange(1, len(words) + 1)
    return words, np.cumsum(share) / share.sum()


def articles(count: int, seed: int = 11) -> Iterator[Article]:
    """Each of about `CHUNKS_AN_ARTICLE` chunks."""
    words, cumulated = vocabulary()
    numbers = np.random.default_rng(seed)
    for at in range(count):
        drawn = np.searchsorted(cumulated, numbers.random(WORDS_A_CHUNK * CHUNKS_AN_ARTICLE))
        sentences = [" ".join(words[i] for i in drawn[start : start + 15]) for start in range(0, len(drawn), 15)]
        text = " ".join(sentence.capitalize() + "." for sentence in sentences)
        title, publisher = " ".join(words[i] for i in drawn[:5]), f"Publisher {at % PUBLISHERS}"
        day = date(2024, 1, 1) + timedelta(days=at % 1_000)
        url = f"https://bench.example/{at}"
        identity = article_id(url, title, publisher, day, text)
        yield Article(identity, url, title, publisher, url, day, (Page(text),))


def indexing_rate(embedder: Embedder, count: int = 60) -> IndexingRate:
    documents = list(articles(count))
    texts = [chunk.indexed for one in documents for chunk in chunks_of(one)]
    embedder.embed(texts[:16])
    cpu, clock = time.process_time(), time.perf_counter()
    embedder.embed(texts)
    bare_cpu, bare_clock = time.process_time() - cpu, time.perf_counter() - clock
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), embedder)
        with store.writing():
            take_in(store, documents[:1])
        cpu, clock = time.process_time(), time.perf_counter()
        with store.writing():
            report = take_in(store, documents)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        store.close()
    share = report.chunks / len(texts)
    return IndexingRate(
        report.chunks,
        report.chunks / clock,
        len(texts) / bare_clock,
        share * bare_cpu / cpu,
        share * bare_clock / clock,
    )


def filled(folder: Path, embedder: Embedder, chunks: int) -> Store:
    """A store of about `chunks` chunks with drawn vectors, indexed like any other."""
    store = open_store(folder, embedder)
    numbers = np.random.default_rng(3)
    centres = numbers.standard_normal((200, embedder.dimension)).astype(np.float32)
    batch: list[tuple[Article, list[Chunk], np.ndarray]] = []
    total = 0
    with store.writing():
        for article in articles(chunks // CHUNKS_AN_ARTICLE):
            parts = chunks_of(article)
            near = centres[numbers.integers(0, len(centres), len(parts))]
            vectors = near + numbers.standard_normal((len(parts), embedder.dimension)).astype(np.float32)
            batch.append((article, parts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)))
            total += len(parts)
            if len(batch) == 1_000 or total >= chunks:
                store.registry.change(batch, [])
                batch = []
            if total >= chunks:
                break
        store.registry.change(batch, [])
    return store


def query_times(store: Store, publisher: str | None = None, since: date | None = None) -> QueryTimes:
    """Over questions not asked before, so that each is embedded as it would be."""
    words, cumulated = vocabulary()
    numbers = np.random.default_rng([5, publisher is not None, since is not None])
    asked = [
        " ".join(words[i] for i in np.searchsorted(cumulated, 0.3 + 0.7 * numbers.random(8))) for _ in range(QUESTIONS)
    ]
    search(store, "a first question", 10, since, publisher=publisher)
    spent = []
    for question in asked:
        start = time.perf_counter()
        search(store, question, 10, since, publisher=publisher)
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    return QueryTimes(spent[len(spent) // 2], spent[int(0.95 * len(spent))])


def size_on_disk(folder: Path) -> float:
    """Megabytes of every file below."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def memory() -> float:
    """The most that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def report(embedder: Embedder, sizes: tuple[int, ...] = (10_000, 100_000)) -> Iterator[str]:
    """One line a measurement."""
    rate = indexing_rate(embedder)
    yield (
        f"indexing {rate.pipeline:.1f} chunks/s, bare model {rate.bare:.1f} chunks/s over {rate.chunks} chunks: "
        f"{100 * rate.share_of_cpu:.0f}% of its rate by CPU time, {100 * rate.share_of_clock:.0f}% by the clock "
        "(target 85%)"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            start = time.perf_counter()
            store = filled(Path(name), embedder, size)
            took = time.perf_counter() - start
            gc.collect()
            everything, filtered = query_times(store), query_times(store, "Publisher 7")
            half = query_times(store, since=HALF_SINCE)
            yield (
                f"{len(store.snapshot().numbers):,} chunks: search p50 {everything.p50:.0f} ms, "
                f"p95 {everything.p95:.0f} ms; with a 2% filter p50 {filtered.p50:.0f} ms, p95 {filtered.p95:.0f} ms "
                f"(target at 100,000: 60 ms), with one that leaves half p50 {half.p50:.0f} ms, p95 {half.p95:.0f} ms; "
                f"{size_on_disk(Path(name)):.0f} MB on disk, {memory():.0f} MB of memory "
                f"at most, indexes built in {took:.0f} s"
            )
            store.close()
