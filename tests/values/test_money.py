"""Money is exact, of one currency, and rounds only where it is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.money import MixedCurrencies, Money, plain, total

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
MONEY = st.builds(Money, AMOUNTS, st.just("USD"))
few = settings(max_examples=60, deadline=None)


def fraction(money: Money) -> Fraction:
    return Fraction(money.amount)


@pytest.mark.parametrize("amount", [0.1, 1.0, True, None, float("nan"), b"1", Fraction(1, 2)])
def test_anything_but_a_decimal_an_int_or_a_string_is_refused(amount: object) -> None:
    with pytest.raises(TypeError, match="decimal string"):
        Money(amount)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", Decimal("NaN"), Decimal("-Infinity")])
def test_an_amount_that_is_not_finite_is_refused(amount: str | Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money(amount)


@pytest.mark.parametrize("amount", ["", "twelve", "1,000", "$5", "0x10"])
def test_a_string_that_is_no_decimal_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not a decimal amount"):
        Money(amount)


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    assert Money("0.1") + Money("0.2") == Money("0.3")


def test_a_currency_is_upper_case_and_part_of_the_value() -> None:
    assert Money(Decimal(1), "eur") == Money(Decimal(1), "EUR")
    assert Money(Decimal(1), "EUR") != Money(Decimal(1), "USD")


@given(MONEY, MONEY)
@few
def test_sums_and_differences_are_exact(one: Money, other: Money) -> None:
    assert fraction(one + other) == fraction(one) + fraction(other)
    assert fraction(one - other) == fraction(one) - fraction(other)
    assert one + other == other + one
    assert one - other == -(other - one)


@given(MONEY, st.integers(-1000, 1000) | st.decimals(-100, 100, places=4))
@few
def test_a_product_is_exact(money: Money, factor: int | Decimal) -> None:
    assert fraction(money * factor) == fraction(money) * Fraction(factor)
    assert money * factor == factor * money


@given(st.lists(MONEY, max_size=20))
@few
def test_a_total_is_the_exact_sum_in_whatever_order(amounts: list[Money]) -> None:
    assert fraction(total(amounts)) == sum((fraction(money) for money in amounts), Fraction(0))
    assert total(amounts) == total(list(reversed(amounts)))


@given(MONEY, MONEY)
@few
def test_amounts_are_ordered_as_their_numbers(one: Money, other: Money) -> None:
    assert (one < other) == (fraction(one) < fraction(other))
    assert (one <= other) == (fraction(one) <= fraction(other))


def test_the_total_of_nothing_is_zero_of_the_currency_asked_for() -> None:
    assert total([], "EUR") == Money(Decimal(0), "EUR")


def test_a_total_keeps_the_currency_of_what_it_sums() -> None:
    assert total([Money(Decimal(2), "GBP"), Money(Decimal(3), "GBP")]) == Money(Decimal(5), "GBP")


def test_currencies_are_never_mixed() -> None:
    dollars, euros = Money(Decimal(1), "USD"), Money(Decimal(1), "EUR")
    for combine in (
        lambda: dollars + euros,
        lambda: dollars - euros,
        lambda: dollars < euros,
        lambda: dollars <= euros,
        lambda: dollars.ratio(euros),
        lambda: total([dollars, euros]),
    ):
        with pytest.raises(MixedCurrencies, match="USD and EUR"):
            combine()


@pytest.mark.parametrize("other", [1, 0, Decimal(1), 1.0, "1"])
def test_money_combines_with_money_only(other: object) -> None:
    with pytest.raises(TypeError):
        Money(Decimal(1)) + other
    with pytest.raises(TypeError):
        Money(Decimal(1)) - other


@pytest.mark.parametrize("factor", [1.5, True, "2", Money(Decimal(2))])
def test_money_is_scaled_by_exact_numbers_only(factor: object) -> None:
    with pytest.raises(TypeError):
        Money(Decimal(1)) * factor
    with pytest.raises(TypeError):
        Money(Decimal(1)) / factor


def test_a_share_of_nothing_is_no_number() -> None:
    assert Money(Decimal(1)).ratio(Money(Decimal(4))) == Decimal("0.25")
    with pytest.raises(ZeroDivisionError, match=r"\$0\.00"):
        Money(Decimal(1)).ratio(Money(Decimal(0)))


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-3", "EUR", "-€3.00"),
        ("12", "CHF", "CHF 12.00"),
        ("-12", "CHF", "-CHF 12.00"),
        ("0", "USD", "$0.00"),
        ("-0.00", "USD", "$0.00"),
        ("1E+6", "GBP", "£1,000,000.00"),
        # Half to even: 0.125 lies midway, 0.12 is even; 0.135 midway, 0.14 is even.
        ("0.125", "USD", "$0.12"),
        ("0.135", "USD", "$0.14"),
        ("-0.125", "USD", "-$0.12"),
        ("2.675", "USD", "$2.68"),
        ("2.665", "USD", "$2.66"),
        ("0.12500001", "USD", "$0.13"),
        # Too small for cents: two significant digits.
        ("0.004", "USD", "$0.0040"),
        ("0.00000015", "USD", "$0.00000015"),
        ("0.000123456", "USD", "$0.00012"),
        ("-0.0000025", "USD", "-$0.0000025"),
        # Yen and won have no minor unit.
        ("1234.5", "JPY", "JPY 1,234"),
        ("1235.5", "JPY", "JPY 1,236"),
        ("1234.51", "KRW", "KRW 1,235"),
        ("0.25", "JPY", "JPY 0.25"),
    ],
)
def test_an_amount_is_shown_as_a_person_reads_it(amount: str, currency: str, shown: str) -> None:
    assert Money(Decimal(amount), currency).shown() == shown
    assert str(Money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize(("amount", "currency"), [("0.005", "USD"), ("-0.005", "EUR"), ("0.5", "JPY")])
def test_half_a_cent_is_not_shown_as_zero(amount: str, currency: str) -> None:
    assert any(digit in "123456789" for digit in Money(Decimal(amount), currency).shown())


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
@few
def test_what_is_shown_is_within_half_a_cent(amount: Decimal) -> None:
    shown = Money(amount).shown()
    read = Decimal(shown.replace("$", "").replace(",", ""))
    assert abs(read - amount) <= Decimal("0.005")
    assert not shown.startswith("-") or amount < 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+3", "1000"),
        ("0E-9", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("12.50", "12.5"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_plain_decimal_has_no_exponent_and_no_idle_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e25"), max_value=Decimal("1e25")))
@few
def test_a_plain_decimal_reads_back_as_the_same_number(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert set(text) <= set("-.0123456789")
