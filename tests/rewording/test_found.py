"""What random rewordings got wrong once, each by its cause: the parts of the planner that read it otherwise now."""

from __future__ import annotations

from datetime import date

import pytest

from bot.agent.planner.several.segments import segments
from bot.agent.planner.spelling.spelling import corrected
from bot.agent.slots.amounts import amounts
from bot.agent.slots.comparisons import comparison
from bot.agent.slots.periods import periods
from knowledge.embed import load_embedder
from tools.prices.catalogue import load_catalogue
from tools.prices.mentions import mentions

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    return load_embedder().words()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("foorty million input", "forty million input"),
        ("eihty percent cached", "eighty percent cached"),
        ("thhirty-five percent", "thirty-five percent"),
        ("sixty-fvie percent", "sixty-five percent"),
        ("spend exlcuding AWS", "spend excluding AWS"),
        ("leavnig out AWS", "leaving out AWS"),
        ("how mnay tokens", "how many tokens"),
        ("waht did we spend", "what did we spend"),
        ("spend in Octobeer", "spend in october"),
        ("in lat month", "in last month"),
        ("list month", "list month"),
        ("bached", "bached"),
    ],
)
def test_a_slip_that_would_change_the_figure_is_put_right_or_left(
    english: frozenset[str], written: str, meant: str
) -> None:
    assert corrected(written, english, ()).text == meant


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("between Jul 2026 & Sep 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("since the start of September till the end of October", date(2026, 9, 1), date(2026, 10, 31)),
        ("this year up to the end of October", date(2026, 1, 1), date(2026, 10, 31)),
        ("burn through last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("through October 2026", date(2026, 1, 1), date(2026, 10, 31)),
    ],
)
def test_both_ends_of_a_period_are_read(text: str, first: date, last: date) -> None:
    (found,) = periods(text, TODAY)
    assert (found.period.start, found.period.last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("percentage change of spend between June & July 2026", True),
        ("how did spend change from July to September", True),
        ("break down spend from July to September by team", False),
        ("what went to OpenAI from January to March", False),
        ("what we paid this year up to the end of October", False),
        ("spend from July to September, more or less", False),
    ],
)
def test_two_months_are_compared_only_where_a_change_is_told(text: str, compared: bool) -> None:
    assert (comparison(text, TODAY) is not None) == compared


def test_a_sum_saved_or_coming_back_counts_by_its_period_and_is_no_number_of_tokens() -> None:
    saved, back = amounts("$15,000 saved per month")[0], amounts("then 120k comes back every year")[0]
    assert (saved.per, back.per, back.unit) == ("month", "year", None)
    assert amounts("we get 1M tokens back")[0].role == "output"


def test_neither_a_year_nor_a_spelt_number_beside_a_model_is_part_of_its_name() -> None:
    catalogue = load_catalogue()
    found = [
        mentions(text, catalogue)[0].text
        for text in ("spend october 2026 claude-sonnet-4-5", "1m out gemini-2.5-flash five million in")
    ]
    assert found == ["claude-sonnet-4-5", "gemini-2.5-flash"]


def test_two_spaces_are_one_and_a_name_before_a_colon_is_no_greeting() -> None:
    assert segments("list  cost  in June") == ["list cost in June"]
    assert segments("hey - Support: September against August?") == ["hey - Support: September against August?"]
    assert segments("hi, growth team: September?") == ["hi, growth team: September?"]
