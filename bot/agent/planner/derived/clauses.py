"""A question on an amount of our own together with what is to be done with it, told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.agent.planner.plan import Args
from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.lexing import Span


@dataclass(frozen=True, slots=True)
class Derivation:
    """`rest` asks for the amount alone; `args` are those of the tool that works on it. `monthly`: the amount is to be
    that of a month, the last complete one where the rest names no time."""

    rest: str
    args: Args = field(default_factory=dict)
    tool: str = "derived_amount"
    amount_from: str = "amount"
    monthly: bool = False


Read = Callable[[str], "Derivation | None"]

SCALE = r"(?:k|m|mn|mio|bn|b|thousand|million|billion)"
NUMBER = (
    r"(?:(?:about|around|roughly|approx(?:\.|imately)?|some|currently)\s+)?"
    rf"(?P<n>[$€£]?\s?\d(?:[\d,. ]*\d)?(?:\s?{SCALE})?\b(?:\s?(?:usd|eur|gbp|chf|dollars?|euros?|pounds?|bucks)\b)?)"
)
PERCENT = r"(?P<p>\d+(?:\.\d+)?)\s?(?:%|percent\b|per\s+cent\b|pct\b)"
# What is left of a question whose subject stands in the clause that was taken out.
POINTS = re.compile(
    r"^\W*(?:(?:and|so|then|what|how|much|many|would|will|could|should|does|do|did|is|was|be|are|it|that|this|they|the"
    r"|we|us|our|i|you|be|come|comes|to|look|looks|like|total|cost|costs|costing|bill|pay|paying|spend|spending|save"
    r"|saves|saving|figure"
    r"|number|amount|result|then|in|at|for|by|per|month|a|an|of|now|up|end|get|mean|means|work|out|case|there|here"
    r"|year|monthly|yearly|have|has|need|needed|i['’]s|what['’]?s|ya|please|pls|become|becomes)\b\W*)*$",
    re.IGNORECASE,
)
ASKS = re.compile(r"^\W*(?:what|how|which|who|is|was|were|are|did|do|does|will|would|can|could|show|give|tell)\b", re.I)
JOINTS = re.compile(r"\s*(?:[,;:.?!]\s*)+")
LOOSE_END = re.compile(
    r"(?:\s*(?:[,;:(\[=-]|\b(?:and|if|at|with|using|given|as|is|are|was|of|so|then|but|when|while|that|assuming"
    r"|suppose)\b))+\s*$",
    re.IGNORECASE,
)
LOOSE_START = re.compile(
    r"^(?:\s*[,;:.?!)\]-]+\s*|\s*\b(?:and|then|so|but|if|suppose|assuming|with)\b)+\s*", re.IGNORECASE
)


def value(text: str) -> Decimal | None:
    """The one amount that `text` tells."""
    found = amounts(text)
    return found[0].value if len(found) == 1 else None


def currency_of(text: str) -> str | None:
    found: Sequence[Amount] = amounts(text)
    return found[0].money.currency if len(found) == 1 and found[0].money is not None else None


def without(text: str, *spans: Span) -> str:
    """`text` without `spans`, its clauses tidied: one that only points back (`what would that be`) is left out."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} , {text[end:]}"
    clauses = [LOOSE_START.sub("", LOOSE_END.sub("", part)).strip() for part in JOINTS.split(text)]
    kept = [part for part in clauses if part and not POINTS.match(part)]
    asked = next((i for i, part in enumerate(kept) if ASKS.match(part)), None)
    if asked:
        kept.insert(0, kept.pop(asked))
    return ", ".join(kept)


def numbers_in(text: str) -> bool:
    """Whether digits stand in `text` that may be an amount, names and dates apart."""
    return bool(amounts(text))
