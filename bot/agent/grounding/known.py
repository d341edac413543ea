"""A number that a reply may show, and whether a shown number is that one: unit, rounding, direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from bot.agent.slots.names import CODES
from bot.agent.slots.units import PER, rate, unit_named

Direction = Literal[-1, 0, 1]
Rate = tuple[str, Decimal]

_UP = (
    r"rose|rises?|risen|rising|up|increas(?:e|es|ed|ing)|grew|grows?|grown|growth|higher|more|jump(?:s|ed)?|climb(?:s|ed)?|gain(?:s|ed)?"
    r"|above|dearer|surged?|uplift|added|adds"
)
_DOWN = (
    r"fell|falls?|fallen|falling|down|decreas(?:e|es|ed|ing)|drop(?:s|ped)?|declin(?:e|es|ed|ing)|lower|less|fewer|sav(?:e|es|ed|ing|ings)"
    r"|cheaper|shr[au]nk|shrinks?|cut|reduc(?:e|es|ed|ing|tion)|below|credit(?:s|ed)?|refund(?:s|ed)?|discount(?:s|ed)?|rebates?|off|lost|loss"
    r"|negative|minus"
)
_FILLER = (
    r"(?:[ \t]+(?:by|of|about|around|roughly|some|nearly|almost|another|an?|the"
    r"|further|just|only|slightly|sharply|over"
    r"|under|more|less|than|were|was|is|are|worth|comes?|came|to[ \t]+a|total(?:s|led|ling)?|:))*"
)
_BEFORE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_FILLER}[ \t~≈(*_:]*$", re.IGNORECASE)
_AFTER = re.compile(
    rf"[ \t*_)]*(?:in[ \t]+|of[ \t]+)?(?:(?:total|overall|net|month|year|cost|price|spend|tokens?|points?"
    rf"|percentage)[ \t]+)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b",
    re.IGNORECASE,
)
_ANY = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:change|difference|delta|vs|versus|against|moved?|movement|effect|swing|driver)\b", re.IGNORECASE
)
_CURRENCY = re.compile(rf"\b({CODES})\b")
_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bpp\b", re.IGNORECASE)
_SYMBOL = re.compile(r"[$€£]")
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number counts: money of a `currency`, a percent, a canonical `unit`, or nothing said; and what it is
    counted by."""

    currency: str | None = None
    percent: bool = False
    unit: str | None = None
    rates: frozenset[Rate] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """A number with an origin. `direction`: told as a rise (1) or a fall (-1). `exact`: from the question, so only the
    same number with the same unit is this one."""

    value: Decimal
    measure: Measure
    direction: Direction = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a reply shows it. `loose` is the direction of its sentence where no word beside it tells; `rates` are
    those that its sentence, or what leads in to it, names elsewhere ("per GPU hour: AWS $2.49, GCP $3.00")."""

    value: Decimal
    quantum: Decimal
    measure: Measure
    direction: Direction = 0
    loose: Direction = 0
    scaled: bool = False
    folds: bool = False
    rates: frozenset[Rate] = frozenset()


@lru_cache(maxsize=4096)
def measure_named(unit: str, label: str = "") -> Measure:
    """What a Figure's unit or a table's column ("Cost (USD)") says; `label` may add a rate ("Cost per day")."""
    rates = frozenset(_rates(unit)) or frozenset(_rates(label))
    if code := _CURRENCY.search(unit) or _CURRENCY.search(label):
        return Measure(code[1], rates=rates)
    if _PERCENT.search(unit):
        return Measure(percent=True)
    if symbol := _SYMBOL.search(unit):
        return Measure(_SYMBOLS[symbol[0]], rates=rates)
    first = re.split(r"\s+per\s+|/|\s+a\s+", unit.strip(), maxsplit=1)[0]
    inside = re.search(r"\(([^()]*)\)\s*$", unit)
    named = unit_named(first) or (unit_named(re.split(r"\s+per\s+|/", inside[1])[0]) if inside else None)
    return Measure(unit=named, rates=rates)


def rates_named(text: str) -> frozenset[Rate]:
    """Every "per hour", "a day", "per 1M tokens" of a text."""
    return frozenset(_rates(text))


def _rates(text: str) -> list[Rate]:
    rates: list[Rate] = []
    for found in PER.finditer(text):
        if per := rate(found):
            count = Decimal((found["count"] or "1").replace(",", ""))
            power = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "million": 6, "b": 9, "billion": 9, "hundred": 2}
            count = count.scaleb(power.get((found["scale"] or "").lower(), 0))
            if per == "token" and re.match(r"m(?:illion)?\s?tok", found["what"] or "", re.IGNORECASE):
                count *= 10**6
            rates.append((per, count))
    return rates


def direction_beside(text: str, start: int, end: int) -> Direction:
    """What the word just before or just after the number at `start` to `end` says of it: a rise, a fall, nothing."""
    if before := _BEFORE.search(text, max(0, start - 48), start):
        return 1 if before["up"] else -1
    if after := _AFTER.match(text, end):
        return 1 if after["up"] else -1
    return 0


def direction_within(sentence: str) -> Direction:
    """The direction of a sentence that has words of one direction only; 0 where there are both or none."""
    ways = {1 if found["up"] else -1 for found in _ANY.finditer(sentence)}
    return 0 if len(ways) != 1 else 1 if 1 in ways else -1


@lru_cache(maxsize=4096)
def direction_of_label(label: str, value: Decimal) -> Direction:
    """A change goes the way of its sign; a saving, discount or credit is a fall, a growth a rise."""
    if way := direction_within(label):
        return way
    return (1 if value > 0 else -1) if _CHANGE.search(label) and value else 0


def is_shown(known: Known, shown: Shown) -> bool:
    """Whether `shown` tells `known`: same unit where both name one, no farther than half a step of its last digit (half
    up or half even both pass), same direction. A figure known to be other than zero is not shown by zero money."""
    ratio = _same_measure(known, shown)
    if ratio is None:
        return False
    size, value = abs(known.value) * ratio, abs(shown.value)
    if known.exact:
        return size == value and (known.value < 0) == (shown.value < 0)
    if 2 * abs(size - value) > shown.quantum:
        return False
    if not value and size and shown.measure.currency:
        return False
    if shown.scaled and 10 * abs(size - value) > value:
        return False
    return _same_direction(known, shown)


def _same_direction(known: Known, shown: Shown) -> bool:
    if known.value == 0 or shown.value == 0:
        return True
    told = shown.direction or shown.loose
    if known.value < 0:
        return shown.value < 0 or told == -1
    if shown.value < 0:
        return known.direction == -1
    return not (known.direction and told and known.direction != told)


def _same_measure(known: Known, shown: Shown) -> Decimal | None:
    """What the known value is multiplied by to be in the shown unit (another count of the same rate); None when the
    units differ."""
    one, other = known.measure, shown.measure
    if one.percent != other.percent:
        return None
    if other.currency != one.currency and (other.currency or other.unit):
        return None
    if other.unit and one.unit != other.unit and (one.unit or one.percent or one.currency):
        return None
    if not other.rates:
        return None if one.rates and _common(one.rates, shown.rates) != 1 else Decimal(1)
    return _common(one.rates, other.rates)


def _common(known: frozenset[Rate], told: frozenset[Rate]) -> Decimal | None:
    """How many of the known rate one of the rates told is; None when they have none in common."""
    ratios = [
        count / known_count
        for per, count in told
        for known_per, known_count in known
        if per == known_per or (per == "hour" and known_per == "GPU hour")
    ]
    return min(ratios, key=lambda ratio: ratio != 1, default=None)
