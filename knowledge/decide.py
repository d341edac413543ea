"""Which articles are new, changed or the same as those stored, and what leaves with the change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.documents import Article

# Raised when parsing or chunking changes, so that documents added again are read anew.
PIPELINE = "6"


@dataclass(frozen=True, slots=True)
class Decision:
    """`store` are to be written, `drop` are ids to be erased; a changed article is in `store` and its old id in `drop`.
    The counts are of articles."""

    store: tuple[Article, ...]
    drop: tuple[str, ...]
    added: int
    changed: int
    same: int


def article_id(key: str, title: str, publisher: str, published_on: date | None, text: str) -> str:
    """16 hex digits that follow from where the article is and from all that it says of itself."""
    said = (PIPELINE, key, title, publisher, str(published_on), text)
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def decide(articles: Iterable[Article], stored: Mapping[str, frozenset[str]]) -> Decision:
    """`stored` has the stored article ids of each key among `articles`. All that a key held and no longer holds is
    dropped, so a shortened or rewritten article leaves nothing behind."""
    unique = {article.id: article for article in articles}
    fresh = tuple(article for article in unique.values() if article.id not in stored.get(article.key, frozenset()))
    keys = {article.key for article in unique.values()}
    drop = tuple(sorted(old for key in keys for old in stored.get(key, frozenset()) if old not in unique))
    changed = sum(1 for article in fresh if any(old in drop for old in stored.get(article.key, frozenset())))
    return Decision(fresh, drop, len(fresh) - changed, changed, len(unique) - len(fresh))
