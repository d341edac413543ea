"""How the calculators say a number in a sentence: three significant digits and a word, so that it can be read aloud."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from tools.money import SYMBOLS, Money, plain

WORDS = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
NEARLY = Decimal("0.9995")
WIDE = Context(prec=300)


def significant(value: Decimal, digits: int = 3) -> Decimal:
    """`value` rounded half even to `digits` significant digits."""
    if value == 0:
        return Decimal(0)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_EVEN, WIDE)


def money(amount: Money) -> str:
    """`$20.5 million`, `$12,345.67`, `-EUR 3.4 billion`; from a million on, three significant digits."""
    size = abs(amount.amount)
    for unit, word in WORDS:
        if size >= unit * NEARLY and size >= WORDS[-1][0]:
            sign = "-" if amount.amount < 0 else ""
            symbol = SYMBOLS.get(amount.currency, f"{amount.currency} ")
            return f"{sign}{symbol}{_digits(size / unit)} {word}"
    return amount.shown()


def number(value: Decimal | int) -> str:
    """`6.4 million`, `12,300`, `3.25`; three significant digits, whole numbers below a million kept whole."""
    value = Decimal(value)
    size = abs(value)
    for unit, word in WORDS:
        if size >= unit * NEARLY and size >= WORDS[-1][0]:
            return f"{_digits(value / unit)} {word}"
    if size >= 100 or value == value.to_integral_value():
        return f"{value.quantize(Decimal(1), ROUND_HALF_EVEN, WIDE):,}"
    return plain(significant(value))


def short(value: Decimal) -> str:
    """`300M`, `1.5bn`, `2T`: for the labels of a chart's axis."""
    for (unit, _), letter in zip(WORDS, ("T", "bn", "M"), strict=True):
        if abs(value) >= unit:
            return f"{_digits(value / unit)}{letter}"
    return number(value)


def power_of_ten(value: Decimal) -> str:
    """`6.3e24`, for counts of FLOP; under a million as any number."""
    if value < WORDS[-1][0]:
        return number(value)
    rounded = significant(value)
    exponent = rounded.adjusted()
    return f"{plain(rounded.scaleb(-exponent))}e{exponent}"


def percent(fraction: Decimal, digits: int = 1) -> str:
    """`55%`, `38.2%` from the share 0.382."""
    return f"{plain((fraction * 100).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN, WIDE))}%"


def cell(value: Decimal, digits: int = 6) -> Decimal:
    """A number for a table: cut to `digits` significant digits, whole numbers above that kept whole."""
    if value == 0:
        return Decimal(0)
    places = max(digits - 1 - value.adjusted(), 0)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, WIDE)


def cents(amount: Money) -> Decimal:
    """A money cell for a table: cents, or two significant digits where it is under a cent."""
    size = abs(amount.amount)
    if 0 < size < Decimal("0.01"):
        return significant(amount.amount, 2)
    return amount.amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN, WIDE)


def _digits(value: Decimal) -> str:
    """Three significant digits, and every digit before the point."""
    if abs(value) >= 1000:
        return f"{value.quantize(Decimal(1), ROUND_HALF_EVEN, WIDE):,}"
    return plain(significant(value))
