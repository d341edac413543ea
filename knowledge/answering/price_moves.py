"""By how many percent the stored texts say that a price moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.answering.sentences import sentences
from knowledge.documents import Passage, day_of
from knowledge.searching.search import search
from knowledge.store import Store

PERCENT = re.compile(r"(?<![\w.,])(?P<number>\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b)", re.IGNORECASE)
DOWN = re.compile(
    r"\b(?:cut|lower|reduc|drop|fall|fell|slash|trim|decreas|declin|cheaper|down|less|off\b|discount|shav|eas(?:e|ed|ing)\b)\w*",
    re.I,
)
UP = re.compile(
    r"\b(?:rais|rise|rising|rose|risen|hik|increas|climb|jump|higher|dearer|up\b|more expensive|surcharg|premium)\w*",
    re.I,
)
PRICE = re.compile(r"\b(?:pric\w+|rates?|rents?|rental|tariff\w*|cost\w*|discount\w*|fees?|charges?)\b", re.IGNORECASE)
MOST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class PriceMove:
    """`percent` is negative where the price falls; `quote` stands word for word in the passage."""

    percent: Decimal
    quote: str
    passage: Passage


def price_moves(store: Store, question: str, names: Sequence[str], today: date) -> list[PriceMove]:
    """What texts published by `today` say of the price of one of `names`: sentences with a percentage, a direction and
    a word of prices that name it, else such sentences of texts whose title does. The newest first; a sentence with
    several percentages counts for each of them."""
    wanted = [pattern for name in names if (pattern := _called(name))]
    named: list[PriceMove] = []
    under: list[PriceMove] = []
    for passage in search(store, question, MOST_PASSAGES):
        if passage.published_on is not None and passage.published_on > today:
            continue
        for sentence in sentences(passage.text):
            found = _moves(sentence, passage)
            if any(pattern.search(sentence) for pattern in wanted):
                named += found
            elif any(pattern.search(passage.title) for pattern in wanted):
                under += found
    return sorted(named or under, key=lambda one: day_of(one.passage), reverse=True)


def _called(name: str) -> re.Pattern[str] | None:
    """`grok-4-fast` as `Grok 4 Fast` is written, too."""
    parts = re.findall(r"[A-Za-z]+|\d+", name)
    if not parts:
        return None
    joined = r"[\s._-]*".join(map(re.escape, parts))
    return re.compile(rf"(?<![A-Za-z0-9]){joined}(?![0-9])", re.IGNORECASE)


def _moves(sentence: str, passage: Passage) -> list[PriceMove]:
    if not PRICE.search(f"{passage.title} {sentence}"):
        return []
    down, up = DOWN.search(sentence), UP.search(sentence)
    if (down is None) == (up is None):
        title_down, title_up = DOWN.search(passage.title), UP.search(passage.title)
        if (title_down is None) == (title_up is None):
            return []
        down = title_down
    sign = -1 if down is not None else 1
    return [PriceMove(sign * Decimal(found["number"]), sentence, passage) for found in PERCENT.finditer(sentence)]
