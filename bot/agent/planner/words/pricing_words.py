"""Words for how charges are priced, where spend is asked about: on demand, spot, under a commitment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.agent.planner.names.ledger_names import Value, leaves_out
from bot.agent.slots.lexing import Span, touches

CATEGORY, TYPE = "pricing_category", "commitment_type"
COMMITTED = "Committed"
CATEGORIES = (
    ("Standard", re.compile(r"\bon[\s-]demand\b|\bpay[\s-]as[\s-]you[\s-]go\b|\bpayg\b", re.IGNORECASE)),
    ("Dynamic", re.compile(r"\bspot\b|\bpre-?emptible\b", re.IGNORECASE)),
    (COMMITTED, re.compile(
        r"\b(?:committed|reserved)\b(?!\s+(?:use|instances?|capacity))"
        r"|\b(?:commitments?|reservations?)\b", re.IGNORECASE)),
)  # fmt: skip
TYPES = (
    ("savings plan", re.compile(r"\bsavings?[\s-]plans?\b", re.IGNORECASE)),
    ("reserv", re.compile(r"\breserved[\s-](?:instances?|capacity)\b|\bRIs\b", re.IGNORECASE)),
    ("committed use", re.compile(r"\bcommitted[\s-]use(?:\s+discounts?)?\b|\bCUDs?\b", re.IGNORECASE)),
)
"""What the providers' own names of a kind have in common, lower case: Azure sells a Reservation, AWS an Instance."""
SPENT = re.compile(
    r"\b(?:spen[dt]\w*|paid|pay(?:ing|s)?|costs?|bill(?:s|ed)?|usage|charges?|(?:un)?us(?:e[ds]?|ing)|utili[sz]\w+|wast\w+)\b",
    re.IGNORECASE,
)
SAVES = re.compile(
    r"\b(?:sav(?:e[ds]?|ing|ings)\b(?![\s-]+plans?)|(?<!use )discounts?\b|worth\b|should\b)", re.IGNORECASE
)


def pricing_values(text: str, known: Mapping[str, Sequence[str]], masked: Sequence[Span] = ()) -> tuple[Value, ...]:
    """The pricing categories and kinds of commitment that `text` asks the spend of, as the ledger spells them. Where
    one kind of commitment is set against on demand or spot, all committed charges are meant."""
    if not SPENT.search(text) or SAVES.search(text):
        return ()
    names = {name.casefold(): name for name in known.get(CATEGORY, ())}
    found: list[Value] = []

    def add(dimension: str, name: str, match: re.Match[str]) -> None:
        if not touches(match.start(), match.end(), [*masked, *((v.start, v.end) for v in found if v.value != name)]):
            out = leaves_out(text, match.start())
            found.append(Value(dimension, name, match.start(), match.end(), out))

    for category, pattern in CATEGORIES:
        if own := names.get(category.casefold()):
            for match in pattern.finditer(text):
                add(CATEGORY, own, match)
    against = any(value.value.casefold() != COMMITTED.casefold() for value in found)
    for part, pattern in TYPES:
        for match in pattern.finditer(text):
            if against and (own := names.get(COMMITTED.casefold())):
                add(CATEGORY, own, match)
                continue
            for kind in known.get(TYPE, ()):
                if part in kind.casefold():
                    found.append(Value(TYPE, kind, match.start(), match.end(), leaves_out(text, match.start())))
    return tuple(found)
