"""Kinds of charges that people name and a bill spells in several columns: refunds, credits, taxes, purchases.

FOCUS 1.2 states the ChargeCategory (Usage, Purchase, Tax, Credit, Adjustment) and the ChargeClass (Correction, or
empty) of each charge. A refund has no category of its own: providers enter it as an adjustment, as a correction, or as
a negative charge of any category that its description calls a refund.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.errors import Unknown
from tools.ledger import columns as c

KIND = "charge_kind"
CATEGORIES = {
    "usage": "usage",
    "purchases": "purchase",
    "taxes": "tax",
    "credits": "credit",
    "adjustments": "adjustment",
}
KINDS = (*CATEGORIES, "corrections", "refunds")
SPELLED = {
    **{name: name for name in KINDS},
    **{name: plural for plural, name in CATEGORIES.items()},
    "correction": "corrections",
    "refund": "refunds",
}
MEANT = {
    "credits": "Credits are all charges of the category Credit, refunds that the bill enters as credits among them.",
    "corrections": "Corrections are charges of the class Correction, of whatever category.",
    "refunds": (
        "Refunds are charges below zero that are adjustments, corrections, or called a refund in their description."
    ),
}


def kind_named(value: str) -> str:
    """The kind's own spelling. Unknown, with all that there are, for any other."""
    found = SPELLED.get(value.strip().casefold())
    if found is None:
        raise Unknown(f"There is no kind of charge called {value!r}; there are {', '.join(KINDS)}.", KINDS)
    return found


def is_of(table: Any, kinds: Sequence[str]) -> Any:
    """Whether a row is of any of these kinds."""
    condition = None
    for name in kinds:
        found = _is(table, name).fill_null(False)
        condition = found if condition is None else condition | found
    return condition


def _is(table: Any, kind: str) -> Any:
    category = table[c.CHARGE_CATEGORY].lower()
    if kind in CATEGORIES:
        return category == CATEGORIES[kind]
    corrects = (table[c.CHARGE_CLASS].lower() == "correction").fill_null(False)
    if kind == "corrections":
        return corrects
    called_so = table[c.CHARGE_DESCRIPTION].lower().contains("refund").fill_null(False)
    below_zero = (table[c.EFFECTIVE_COST] < 0) | (table[c.BILLED_COST] < 0)
    return below_zero & ((category == "adjustment").fill_null(False) | corrects | called_so)
