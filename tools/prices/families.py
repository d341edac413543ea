"""Which family and which maker a name belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from tools.prices.spelling import Key, Token, key_and_soft_key, numbers, words_first
from tools.prices.vocabulary import GPT_SIZES, IMPLIED, MAKERS


def spoken_keys(parts: Sequence[Token]) -> list[Key]:
    """The keys to try, in order: with the implied family and as said, then both without filler words."""
    keys: list[Key] = []
    for name in key_and_soft_key(parts):
        for candidate in (with_family(name), name):
            if candidate and candidate not in keys:
                keys.append(candidate)
    return keys


def with_family(name: Key) -> Key:
    """The key with the family that its words imply: `sonnet 4.5` is a Claude, `4o mini` a GPT."""
    family = next((IMPLIED[part] for part in name if part in IMPLIED and IMPLIED[part] not in name), None)
    if family is None and not GPT_SIZES.isdisjoint(name) and numbers(name) and MAKERS.keys().isdisjoint(name):
        family = "gpt"
    return name if family is None else tuple(sorted((*name, family), key=words_first))


def maker_of(name: Key) -> str | None:
    """The maker's own API; None for open weights and for families that are not known."""
    if "oss" in name:
        return None
    if {"text", "embedding"} <= set(name):
        return "openai"
    return next((MAKERS[part] for part in with_family(name) if part in MAKERS), None)
