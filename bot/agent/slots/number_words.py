"""Numbers written as words: "two hundred and fifty thousand", "half a million", "a dozen"."""

from __future__ import annotations

import re
from decimal import Decimal

SCALES = r"hundred|thousand|lakhs?|crores?|million|billion|trillion"
_SCALE = {"hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_SCALE |= {"lakhs": 10**5, "crores": 10**7, "trillion": 10**12}
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUE = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORD = "|".join(sorted(_VALUE, key=len, reverse=True))
_ONE_OF = (
    rf"(?:{SCALES}|dozen|and\s+a\s+half|token|request|call|hour|day|week|month|quarter|year|gpu|chip|card|node|user|seat"
    r"|team|model|provider|percent|dollar|euro|%)"
)
WORDS = (
    rf"\b(?:half\s+an?\s+(?:{SCALES}|dozen)|(?:a\s+)?quarter\s+of\s+a\s+(?:{SCALES})|an?\s+(?:{SCALES}|dozen)"
    rf"(?:\s+(?:thousand|million|billion))?"
    rf"|(?!one\b(?![\s-]{_ONE_OF}))(?:{_WORD})(?:(?:\s+and\s+|[\s-]+)(?!one\b)(?:{_WORD}|{SCALES}|dozen)"
    rf"|(?:[\s-]+and[\s-]+|(?<=ty)[\s-]+|(?<=hundred)[\s-]+|(?<=thousand)[\s-]+)one)*"
    rf"(?:\s+and\s+a\s+half(?:\s+(?:{SCALES}))?)?)\b"
)
_PART = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
SHARES = (
    r"\b(?<!first\s)(?<!second\s)(?:half|(?:a|one|two|three|four)[\s-](?:third|quarter|fifth|tenth)s?)"
    r"(?=\s+(?:(?:(?:is|are|was|were|being|comes?|came|gets?|be)\s+)?(?:from\s+(?:the\s+)?)?(?:cach(?:e|ed|ing)|batch(?:ed)?)(?!\w)"
    r"|of\s+(?:the|our|my|their|its|all|that|those|this|it|input|output|tokens?|requests?|traffic|(?!20[0-4]\d\b)\d[\d,.]*\w*)|the|our|my|all"
    r"|that|those)\b(?!\s+(?:year|month|quarter|week|day)\b))"
)
_HALF = re.compile(rf"(.*?)\s+and\s+a\s+half(?:\s+({SCALES}))?", re.IGNORECASE | re.DOTALL)


def read_words(phrase: str) -> tuple[Decimal, Decimal, int] | None:
    """`(value, quantum, length)` of the longest start of `phrase` that is one number; None when it begins with none.

    `phrase` matches `WORDS`, or starts so. "five and six" is 5: two numbers joined by "and" are not one, unless the
    first ends in hundred, thousand or more.
    """
    text = phrase.lower()
    if special := re.match(rf"(half\s+an?|(?:a\s+)?quarter\s+of\s+a)\s+({SCALES}|dozen)\b", text):
        size = Decimal(_SCALE.get(special[2], 12))
        part = Decimal("0.5") if special[1].startswith("half") else Decimal("0.25")
        value = size * part
        return value, Decimal(1).scaleb(value.adjusted() - len(value.normalize().as_tuple().digits) + 1), special.end()
    if half := _HALF.match(text):
        whole = _sum(half[1])
        if whole and whole[1] == len(half[1]):
            size = Decimal(_SCALE[half[2]]) if half[2] else Decimal(1)
            return (whole[0] + Decimal("0.5")) * size, size / 10, half.end()
    if (summed := _sum(text)) is None:
        return None
    value, length = summed
    last = re.search(r"(\w+)$", text[:length])
    return value, Decimal(_SCALE.get(last[1], 1)) if last else Decimal(1), length


def share_value(phrase: str) -> Decimal:
    """The percentage that a match of `SHARES` names, to 28 digits: "two thirds" is 66.66..., "half" is 50."""
    count, _, part = re.sub(r"[\s-]+", " ", phrase.lower()).rpartition(" ")
    return (Decimal(100 * _VALUE.get(count, 1)) / _PART[part.rstrip("s")]).normalize() + 0


def _sum(text: str) -> tuple[Decimal, int] | None:
    """Adds up tens and ones under each scale: total of closed thousands, and the open part below them."""
    total, part, length = 0, 0, 0
    room = 10**15
    seen, last = False, ""
    for word in re.finditer(r"[a-z]+", text):
        token = word[0]
        if token in ("a", "an") and not seen:
            part, seen = 1, True
            continue
        if token == "and":
            if (part and part % 100 == 0) or (total and not part):
                continue
            break
        if token in _VALUE:
            value = _VALUE[token]
            below = part % 100
            fits = (part == 0 and not (seen and length and total == 0)) or (
                (part >= 100 and below == 0) or (below >= 20 and below % 10 == 0 and 0 < value < 10)
            )
            if not fits:
                break
            part += value
        elif token == "dozen":
            part = max(part, 1) * 12
        elif token == "hundred" and 0 < part < 100:
            part *= 100
        elif token in _SCALE and total and not part and last in _SCALE:
            total *= _SCALE[token]
        elif token in _SCALE and token != "hundred" and part and _SCALE[token] < room:
            room = _SCALE[token]
            total, part = total + part * room, 0
        else:
            break
        seen, length, last = True, word.end(), token
    return (Decimal(total + part), length) if length else None
