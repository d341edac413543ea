"""Slips are put right where one known word is meant; digits, English words and doubtful ones are left alone."""

from __future__ import annotations

import calendar
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agent.planner.spelling.spelling import corrected
from bot.agent.planner.wording.fractions_written import fractions_as_percent
from bot.agent.planner.wording.written_out import months_as_iso

NAMES = frozenset({"kestrel", "falcon", "Liberty"})
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3M tokns on gpt-4o", "3M tokens on gpt-4o"),
        ("what did we spnd last mnth", "what did we spend last month"),
        ("spend in Octobre", "spend in october"),
        ("antropic", "anthropic"),
        ("antropik", "anthropic"),
        ("forcast for kestral", "forecast for kestrel"),
        ("modle", "model"),
        ("utilizaton", "utilization"),
        ("lberty", "Liberty"),
    ],
)
def test_a_slip_near_one_known_word_is_put_right(written: str, read: str, english: frozenset[str]) -> None:
    assert corrected(written, english, NAMES).text == read


@pytest.mark.parametrize("month", [name for name in calendar.month_name if len(name) > 4])
def test_a_month_with_two_letters_swapped_is_that_month(month: str, english: frozenset[str]) -> None:
    swapped = month[:-3] + month[-2] + month[-3] + month[-1]
    assert corrected(f"spend in {swapped}", english, ()).text == f"spend in {month.lower()}"


def test_each_change_is_told_as_written_and_as_read(english: frozenset[str]) -> None:
    found = corrected("spnd of kestral", english, NAMES)
    assert found.changes == (("spnd", "spend"), ("kestral", "kestrel"))


def test_a_word_near_two_known_ones_stays(english: frozenset[str]) -> None:
    """`zerbin` is one letter from both `zerlin` and `zermin`; with one of them known it is that one."""
    assert corrected("cost of zerbin", english, {"zerlin", "zermin"}).text == "cost of zerbin"
    assert corrected("cost of zerbin", english, {"zerlin"}).text == "cost of zerlin"


def test_two_slips_with_another_first_letter_and_a_bare_span_of_time_stay(english: frozenset[str]) -> None:
    assert corrected("the higheest spend", english, NAMES).text == "the highest spend"
    assert corrected("the dightesst spend", english, NAMES).text == "the dightesst spend"
    assert corrected("sech's bill", english, NAMES).text == "sech's bill"
    assert corrected("tokens in Monch", english, NAMES).text == "tokens in Monch"


def test_two_slips_in_a_word_of_seven_letters_are_too_many(english: frozenset[str]) -> None:
    assert corrected("kastral", english, NAMES).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4o p5.48xlarge h100s r2d2 o3mini tokns4",
        "write to a@tokns.com or see tokns.com",
        "Sanders Liberatore Nakamoto",
        "tfh cta",
        "",
    ],
)
def test_codes_addresses_and_strangers_are_left_alone(text: str, english: frozenset[str]) -> None:
    assert corrected(text, english, NAMES).text == text


@given(st.data())
@few
def test_english_words_are_never_changed(english: frozenset[str], data: st.DataObject) -> None:
    plain = sorted(word for word in english if word.isascii() and word.isalpha())
    text = " ".join(data.draw(st.lists(st.sampled_from(plain), max_size=8)))
    assert corrected(text, english, NAMES).text == text


@given(st.text(alphabet="abcdeknorst 0123456789.,-$%", max_size=60))
@few
def test_digits_are_never_touched(english: frozenset[str], text: str) -> None:
    assert re.findall(r"[\d.,$%]+", corrected(text, english, NAMES).text) == re.findall(r"[\d.,$%]+", text)


@given(st.lists(st.text(alphabet="acefknorstlmp", min_size=4, max_size=9), max_size=5))
@few
def test_what_was_put_right_stays_so(english: frozenset[str], words: list[str]) -> None:
    once = corrected(" ".join(words), english, NAMES)
    assert corrected(once.text, english, NAMES).changes == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("half of the input cached", "50% of the input cached"),
        ("three quarters of our traffic", "75% of our traffic"),
        ("a fifth of 2M tokens", "20% of 2M tokens"),
        ("first half of the year", "first half of the year"),
        ("the last quarter of 2026", "the last quarter of 2026"),
        ("two thirds of the input", "two thirds of the input"),
        ("behalf of the team", "behalf of the team"),
    ],
)
def test_a_fraction_of_something_is_a_percent_where_that_is_exact(written: str, read: str) -> None:
    assert fractions_as_percent(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("spend in 05/2026", "spend in 2026-05"),
        ("5/2026 and 12/2026", "2026-05 and 2026-12"),
        ("1/05/2026", "1/05/2026"),
        ("05/2026/01", "05/2026/01"),
        ("13/2026, 00/2026 and 5/20261", "13/2026, 00/2026 and 5/20261"),
    ],
)
def test_a_month_of_a_year_is_read_as_such_and_a_date_is_not(written: str, read: str) -> None:
    assert months_as_iso(written) == read


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("teh total adn hte rest", "the total and the rest"),
        ("wht provider did we pay", "what provider did we pay"),
        ("wich team", "which team"),
        ("sql api eur vpn ops", "sql api eur vpn ops"),
    ],
)
def test_small_words_with_a_slip_are_put_right_and_short_names_are_not(
    text: str, right: str, english: frozenset[str]
) -> None:
    assert corrected(text, english, NAMES).text == right
