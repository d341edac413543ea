"""Every way the catalogue spells its models, by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.prices.catalogue import Catalogue, Entry
from tools.prices.spelling import Key, key_and_soft_key, tokens, without_address

if TYPE_CHECKING:
    from genai_prices.types import MatchLogic

EXACT, NAMED, SOFTENED = 0, 1, 2
PASS_THROUGH = "huggingface_"
"""Providers that pass other hosts' prices on; those hosts are in the catalogue themselves."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`level`: EXACT for an API id, NAMED for the published name, SOFTENED without dates and filler words."""

    level: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Index:
    by_key: Mapping[Key, tuple[Hit, ...]]
    by_provider: Mapping[str, tuple[tuple[Key, Entry], ...]]
    words: frozenset[str]

    def best(self, name: Key) -> dict[str, list[Entry]]:
        """By provider, the entries of that key at the closest level that has any."""
        levels: dict[str, int] = {}
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for hit in self.by_key.get(name, ()):
            provider = hit.entry.ref.provider
            if hit.level == levels.setdefault(provider, hit.level):
                found[provider].append(hit.entry)
        return dict(found)

    def is_exact(self, name: Key, provider: str | None) -> bool:
        """Whether that provider has a model of this very id or published name; so when it has none of that key."""
        levels = [hit.level for hit in self.by_key.get(name, ()) if hit.entry.ref.provider == provider]
        return not levels or min(levels) < SOFTENED


@lru_cache(maxsize=2)
def index_of(catalogue: Catalogue) -> Index:
    """Built once a catalogue, in about 0.2 s."""
    hits: defaultdict[Key, dict[str, Hit]] = defaultdict(dict)
    spelled: defaultdict[str, list[tuple[Key, Entry]]] = defaultdict(list)
    words: set[str] = set()
    for entry in catalogue:
        if entry.ref.provider.startswith(PASS_THROUGH):
            continue
        ident = f"{entry.ref.provider} {entry.ref.model}"
        for level, spelling in _spellings(entry, catalogue.corrections.aliases):
            known = hits[spelling]
            if ident not in known:
                spelled[entry.ref.provider].append((spelling, entry))
            if ident not in known or level < known[ident].level:
                known[ident] = Hit(level, entry)
            words.update(spelling)
    return Index(
        {name: tuple(sorted(found.values(), key=lambda hit: hit.level)) for name, found in hits.items()},
        {provider: tuple(rows) for provider, rows in spelled.items()},
        frozenset(word for word in words if word.isalpha()),
    )


def _spellings(entry: Entry, aliases: Mapping[tuple[str, str], str]) -> Iterator[tuple[int, Key]]:
    provider, model = entry.ref.provider, entry.ref.model
    own = [name for name in literals(entry.info.match) if aliases.get((provider, name), model) == model]
    renamed = [name for (seller, name), meant in aliases.items() if (seller, meant) == (provider, model)]
    idents = {without_address(ident) for ident in (model, *own, *renamed)}
    names = {entry.name, entry.info.name or entry.name} - idents
    for level, spelling in [(EXACT, ident) for ident in idents] + [(NAMED, name) for name in names]:
        exact, soft = key_and_soft_key(tokens(spelling))
        if exact:
            yield level, exact
        if soft and soft != exact:
            yield SOFTENED, soft


def literals(match: MatchLogic) -> Iterator[str]:
    """The literal strings of a match rule; patterns and conditions are not spellings."""
    from genai_prices import types

    if isinstance(match, types.ClauseOr):
        for clause in match.or_:
            yield from literals(clause)
    elif isinstance(match, types.ClauseEquals):
        yield match.equals
    elif isinstance(match, types.ClauseStartsWith):
        yield match.starts_with
    elif isinstance(match, types.ClauseContains):
        yield match.contains
