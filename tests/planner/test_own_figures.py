"""Which calls questions on own spend come to: names set against one another, limits, means, tokens, parts, growth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.agent.planner.kinds import BY_NAME
from bot.agent.planner.left_over.accounted import settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

Read = Callable[[str], Reading]


def calls(reading: Read, text: str, intent: str) -> list[Planned]:
    r = reading(text)
    assert BY_NAME[intent].weigh(r) is not None, text
    return settled(r, BY_NAME[intent].fill(r, {}))


@pytest.mark.parametrize(
    "text",
    [
        "In April, what did core spend compared with growth?",
        "core spend compared to growth in April",
        "core against growth, April",
    ],
)
def test_two_teams_are_set_against_one_another_though_one_is_an_everyday_word(reading: Read, text: str) -> None:
    (call,) = calls(reading, text, "spend_by")
    assert call.args["team"] == ("core", "growth")
    assert call.args["by"] == ("team",)


def test_one_name_set_against_itself_is_asked_about(reading: Read) -> None:
    (call,) = calls(reading, "What did growth spend compared with growth in April?", "spend_total")
    assert call.tool == "ask_back"
    assert "compared with “growth”" in call.args["question"]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Which teams spent more than $500 in April?", "above", "500"),
        ("How many teams cost us less than 2k in April?", "below", "2000"),
        ("Which providers are over 10% of April's spend?", "above_share", "10"),
    ],
)
def test_groups_are_held_against_a_limit(reading: Read, text: str, key: str, value: str) -> None:
    (call,) = calls(reading, text, "groups_beyond")
    assert (call.tool, call.args[key]) == ("spend_by", value)


def test_a_mean_of_teams_is_not_a_split_nor_a_mean_a_month(reading: Read) -> None:
    (call,) = calls(reading, "mean spend per team in April", "mean_of_groups")
    assert (call.args["by"], call.args["mean"]) == (("team",), True)
    (call,) = calls(reading, "average monthly spend per team this year", "mean_of_groups")
    assert (call.tool, call.args["grain"], call.args["by"]) == ("spend_average", "month", "team")


def test_the_cost_of_output_tokens_is_not_the_whole_cost(reading: Read) -> None:
    (call,) = calls(reading, "What did we pay for output tokens alone in April?", "token_costs")
    assert (call.tool, call.args["side"]) == ("token_costs", "output")
    assert BY_NAME["token_costs"].weigh(reading("What did we pay per million output tokens in April?")) is None


def test_models_are_ranked_by_tokens(reading: Read) -> None:
    (call,) = calls(reading, "top 3 models by tokens in April", "token_usage")
    assert (call.args["by"], call.args["top"]) == ("model", 3)


def test_a_part_of_a_total_is_no_share(reading: Read) -> None:
    (call,) = calls(reading, "What is 40% of what core spent in April?", "spend_total")
    assert call.args["portion"] == "40"


def test_month_over_month_since_some_month_is_a_series(reading: Read) -> None:
    r = reading("core spend month over month since January")
    assert r.compared is None
    (call,) = settled(r, BY_NAME["spend_series"].fill(r, {}))
    assert (call.tool, call.args["grain"]) == ("spend_series", "month")


def test_what_a_month_that_is_not_over_will_cost_is_a_forecast(reading: Read) -> None:
    (call,) = calls(reading, "what will we spend on AI in June?", "forecast")
    assert call.tool == "forecast"


def test_a_savings_plan_is_never_passed_over(reading: Read) -> None:
    (call,) = calls(reading, "What did our savings plan cost in April?", "spend_total")
    assert call.tool == "ask_back"
