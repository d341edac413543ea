"""An exact amount in one currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
TEN_CENTS = Decimal("0.1")
WITHOUT_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})


class MixedCurrencies(ValueError):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} amounts cannot be combined without an exchange rate.")


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` of `currency` (ISO 4217, upper case). Refuses floats and mixed currencies; rounds only when shown."""

    amount: Decimal
    currency: str = "USD"

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, Decimal | int | str):
            raise TypeError(f"Money takes a Decimal, an int or a decimal string, not {type(self.amount).__name__}.")
        try:
            amount = Decimal(self.amount)
        except InvalidOperation:
            raise ValueError(f"{self.amount!r} is not a decimal amount.") from None
        if not amount.is_finite():
            raise ValueError(f"{self.amount!r} is not a finite amount.")
        object.__setattr__(self, "amount", amount)
        object.__setattr__(self, "currency", self.currency.upper())

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * _exact(factor), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Decimal | int) -> Money:
        return Money(self.amount / _exact(divisor), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def ratio(self, other: Money) -> Decimal:
        """This amount over `other`, of the same currency; ZeroDivisionError when `other` is zero."""
        divisor = self._same(other)
        if divisor == 0:
            raise ZeroDivisionError(f"a share of {other.shown()}")
        return self.amount / divisor

    def shown(self) -> str:
        """As a person reads it: `$1,234.50`, `-€3.00`, `CHF 12.00`. Two significant digits under half of the smallest
        coin, and below ten cents where cents are not exact, so that a price of $0.0065 does not read as $0.01."""
        places = 0 if self.currency in WITHOUT_MINOR_UNIT else 2
        size, coin = abs(self.amount), Decimal(1).scaleb(-places)
        inexact = places > 0 and size < TEN_CENTS and size != size.quantize(coin)
        if size > 0 and (size <= coin / 2 or inexact):
            places = -size.adjusted() + 1
        rounded = size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        sign = "-" if self.amount < 0 and rounded else ""
        symbol = SYMBOLS.get(self.currency)
        return f"{sign}{symbol}{rounded:,f}" if symbol else f"{sign}{self.currency} {rounded:,f}"

    def __str__(self) -> str:
        return self.shown()

    def _same(self, other: Money) -> Decimal:
        if not isinstance(other, Money):
            raise TypeError(f"Money combines with Money, not {type(other).__name__}.")
        if other.currency != self.currency:
            raise MixedCurrencies(self.currency, other.currency)
        return other.amount


def total(amounts: Iterable[Money], currency: str = "USD") -> Money:
    """The exact sum; zero of `currency` when there are none."""
    items = list(amounts)
    return sum(items[1:], start=items[0]) if items else Money(Decimal(0), currency)


def plain(value: Decimal) -> str:
    """An exact decimal string without an exponent: `1E+3` becomes `1000`, `0E-9` becomes `0`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _exact(factor: Decimal | int) -> Decimal:
    if isinstance(factor, bool) or not isinstance(factor, Decimal | int):
        raise TypeError(f"Money multiplies by a Decimal or an int, not {type(factor).__name__}.")
    return Decimal(factor)
