"""Model strings of bills and logs, matched to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue, Entry, ModelRef
from tools.prices.families import maker_of, with_family
from tools.prices.index import index_of
from tools.prices.mentions import mentions
from tools.prices.resolve import choose, split_provider
from tools.prices.spelling import Token, key, numbers, soft_key, tokens, without_address
from tools.prices.vocabulary import provider_id

_HARMLESS = frozenset({"exp", "experimental", "default"})


def resolve_billed_model(raw: str, provider: str | None, catalogue: Catalogue) -> ModelRef | None:
    """The catalogue's model for a model string of a bill or a log (`eu.anthropic.claude-haiku-4-5-20251001-v1:0`,
    `gpt-4o-2024-08-06`, `USE1-Claude4.5Sonnet-input-tokens`); None when it is not certain. `provider` is as the bill
    names it (`Amazon Web Services`); without it, the maker's own API."""
    ident = raw.strip().lower()
    parts = tokens(without_address(ident))
    if not parts:
        return None
    seller = provider_id(provider) if provider else maker_of(key(parts))
    if seller is None:
        return None
    found = catalogue.match(seller, ident) or catalogue.match(seller, without_address(ident))
    if found and _spells(parts, catalogue.entry(found), catalogue):
        return found
    if chosen := _chosen(parts, raw, seller, catalogue):
        return chosen
    named = [mention for mention in mentions(raw, catalogue) if mention.ref]
    return _chosen(tokens(named[0].text), named[0].text, seller, catalogue) if len(named) == 1 else None


def model_key(text: str) -> str:
    """What a model is called whoever sells it and whenever it was released: `claude-sonnet-3.5` for
    `anthropic.claude-3-5-sonnet-20241022-v2:0` and for `Claude Sonnet 3.5`."""
    rest = split_provider(text)[0] if " " in text.strip() else text
    return "-".join(with_family(soft_key(tokens(without_address(rest)))))


def _chosen(parts: Sequence[Token], said: str, seller: str, catalogue: Catalogue) -> ModelRef | None:
    try:
        return choose(parts, said, seller, catalogue)
    except (NeedsChoice, Unknown):
        return None


def _spells(parts: Sequence[Token], entry: Entry, catalogue: Catalogue) -> bool:
    """Whether the parts say no other version and no other variant than one of the entry's own spellings does."""
    said = soft_key(parts)
    words = {part for part in said if part.isalpha()} - _HARMLESS
    sellers = (entry.ref.provider, *catalogue.fallbacks(entry.ref.provider))
    spelled = [row for seller in sellers for row in index_of(catalogue).by_provider.get(seller, ())]
    return any(
        numbers(said) == numbers(name) and words <= set(name) for name, other in spelled if other.info is entry.info
    )
