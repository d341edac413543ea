"""From the parts of a model's name to the one model that is meant, at one provider."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue, Entry, ModelRef
from tools.prices.choices import has_digit, nearest, option, options
from tools.prices.deployments import GEOGRAPHY, bedrock_id, refuse_geography, refuse_unpriced
from tools.prices.families import maker_of, spoken_keys, with_family
from tools.prices.index import Index, index_of
from tools.prices.spelling import (
    Key,
    Token,
    key,
    numbers,
    soft_key,
    tokens,
    without_address,
)
from tools.prices.vocabulary import (
    HOST_ORDER,
    MAKER_WORDS,
    MAKERS,
    SERVICE_WORDS,
    UNLISTED,
    host_pattern,
    provider_id,
    provider_pattern,
)
from tools.results import listed

_ON_PROVIDER = re.compile(
    rf"\b(?:on|via|through|from|at|by|using|with)\s+(?:the\s+)?({provider_pattern()})\b|@\s*({provider_pattern()})\b",
    re.I,
)
_HOST = re.compile(rf"\b({host_pattern()})\b", re.I)
_UNLISTED = re.compile(rf"\b(?:on|via|through|from|at)\s+({'|'.join(sorted(UNLISTED))})\b", re.I)


def find_model(name: str, catalogue: Catalogue) -> ModelRef:
    """The one model that `name` means. NeedsChoice when several fit, Unknown (with the nearest names) when none does.

    Without a provider the maker's own API is meant; open weights without one, NeedsChoice over the hosts. Words may be
    misspelt by a letter or two when just one model then fits; versions and sizes must be given exactly.
    """
    if unlisted := _UNLISTED.search(name):
        raise Unknown(f"The price catalogue has no prices of {unlisted[1]}.")
    refuse_unpriced(name)
    rest, provider = split_provider(name)
    if profile := bedrock_id(rest):
        found = catalogue.with_id(ModelRef("aws", profile.ident))
        return found or choose(name_parts(profile.ident), rest, "aws", catalogue, regional=profile.regional)
    if exact := _exact_id(rest, provider, catalogue):
        return exact
    parts = name_parts(rest)
    if not parts:
        raise Unknown(f"{name!r} names no model.")
    return choose(parts, rest, provider, catalogue, regional=bool(GEOGRAPHY.search(rest)))


def name_parts(said: str) -> list[Token]:
    return [part for part in tokens(without_address(said)) if part.text not in MAKER_WORDS or part.text in MAKERS]


def _exact_id(said: str, provider: str | None, catalogue: Catalogue) -> ModelRef | None:
    """The model whose id this is to the letter, where the id tells its version."""
    ident = said.strip()
    if not has_digit(ident):
        return None
    seller = provider or maker_of(key(tokens(without_address(ident))))
    return catalogue.with_id(ModelRef(seller, ident)) if seller else None


def split_provider(name: str) -> tuple[str, str | None]:
    """The name without its provider, and the provider's id: `haiku 4.5 on bedrock` is (`haiku 4.5`, `aws`)."""
    found = _ON_PROVIDER.search(name) or _HOST.search(name)
    if found is None:
        return name, None
    word = next(group for group in found.groups() if group)
    return f"{name[: found.start()]} {name[found.end() :]}".strip(), provider_id(word)


def choose(
    parts: Sequence[Token], said: str, provider: str | None, catalogue: Catalogue, *, regional: bool = False
) -> ModelRef:
    """The model for the parts of a name, at `provider` or at its maker's. Raises as `find_model` does."""
    index = index_of(catalogue)
    parts = [part for part in parts if part.text not in SERVICE_WORDS]
    if regional:
        parts = [part for part in parts if not GEOGRAPHY.fullmatch(part.text)]
    if found := sold(spoken_keys(parts), index, provider):
        if provider is None and not index.is_exact(found[1], maker_of(found[1])):
            _refuse_a_wider_name(parts, said, found, catalogue)
        return _at(*found, said, provider, catalogue, regional=regional)
    if fits := _wider(parts, provider, catalogue):
        raise NeedsChoice(f"Which model do you mean by {said.strip()!r}?", fits)
    corrected = corrections(parts, index)
    if len(corrected) == 1:
        return _at(index.best(corrected[0]), corrected[0], said, provider, catalogue, regional=regional)
    near = nearest(said, catalogue)
    hint = f" Nearest: {listed(near)}." if near else ""
    raise Unknown(f"No model called {said.strip()!r} is in the price catalogue.{hint}", near)


def corrections(parts: Sequence[Token], index: Index) -> list[Key]:
    """Known keys that are a letter or two away, with every version and size as said."""
    choices = [
        (part.text,) if part.is_number or part.text in index.words else _respelt(part.text, index.words)
        for part in parts
    ]
    found: list[Key] = []
    for words in product(*choices):
        respelt = [Token(word, part.start, part.end) for word, part in zip(words, parts, strict=True)]
        name = next((name for name in spoken_keys(respelt) if name in index.by_key), None)
        if name and name not in found:
            found.append(name)
    return found


