"""A model family in a filter: `claude`, `haiku` or `gemini` stands for every model of that name in the ledger."""

from __future__ import annotations

import re
from dataclasses import replace

from tools.ledger.audience import Audience
from tools.ledger.known import known_values
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def with_families(ledger: Ledger, audience: Audience, scope: Scope) -> Scope:
    """The scope with each model value that names no model of the ledger, and no version, replaced by the models that
    hold all its words. A value with digits stays as it is: a version is never guessed."""
    known = known_values(ledger, audience, "model")
    names = {name.casefold() for name in known}

    def resolved(pairs: Pairs) -> Pairs:
        return tuple(
            (dimension, tuple(found for value in values for found in _models(value, known, names)))
            if dimension == "model"
            else (dimension, values)
            for dimension, values in pairs
        )

    return replace(scope, where=resolved(scope.where), without=resolved(scope.without))


def _models(value: str, known: tuple[str, ...], names: set[str]) -> tuple[str, ...]:
    words = re.findall(r"[a-z]+", value.casefold())
    if value.casefold() in names or re.search(r"\d", value) or not words:
        return (value,)
    found = tuple(name for name in known if set(words) <= set(re.findall(r"[a-z]+", name.casefold())))
    return found or (value,)
