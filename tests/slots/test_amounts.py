from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.lexing import flatten
from bot.agent.slots.numerals import Numeral, read_plain, scan

ONES = (
    "zero",
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"k": 3, "K": 3, "M": 6, "m": 6, "bn": 9, "B": 9, "T": 12, " thousand": 3, " million": 6, " billion": 9}
AROUND = ("", "What do", "costs, say,", "roughly", "(about", "spend was", "für", "we think:", "**", "total is")
BEHIND = ("", "please", ", or so", ")", "?", "in all", ". And then", "**", "; why", "für uns")


def english(number: int) -> str:
    """A whole number under a million in words, as schoolbooks write it."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    rest = number % 1000
    return f"{english(number // 1000)} thousand" + (f" {'and ' if rest < 100 else ''}{english(rest)}" if rest else "")


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal, str | None, bool]:
    """A number in one of many notations: `(text, value, currency, is a percent)`."""
    places = draw(st.integers(0, 3))
    digits = Decimal(draw(st.integers(1, 10**9))).scaleb(-places)
    form = draw(st.sampled_from(("plain", "grouped", "scaled", "nbsp", "science")))
    if form == "grouped":
        text, value = f"{digits:,}", digits
    elif form == "nbsp":
        text, value = f"{digits:,}".partition(".")[0].replace(",", "\u202f"), Decimal(int(digits))
    elif form == "scaled":
        scale = draw(st.sampled_from(sorted(SCALES)))
        text, value = f"{digits}{scale}", digits.scaleb(SCALES[scale])
    elif form == "science":
        power = draw(st.integers(0, 15))
        text, value = f"{digits}e{power}", digits.scaleb(power)
    else:
        text, value = format(digits, "f"), digits
    around = draw(st.sampled_from(("", "$", "€", "£", "USD ", "-", "%", " EUR", " percent", " dollars")))
    match around:
        case "$" | "€" | "£" | "USD ":
            return around + text, value, {"$": "USD", "€": "EUR", "£": "GBP", "USD ": "USD"}[around], False
        case " EUR" | " dollars":
            return text + around, value, {" EUR": "EUR", " dollars": "USD"}[around], False
        case "%" | " percent":
            return text + around, value, None, True
        case "-":
            return "-" + text, -value, None, False
    return text, value, None, False


@given(written(), st.sampled_from(AROUND), st.sampled_from(BEHIND))
def test_a_number_in_any_notation_is_read_back_whatever_stands_around_it(
    number: tuple[str, Decimal, str | None, bool], before: str, behind: str
) -> None:
    shown, value, currency, percent = number
    if value.adjusted() < 6 and 2010 <= abs(value) <= 2039 and "." not in shown:
        return  # a bare year is a date
    text = f"{before} {shown}{'' if behind[:1] in (',', ')', '?', '.', ';', '*') else ' '}{behind}"
    (amount,) = amounts(text)
    assert amount.value == value
    assert amount.text == text[amount.start : amount.end] == shown
    assert (amount.money.currency if amount.money else None, amount.percent) == (currency, percent)


@given(st.integers(2, 999_999))
def test_a_whole_number_in_words_is_read_back(number: int) -> None:
    text = f"we sent {english(number)} requests"
    (amount,) = amounts(text)
    assert (amount.value, amount.unit) == (number, "request")
    assert amount.text == english(number)


@given(st.integers(0, 10**12), st.sampled_from("٠০०０"))
def test_digits_of_any_script_are_digits(number: int, zero: str) -> None:
    text = "a " + "".join(chr(ord(zero) + int(digit)) for digit in str(number)) + " b"
    if 2001 <= number <= 2039:
        return
    assert [a.value for a in amounts(text)] == [number]


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_in_order_and_without_overlap(text: str) -> None:
    found = amounts(text)
    assert all(text[a.start : a.end] == a.text and a.text for a in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(st.text(alphabet="0123456789.,-+$€%kMBT/ x'_()eE\n½", max_size=60))
def test_any_heap_of_number_signs_is_read_without_an_error(text: str) -> None:
    found = amounts(text)
    assert all(text[a.start : a.end] == a.text for a in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(st.lists(st.sampled_from(("$5", "3M tokens", "60%", "two million", "10-20%", "gpt-4o")), max_size=8), st.data())
def test_nothing_is_read_inside_what_the_caller_has_read(parts: list[str], data: st.DataObject) -> None:
    text = " and ".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert all(a.end <= start or a.start >= end for a in amounts(text, [(start, end)]) if start < end)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(("", "$", "€")),
    st.sampled_from(("", "%")),
    st.booleans(),
)
def test_the_quick_reading_of_a_table_cell_agrees_with_the_scanner(
    value: Decimal, symbol: str, percent: str, grouped: bool
) -> None:
    percent = "" if symbol else percent
    digits = f"{abs(value):,}" if grouped else f"{abs(value)}"
    cell = f"{'-' if value < 0 else ''}{symbol}{digits}{percent}"
    (numeral,) = [item for item in scan(flatten(cell)) if isinstance(item, Numeral)]
    assert read_plain(cell) == (numeral.value, numeral.quantum, numeral.currency, numeral.percent)


def only(text: str) -> Amount:
    (amount,) = amounts(text)
    return amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a million", 500_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("a hundred thousand", 100_000),
        ("three and a half million", 3_500_000),
        ("1.234,56", "1234.56"),
        ("1'234'567.89", "1234567.89"),
        ("12,5%", "12.5"),
        ("1/2", "0.5"),
        ("2½", "2.5"),
        ("25 bps", "0.25"),
        ("50 cents", "0.5"),
        ("$-5", -5),
        ("3.8x10^25", "3.8e25"),
        ("half of our traffic", 50),
        ("5Mtok", 5_000_000),
        ("−7%", -7),
    ],
)
def test_rarer_notations(text: str, value: str | int) -> None:
    assert only(text).value == Decimal(value)


def test_a_full_stop_with_three_digits_is_a_decimal_point() -> None:
    assert only("1.234 per hour").value == Decimal("1.234")


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4o",
        "claude 3.5 sonnet",
        "Sonnet 4.5",
        "H100",
        "p5.48xlarge",
        "llama 3.1 70b",
        "Q3",
        "FY2026",
        "2026-11-21",
        "10-Q",
        "claude-3-5-sonnet-20240620-v1:0",
        "in 2026",
        "21 November 2026",
        "the 3rd quarter",
        "10:30",
        "version 1.2.3",
        "24/7",
        "which one",
        "https://a.b/c/123?x=45",
        "<@U0123>",
        "4o-mini",
        "gemini 2.5 pro",
        "o3-mini",
        "RTX 4090",
    ],
)
def test_digits_of_names_and_dates_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


def roles(text: str) -> list[tuple[str, str, str | None]]:
    return [(f"{a.value.normalize():f}", a.unit or "", a.role) for a in amounts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "3M input and 500k output tokens",
        "3M tokens in, 500k out",
        "input 3M, output 500k",
        "input 3M output 500k",
        "3M input/500k output",
        "3M/500k tokens in/out",
        "3 million prompt tokens plus 500 thousand completion tokens",
        "prompt tokens of 3M and completion tokens of 500k",
        "Input tokens: 3M. Output tokens: 500k.",
    ],
)
def test_input_and_output_tokens_however_said(text: str) -> None:
    assert roles(text) == [("3000000", "token", "input"), ("500000", "token", "output")]


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("with 60% of the input cached", 60, "cached"),
        ("half of the input cached", 50, "cached"),
        ("a 40% cache hit rate", 40, "cached"),
        ("cache hits 40%", 40, "cached"),
        ("at 55% utilisation", 55, "utilisation"),
        ("utilization at 55%", 55, "utilisation"),
        ("make that 70% utilisation", 70, "utilisation"),
        ("10% discount", 10, "discount"),
        ("discount rate 8%", 8, "discount_rate"),
        ("8% cost of capital", 8, "discount_rate"),
        ("40% MFU", 40, "mfu"),
        ("if prices drop 10%", 10, "decline"),
        ("PUE 1.2", "1.2", "pue"),
        ("a PUE of 1.2", "1.2", "pue"),
        ("$5M budget", 5_000_000, "budget"),
        ("a budget of $5M", 5_000_000, "budget"),
        ("over 200k context", 200_000, "context"),
        ("1-year commitment", 1, "commitment"),
        ("electricity at $0.12 per kWh", "0.12", "electricity"),
    ],
)
def test_the_words_beside_a_number_tell_its_role(text: str, value: str | int, role: str) -> None:
    assert (only(text).value, only(text).role) == (Decimal(value), role)


@pytest.mark.parametrize(
    ("text", "unit", "per", "count"),
    [
        ("$2.50 per GPU hour", "USD", "GPU hour", 1),
        ("$2/h", "USD", "hour", 1),
        ("50M tokens a day", "token", "day", 1),
        ("10k requests per month", "request", "month", 1),
        ("500 output tokens per request", "token", "request", 1),
        ("$3 per 1M input tokens", "USD", "token", 10**6),
        ("$3/MTok", "USD", "token", 10**6),
        ("$1.50 per 1k requests", "USD", "request", 1000),
        ("$30 per user per month", "USD", "user month", 1),
        ("$20k monthly", "USD", "month", 1),
        ("$500 a week ago", "USD", None, 1),
        ("64 H100s", "GPU", None, 1),
        ("8xH100", "GPU", None, 1),
        ("a 70B model", "parameter", None, 1),
        ("80GB", "GB", None, 1),
        ("3-year", "year", None, 1),
        ("10 MW", "MW", None, 1),
    ],
)
def test_units_and_rates(text: str, unit: str, per: str | None, count: int) -> None:
    amount = only(text)
    assert (amount.unit, amount.per, amount.per_count) == (unit, per, count)


def test_training_reads_parameters_and_tokens_apart() -> None:
    model, data = amounts("cost to train 70B on 15T tokens")
    assert (model.value, model.unit, data.value, data.unit) == (7 * 10**10, "parameter", 15 * 10**12, "token")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10-20%", 10, 20, "%"),
        ("between 5 and 10 million tokens", 5_000_000, 10_000_000, "token"),
        ("$5-10k", 5_000, 10_000, "USD"),
        ("10 to 20 GPUs", 10, 20, "GPU"),
        ("from $500 to $1 million", 500, 1_000_000, "USD"),
    ],
)
def test_the_ends_of_a_range_share_what_only_one_of_them_shows(text: str, low: int, high: int, unit: str) -> None:
    one, other = amounts(text)
    assert (one.value, one.unit, one.bound) == (low, unit, "low")
    assert (other.value, other.unit, other.bound) == (high, unit, "high")