@lru_cache(maxsize=1024)
def _respelt(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """Known words a letter away, or two from six letters on; a word of one or two letters is never respelt."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < 3:
        return (word,)
    most = 1 if len(word) < 6 else 2
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    return tuple(other for other, _, _ in near if len(other) > 2)


def sold(keys: Sequence[Key], index: Index, provider: str | None) -> tuple[dict[str, list[Entry]], Key] | None:
    """Who sells the first of the keys that the named provider or the maker sells; failing that, that anybody sells. A
    bare family at a reseller is no find."""
    found = [(sellers, name) for name in keys for sellers in [index.best(name)] if sellers]
    for sellers, name in found:
        if (provider or maker_of(name)) in sellers:
            return sellers, name
    return next(((sellers, name) for sellers, name in found if numbers(name) or maker_of(name) is None), None)


def _at(
    sellers: dict[str, list[Entry]], name: Key, said: str, provider: str | None, catalogue: Catalogue, *, regional: bool
) -> ModelRef:
    maker = maker_of(name)
    hosts = [option(one_entry(entries, catalogue), catalogue) for _, entries in _ordered(sellers)]
    if provider:
        if regional:
            refuse_geography(provider, maker)
        if provider in sellers:
            return _one(sellers[provider], name, said, catalogue, regional=regional)
        for lister in catalogue.fallbacks(provider):
            if lister in sellers:
                return ModelRef(provider, _one(sellers[lister], name, said, catalogue).model)
        where = catalogue.providers().get(provider, provider)
        raise Unknown(
            f"The price catalogue has no price of {said.strip()!r} at {where}. Known: {listed(hosts)}.", hosts
        )
    if maker in sellers:
        return _one(sellers[maker], name, said, catalogue)
    if len(sellers) == 1 and maker is None:
        return _one(next(iter(sellers.values())), name, said, catalogue)
    raise NeedsChoice(f"{said.strip()!r} is sold by several providers at their own prices. Which one?", hosts[:8])


def _one(entries: Sequence[Entry], name: Key, said: str, catalogue: Catalogue, *, regional: bool = False) -> ModelRef:
    """One entry of one provider. A name without any version that others of its line carry is a question back."""
    if not any(map(has_digit, name)):
        line = [
            entry
            for spelled, entry in index_of(catalogue).by_provider[entries[0].ref.provider]
            if entry not in entries
            and entry.kind == entries[0].kind == "text"
            and numbers(spelled)
            and {part for part in spelled if part.isalpha()} == set(name)
        ]
        if line:
            raise NeedsChoice(f"Which version of {said.strip()!r}?", options([*entries, *line], catalogue))
    return one_entry(entries, catalogue, regional=regional).ref


def one_entry(entries: Sequence[Entry], catalogue: Catalogue, *, regional: bool = False) -> Entry:
    """A global endpoint before a regional one unless asked; then one still sold, with a known context window, the
    shortest id."""
    wanted = "regional" if regional else "global"
    return min(
        entries,
        key=lambda entry: (
            entry.endpoint not in (wanted, None),
            catalogue.withdrawn(entry),
            entry.deprecated,
            entry.context_window is None,
            len(entry.ref.model),
            entry.ref.model,
        ),
    )


def _refuse_a_wider_name(
    parts: Sequence[Token], said: str, found: tuple[dict[str, list[Entry]], Key], catalogue: Catalogue
) -> None:
    """A name that fits only a dated release (`gpt-3.5` and gpt-3.5-0301) while others have more words is no choice."""
    entries = found[0].get(maker_of(found[1]) or "", [])
    names = [option(entry, catalogue) for entry in entries]
    fits = _wider(parts, None, catalogue) if entries else []
    if not set(fits) <= set(names):
        raise NeedsChoice(f"Which model do you mean by {said.strip()!r}?", list(dict.fromkeys([*names, *fits]))[:8])


def _wider(parts: Sequence[Token], provider: str | None, catalogue: Catalogue) -> list[str]:
    """Options for the current text models whose names hold everything that was said and more, newest first."""
    index = index_of(catalogue)
    said = set(with_family(soft_key(parts)))
    if said.isdisjoint(MAKERS):
        return []
    seller = provider or maker_of(tuple(said))
    fits = [
        entry
        for at in ((seller, *catalogue.fallbacks(seller)) if seller else index.by_provider)
        for spelled, entry in index.by_provider.get(at, ())
        if said < set(spelled) and entry.kind == "text"
    ]
    return options(fits, catalogue)


def _ordered(sellers: dict[str, list[Entry]]) -> list[tuple[str, list[Entry]]]:
    rank = {provider: place for place, provider in enumerate(HOST_ORDER)}
    return sorted(sellers.items(), key=lambda item: (rank.get(item[0], len(rank)), "hugging" in item[0], item[0]))
