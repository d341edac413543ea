"""Models in a filter in the words of people, replaced by those of the ledger."""

from __future__ import annotations

from dataclasses import replace

from tools.ledger.audience import Audience
from tools.ledger.known import known_values
from tools.ledger.ledger import Ledger
from tools.ledger.naming.spoken_models import models_meant
from tools.ledger.scope import Scope

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def with_families(ledger: Ledger, audience: Audience, scope: Scope) -> Scope:
    """The scope with each model value that names no model of the ledger replaced by the models that bear all its words
    and figures. A version is never guessed: what names one stands for no model with another, nor for a variant."""
    known = known_values(ledger, audience, "model")

    def resolved(pairs: Pairs) -> Pairs:
        return tuple(
            (dimension, tuple(found for value in values for found in models_meant(value, known)))
            if dimension == "model"
            else (dimension, values)
            for dimension, values in pairs
        )

    return replace(scope, where=resolved(scope.where), without=resolved(scope.without))
