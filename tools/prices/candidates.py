"""Which models are worth putting before somebody who asks for the cheapest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from tools.errors import Unknown
from tools.prices.catalogue import CLOUDS, Catalogue, Entry, ModelRef
from tools.prices.families import maker_of
from tools.prices.spelling import Key, key, soft_key, tokens, without_address
from tools.prices.vocabulary import provider_id

_NOT_FOR_PRODUCTION = re.compile(r"preview|:free|-free|beta|\bexp\b|experimental|contributor|latest|highspeed")
_TERMS = re.compile(r"limited availability|imported from openrouter|no paid tier|free of charge", re.I)


def candidates(
    catalogue: Catalogue,
    *,
    min_context: int | None = None,
    providers: Sequence[str] = (),
    families: Sequence[str] = (),
    without: Sequence[str] = (),
    exclude: Collection[ModelRef] = (),
    needed_context: Decimal | None = None,
    ended: bool = False,
) -> tuple[list[Entry], list[str]]:
    """The entries to price, and sentences on what was left out. `needed_context` is the input of one request in tokens.

    A model that its maker has deprecated or withdrawn is left out wherever it is sold, or with `ended` only those are
    kept; so is one made or sold by a
    provider of `without`. Raises Unknown for a provider
    that is not in the catalogue.
    """
    sellers, unwanted = _sellers(providers, catalogue), _sellers(without, catalogue)
    least = max(min_context or 0, int(needed_context or 0))
    lines_ended = {line_of(entry) for entry in catalogue if catalogue.ending_soon(entry) and is_makers(entry)}
    kept: list[Entry] = []
    left_out: dict[str, int] = {}
    for entry in catalogue:
        if entry.kind != "text" or entry.ref in exclude or not _sold_there(entry, sellers):
            continue
        if entry.ref.provider in unwanted or maker_of(line_of(entry)) in unwanted:
            continue
        if not _named(entry, families) or (entry.context_window or least) < least:
            continue
        if (catalogue.ending_soon(entry) or line_of(entry) in lines_ended) is not ended:
            why = "that are deprecated or withdrawn"
        elif _NOT_FOR_PRODUCTION.search(entry.ref.model.lower()) or _TERMS.search(entry.comments):
            why = "that are previews, free tiers or restricted"
        elif entry.context_window is None:
            why = "whose context window is not known"
        else:
            kept.append(entry)
            continue
        left_out[why] = left_out.get(why, 0) + 1
    return kept, [f"Left out: {count:,} models {why}." for why, count in left_out.items()]


def _sellers(providers: Sequence[str], catalogue: Catalogue) -> frozenset[str]:
    known = catalogue.providers()
    found = set()
    for name in providers:
        ident = name if name in known else provider_id(name)
        if ident is None or ident not in known:
            raise Unknown(f"The price catalogue has no provider {name!r}.", sorted(known.values())[:8])
        found.add(ident)
    return frozenset(found)


def _sold_there(entry: Entry, sellers: frozenset[str]) -> bool:
    """At the providers asked for, else at its maker's own API or on a big cloud."""
    return entry.ref.provider in sellers if sellers else entry.ref.provider in CLOUDS or is_makers(entry)


def is_makers(entry: Entry) -> bool:
    """Whether the model is sold by its own maker."""
    return maker_of(line_of(entry)) == entry.ref.provider


def _named(entry: Entry, families: Sequence[str]) -> bool:
    words = {*key(tokens(entry.name)), *line_of(entry)}
    return not families or any({part.text for part in tokens(family)} <= words for family in families)


def line_of(entry: Entry) -> Key:
    """The model whoever sells it: `claude-haiku-4-5` of Anthropic and of Bedrock are one."""
    return soft_key(tokens(without_address(entry.ref.model)))
