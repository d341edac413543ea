"""The ways in which people write counts, sums of money, percentages and months."""

from __future__ import annotations

import random
from decimal import Decimal

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ((10**12, "trillion", "T"), (10**9, "billion", "B"), (10**6, "million", "M"), (10**3, "thousand", "k"))


def spelt(number: int) -> str:
    """A whole number below a hundred in words."""
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")


def count(number: int, chance: random.Random) -> str:
    """3,000,000 as 3M, 3 million, three million, 3,000,000, 3000000, ..."""
    forms = [f"{number:,}", str(number)]
    for scale, word, letter in SCALES:
        if number >= scale:
            short = Decimal(number) / scale
            if short == short.quantize(Decimal("0.1")):
                plain = f"{short.normalize():f}"
                forms = [
                    f"{number:,}",
                    f"{plain}{letter}",
                    f"{plain}{letter}",
                    f"{plain} {word}",
                    f"{plain}{letter.lower()}",
                ]
                if short == short.to_integral_value() and short < 100 and scale >= 10**6:
                    forms.append(f"{spelt(int(short))} {word}")
            break
    return chance.choice(forms)


def money(number: int, chance: random.Random) -> str:
    """Dollars, whole."""
    forms = [f"${number:,}", f"{number:,} dollars", f"${number}", f"USD {number:,}", f"{number:,} USD"]
    if number >= 1_000 and number % 1_000 == 0:
        forms += [f"${number // 1_000}k", f"{number // 1_000}k dollars", f"${number // 1_000}K"]
    return chance.choice(forms)


def percent(number: int, chance: random.Random) -> str:
    forms = [f"{number}%", f"{number} %", f"{number} percent", f"{number} per cent", f"{spelt(number)} percent"]
    return chance.choice(forms)


def month(year: int, number: int, chance: random.Random, *, alone: bool = True) -> str:
    """A month of the year before 23 November 2026; without its year only where it is of 2026, and as the last month
    only where it stands `alone`: beside another month that means the one before it."""
    name = MONTHS[number - 1]
    short = name[:3]
    forms = [f"{name} {year}", f"{short} {year}", f"{year}-{number:02}", f"{number:02}/{year}", f"{name} of {year}"]
    if year == 2026:
        forms += [name, name, short] if name != "May" else [name]
        forms += [f"{name} this year", f"last {name}"]
    if (year, number) == (2026, 10) and alone:
        forms += ["last month", "last month", "the last month", "the previous month"]
    return chance.choice(forms)


def quarter(year: int, number: int, chance: random.Random) -> str:
    word = ("first", "second", "third", "fourth")[number - 1]
    forms = [
        f"Q{number} {year}",
        f"q{number} {year}",
        f"Q{number}",
        f"the {word} quarter of {year}",
        f"{year} Q{number}",
    ]
    if number == 3:
        forms += ["last quarter", "the last quarter", "the previous quarter"]
    return chance.choice(forms)
