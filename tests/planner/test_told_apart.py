"""Words that narrow or compare, and sums that a question tells in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Planned
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.routing.route import Router
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.calculators.arithmetic import calculate
from tools.prices.catalogue import load_catalogue

Plan = Callable[[str], list[Planned]]


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))
    return lambda text: plan(text, context)


@pytest.mark.parametrize(
    ("text", "tool", "args"),
    [
        ("how many cached tokens did core use on gpt-4o in May?", "token_usage", {"side": "cached"}),
        ("uncached input tokens of gpt-4o in May", "token_usage", {"side": "uncached"}),
        ("effective price per 1M output tokens we paid for gpt-4o in May", "token_prices_paid", {"side": "output"}),
        ("effective price per million input tokens for gpt-4o in May", "token_prices_paid", {"side": "input"}),
        ("our highest-spend day in May?", "spend_extreme", {"grain": "day"}),
        ("how much of core's May spend was p5?", "spend_share", {"accelerator": ("p5",), "of": ()}),
        ("how many p5.48xlarge hours did core use in May?", "machine_hours", {"team": ("core",)}),
        ("what effective rate per hour did we pay for p5.48xlarge in May?", "machine_hours", {"price": True}),
        ("all-in spend for calendar 2025?", "spend_total", {"period": "2025-01-01 to 2025-12-31"}),
        ("spend of core since the start of the year", "spend_total", {"team": ("core",)}),
        ("what did the p5 boxes cost us in May", "spend_total", {"accelerator": ("p5",)}),
        ("cache write price of claude-haiku-4-5 per M tokens", "model_price", {"component": "cache_write"}),
        ("price per 1M cached input tokens, gpt-4.1", "model_price", {"component": "cached"}),
        ("10M in and 1M out with amazon.nova-lite-v1:0", "price_usage", {"model": "amazon.nova-lite-v1:0"}),
        ("claude-3-5-haiku: 6M input of which half is cached, 1M output", "price_usage", {"cached_share": "50"}),
        ("suppose we ran core's gpt-4o tokens from April on gpt-4.1. Cost?", "what_if", {"to_model": "gpt-4.1"}),
        ("swap gpt-4o for gpt-4.1 in core, May volumes - what do we pay?", "what_if", {"to_model": "gpt-4.1"}),
        ("electricity for 4 servers with 5 kW each for 10 hours", "energy", {"power_w_each": "5000", "count": "4"}),
    ],
)
def test_a_word_that_narrows_reaches_the_tool(planned: Plan, text: str, tool: str, args: dict[str, Any]) -> None:
    calls = planned(text)
    assert [call.tool for call in calls] == [tool]
    assert {key: calls[0].args.get(key, ()) for key in args} == args


def test_two_costs_set_against_each_other_are_both_told(planned: Plan) -> None:
    calls = planned("Anthropic in May: list cost against effective cost")
    assert [(call.tool, call.args["cost"]) for call in calls] == [("spend_total", "list"), ("spend_total", "effective")]


def test_a_third_is_a_third_of_the_tokens(planned: Plan) -> None:
    share = planned("gpt-4o with 3M input, a third cached, and 400k output")[0].args["cached_share"]
    assert share.startswith("33.33333333333333")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A node with 4 H100 is $12.00 an hour. How much is one GPU hour?", "3"),  # 12 / 4
        (
            "Self-hosting is a fixed $3,000 a month, the API $0.50 per million tokens. Break-even tokens?",
            "6000000000",  # 3000 / 0.5 million
        ),
        (
            "2 GPUs at $3 an hour, 100 hours a month, serve 300M tokens a month. What per million tokens?",
            "2",  # 2 x 3 x 100 / 300
        ),
        ("An agent saves 100 hours a month at $30 per hour and costs $1,000 a month. Net benefit?", "2000"),
        ("How many tonnes CO2 are 20 MWh at 400 g per kWh?", "8"),  # 20,000 kWh x 0.4 kg = 8,000 kg
        ("KV cache per token for 32 layers, 8 kv heads, head dim 128, 16 bit?", "131072"),  # 2 x 32 x 8 x 128 x 2
    ],
)
def test_a_sum_that_is_told_in_full_is_worked_out(planned: Plan, text: str, value: str) -> None:
    calls = planned(text)
    assert [call.tool for call in calls] == ["calculate"]
    assert f"{calculate(**calls[0].args).figures[0].value.normalize():f}" == value


def test_usage_told_after_the_question_is_of_it_and_of_no_bill(planned: Plan) -> None:
    calls = planned("Commit at $10/hour or on demand at $14/hour? We use 65% of the hours. What's the difference?")
    assert [(call.tool, call.args.get("utilisation")) for call in calls] == [("commitment_worth", "65")]


def test_of_a_bill_of_which_a_part_moves_both_are_told(planned: Plan) -> None:
    (call,) = planned("If OpenAI was 10% cheaper, what would core have paid in May?")
    assert (call.tool, call.args["part"], call.args["team"]) == ("spend_if", ("provider=OpenAI",), ("core",))
    assert (call.args["price_change"], call.args["first"]) == ("-10", "bill")
    (whole,) = planned("What would core's Anthropic costs in May have been with 20% less usage?")
    assert (whole.tool, whole.args["provider"], whole.args["volume_change"]) == ("spend_if", ("Anthropic",), "-20")
    assert "part" not in whole.args
