"""How near a question is to each intent in meaning: nearest examples by the knowledge base's own embedder."""

from __future__ import annotations

import hashlib
import tomllib
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.embed import Embedder

NEAREST = 2


@lru_cache(maxsize=1)
def examples() -> dict[str, tuple[str, ...]]:
    """Intent -> its example questions, in file order."""
    table = tomllib.loads(files("bot.agent.planner.routing").joinpath("examples.toml").read_text("utf-8"))
    return {name: tuple(entry["examples"]) for name, entry in table.items()}


class Router:
    """Scores a question against every intent. The examples' vectors are kept in `cache` for the next start."""

    def __init__(self, embedder: Embedder, cache: Path | None = None) -> None:
        self._embedder = embedder
        self._owner = [name for name, lines in examples().items() for _ in lines]
        self._vectors = self._load(cache, [line for lines in examples().values() for line in lines])

    def scores(self, text: str) -> dict[str, float]:
        """Intent -> mean cosine (-1 to 1) of its nearest two examples to `text`."""
        cosines = self._vectors @ self._embedder.embed([text])[0]
        by_intent: dict[str, list[float]] = {}
        for name, cosine in zip(self._owner, cosines, strict=True):
            by_intent.setdefault(name, []).append(float(cosine))
        return {name: sum(sorted(values)[-NEAREST:]) / NEAREST for name, values in by_intent.items()}

    def _load(self, cache: Path | None, lines: list[str]) -> NDArray[np.float32]:
        import numpy as np

        key = hashlib.sha256("\n".join([self._embedder.name, *lines]).encode()).hexdigest()[:16]
        path = cache / f"routes-{key}.npy" if cache is not None else None
        if path is not None and path.is_file():
            try:
                kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
                if kept.shape[0] == len(lines):
                    return kept
            except (ValueError, OSError):
                path.unlink(missing_ok=True)
        vectors: NDArray[np.float32] = np.asarray(self._embedder.embed(lines), dtype=np.float32)
        if path is not None:
            _write(path, vectors)
        return vectors


def _write(path: Path, vectors: NDArray[np.float32]) -> None:
    """Whole or not at all; a folder that can't be written only costs the next start some time."""
    import os

    import numpy as np

    part = path.with_suffix(f".{os.getpid()}.part.npy")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(part, vectors, allow_pickle=False)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
