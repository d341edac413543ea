"""Whatever a question names is used by its calls, or asked about: a figure never answers half of a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

Read = Callable[[str], Reading]
APRIL, MAY = "2026-04-01 to 2026-04-30", "2026-05-01 to 2026-05-31"
TOKENS = "What do 3M input tokens and 500k output tokens cost on gpt-4o with 60% cached?"
PRICED = {"model": "gpt-4o", "input_tokens": "3000000", "output_tokens": "500000", "cached_share": "60"}
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked_about(reading: Reading, *calls: Planned) -> str:
    """The question back, or nothing where the calls pass as they are."""
    after = settled(reading, calls)
    if after == list(calls):
        return ""
    assert [call.tool for call in after] == ["ask_back"]
    return str(after[0].args["question"])


def without(args: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in args.items() if key != name}


def test_calls_that_use_everything_pass_as_they_are(reading: Read) -> None:
    assert asked_about(reading(TOKENS), Planned("price_usage", PRICED)) == ""
    whole = {"team": ["core"], "period": MAY, "without": ["provider=OpenAI"]}
    assert asked_about(reading("What did core spend in May excluding OpenAI?"), Planned("spend_total", whole)) == ""


@pytest.mark.parametrize(
    ("name", "part"), [("input_tokens", "3M"), ("output_tokens", "500k"), ("cached_share", "60%"), ("model", "gpt-4o")]
)
def test_an_amount_or_model_that_no_argument_holds_is_asked_about(reading: Read, name: str, part: str) -> None:
    assert f"“{part}”" in asked_about(reading(TOKENS), Planned("price_usage", without(PRICED, name)))


def test_one_argument_accounts_for_one_of_two_equal_amounts(reading: Read) -> None:
    r = reading("What do 3M input tokens and 3M output tokens cost on gpt-4o?")
    one = {"model": "gpt-4o", "input_tokens": "3000000"}
    assert "“3M”" in asked_about(r, Planned("price_usage", one))
    assert asked_about(r, Planned("price_usage", {**one, "output_tokens": "3000000"})) == ""


def test_a_percent_is_not_accounted_for_by_an_equal_number_of_something_else(reading: Read) -> None:
    r = reading("What do 60 input tokens cost on gpt-4o with 60% cached?")
    call = Planned("price_usage", {"model": "gpt-4o", "input_tokens": "60"})
    assert "“60%”" in asked_about(r, call)


@given(st.integers(1, 900), st.integers(1, 900))
@few
def test_another_number_than_the_one_asked_is_asked_about(reading: Read, said: int, used: int) -> None:
    """Numbers apart by a whole factor are left out: a day's tokens may reach a call as a month's."""
    assume(said == used or (said % used and used % said))
    r = reading(f"What do {said}M input tokens cost on gpt-4o?")
    call = Planned("price_usage", {"model": "gpt-4o", "input_tokens": str(used * 10**6)})
    assert (asked_about(r, call) == "") == (said == used)


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ({"period": MAY}, "core"),
        ({"team": ["growth"], "period": MAY}, "core"),
        ({"team": ["core"]}, "May"),
        ({"team": ["core"], "period": APRIL}, "May"),
    ],
)
def test_a_team_or_period_that_is_dropped_or_changed_is_asked_about(
    reading: Read, args: dict[str, object], part: str
) -> None:
    assert f"“{part}”" in asked_about(reading("What did core spend in May?"), Planned("spend_total", args))


def test_both_of_two_periods_are_wanted(reading: Read) -> None:
    r = reading("spend in April and May")
    april, may = (Planned("spend_total", {"period": period}) for period in (APRIL, MAY))
    assert "“April”" in asked_about(r, may)
    assert asked_about(r, april, may) == ""


@pytest.mark.parametrize("args", [{}, {"provider": ["OpenAI"]}])
def test_a_value_to_be_left_out_that_is_not_is_asked_about(reading: Read, args: dict[str, object]) -> None:
    r = reading("What did core spend in May excluding OpenAI?")
    assert "“excluding”" in asked_about(r, Planned("spend_total", {"team": ["core"], "period": MAY, **args}))


def test_a_grouping_that_is_dropped_is_asked_about(reading: Read) -> None:
    r = reading("AI spend by provider in May")
    assert "“by provider”" in asked_about(r, Planned("spend_total", {"period": MAY}))
    assert asked_about(r, Planned("spend_by", {"period": MAY, "by": ["provider"]})) == ""


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What was the median spend of core in May?", "median"),
        ("What was the average spend of core in May?", "average"),
        ("What untagged spend had core in May?", "untagged"),
        ("What did core spend on weekends in May?", "weekends"),
        ("What did core not spend in May?", "not"),
        ("What share did core spend in May?", "share"),
        ("What is double the spend of core in May?", "double"),
        ("What did core spend per user in May?", "per user"),
    ],
)
def test_a_word_that_changes_the_figure_is_asked_about(reading: Read, question: str, word: str) -> None:
    assert f"“{word}”" in asked_about(reading(question), Planned("spend_total", {"team": ["core"], "period": MAY}))


def test_a_word_that_changes_the_figure_passes_with_the_tool_that_serves_it(reading: Read) -> None:
    args = {"team": ["core"], "period": MAY}
    assert asked_about(reading("What was the average spend of core in May?"), Planned("spend_average", args)) == ""
    assert asked_about(reading("What share did core spend in May?"), Planned("spend_share", args)) == ""


def test_everything_that_is_left_out_is_named_once(reading: Read) -> None:
    question = asked_about(reading("median core spend on gpt-4o in May"), Planned("spend_total", {}))
    assert all(question.count(f"“{part}”") == 1 for part in ("median", "core", "gpt-4o", "May"))


@pytest.mark.parametrize("tool", ["search_knowledge", "ask_back", "say_unknown", "about_outlay", "data_freshness"])
def test_a_call_that_gives_no_figure_of_its_own_has_nothing_to_account_for(reading: Read, tool: str) -> None:
    assert asked_about(reading(TOKENS), Planned(tool, {"question": "x"})) == ""


def test_no_calls_stay_no_calls(reading: Read) -> None:
    assert settled(reading("What did core spend in May?"), []) == []


def test_only_a_question_back_asks_back() -> None:
    assert asks_back([Planned("spend_total"), Planned("ask_back")])
    assert not asks_back([Planned("spend_total")])
    assert not asks_back([])
