"""BM25 over stemmed words: what the vectors miss (names, tickers, codes)."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Robertson and Zaragoza (2009): k1 1.2 to 2, b 0.5 to 0.8.
K1, B = 1.2, 0.75
WORD = re.compile(r"[^\W_]+(?:[.&'’][^\W_]+)*")
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her him his how i if in into is it
    its me more of on or our s she should so some than that the their them then there these they this those to too up us
    was we were what when where which while who whom whose why will with would you your about between both after before
    article articles according report reported reports suggest suggests say says said tell please
    """.split()  # noqa: SIM905
)

SPELLINGS = {
    "centre": "center",
    "centres": "centers",
    "datacentre": "datacenter",
    "datacentres": "datacenters",
    "gpus": "gpu",
    "tpus": "tpu",
    "cpus": "cpu",
    "llms": "llm",
    "apis": "api",
    "asics": "asic",
    "licence": "license",
    "programme": "program",
    "spent": "spend",
    "utilise": "utilize",
}


class LexicalIndex:
    """Scores for every chunk, in the order in which the texts were given."""

    def __init__(self, index: Any, size: int) -> None:
        self._index = index
        self.size = size

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        import bm25s

        corpus = [words(text) for text in texts]
        if not any(corpus):
            return cls(None, len(corpus))
        index = bm25s.BM25(k1=K1, b=B)
        index.index(corpus, show_progress=False)
        return cls(index, len(corpus))

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a chunk, 0 where no word of the query is in it."""
        import numpy as np

        known = [word for word in dict.fromkeys(words(query)) if self.knows(word)]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        found: NDArray[np.float32] = self._index.get_scores(known)
        return found

    def knows(self, stem: str) -> bool:
        return self._index is not None and stem in self._index.vocab_dict

    def frequency(self, stem: str) -> int:
        """In how many chunks the stemmed word is."""
        return len(self._rows_with(stem))

    def holds(self, stem: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For each of `rows` whether the stemmed word is in it, its header counted."""
        import numpy as np

        having = self._rows_with(stem)
        if not len(having):
            return np.zeros(len(rows), dtype=bool)
        places = np.searchsorted(having, rows)
        return np.asarray(having[np.minimum(places, len(having) - 1)] == rows)

    def _rows_with(self, stem: str) -> Any:
        """Ascending."""
        if not self.knows(stem):
            return ()
        at = self._index.vocab_dict[stem]
        starts = self._index.scores["indptr"]
        return self._index.scores["indices"][starts[at] : starts[at + 1]]

    def save(self, folder: Path) -> None:
        """Whole or not at all: written beside and then moved into place."""
        if self._index is None:
            return
        beside = folder.with_name(folder.name + ".new")
        shutil.rmtree(beside, ignore_errors=True)
        self._index.save(beside)
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex | None:
        """None where none is saved, or where what is saved cannot be read."""
        if not folder.is_dir():
            return None
        import bm25s

        try:
            return cls(bm25s.BM25.load(folder, mmap=True), size)
        except (OSError, ValueError, KeyError):
            return None


def largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The places of the `count` largest values, the largest first and the earlier of two equal ones first."""
    import numpy as np

    many = len(values) > 4 * count
    places = np.sort(np.argpartition(-values, count)[:count]) if many else np.arange(len(values))
    return places[np.argsort(-values[places], kind="stable")][:count]


def words(text: str) -> list[str]:
    """Stemmed lower-case words without stop words, in order."""
    return [stem(word) for word in raw_words(text) if word not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def words_of_label(label: str) -> frozenset[str]:
    """The same as a set, remembered: labels of tables come again and again."""
    return frozenset(words(label))


def raw_words(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word.lower()) for word in WORD.findall(text)]


class _OfThread(threading.local):
    """The stemmer keeps the word it works on: each thread has its own."""

    stemmer: Any = None


_OF_THREAD = _OfThread()


def _stemmer() -> Any:
    if _OF_THREAD.stemmer is None:
        import snowballstemmer

        _OF_THREAD.stemmer = snowballstemmer.stemmer("english")
    return _OF_THREAD.stemmer


@cache
def stem(word: str) -> str:
    """British and American spellings, and `gpus` and `gpu`, come out the same."""
    word = SPELLINGS.get(word, word).replace("isation", "ization")
    return str(_stemmer().stemWord(word))
