"""Tokens a second, memory to train, prices without a sign, other currencies, parts of all tokens: each to its tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Planned
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.routing.route import Router
from bot.agent.planner.wording.chips_written import with_memory_in_names
from bot.agent.planner.wording.hourly_prices import with_hourly_prices
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.prices.catalogue import load_catalogue

Plan = Callable[[str], list[Planned]]


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))
    return lambda text: plan(text, context)


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    (
        "max batch-1 decode speed of a 10B model in bf16 with 2 TB/s memory bandwidth",
        "decode_speed",
        {"parameters": "10000000000", "bits": "16", "bandwidth_gb_s": "2000"},
    ),
    (
        "We serve 900 million tokens a day on 6 H100 at $2.6 per hour. cost per million tokens?",
        "cost_at_throughput",
        {"count": "6", "price_per_hour": "2.6", "tokens_a_day": "900000000"},
    ),
    (
        "Which models cost less than 0.20 dollars per million input tokens at OpenAI?",
        "prices_within",
        {"below": "0.2", "component": "input", "providers": ("OpenAI",)},
    ),
    ("average input price over OpenAI models", "prices_within", {"average": True, "component": "input"}),
    (
        "At what utilisation does an owned H100 (30,000 over 4 years, 0.5 an hour) beat a rent of 2.2?",
        "rent_or_buy",
        {"aim": "utilisation", "months": "48", "purchase_price": "30000", "running_per_hour": "0.5"},
    ),
    ("What throughput do I need for 50 million tokens a day?", "needed_throughput", {"every": "day"}),
    (
        "How many GPUs to serve 3 million tokens an hour if one does 900 tokens a second?",
        "needed_throughput",
        {"every": "hour", "tokens_per_second_each": "900"},
    ),
    (
        "kWh per million tokens if a 700 W GPU with PUE 1.2 makes 3,000 tokens per second?",
        "token_energy",
        {"power_w": "700", "pue": "1.2", "tokens_per_second": "3000"},
    ),
    (
        "memory needed for full fine-tuning of a 7B model with Adam in mixed precision?",
        "model_memory",
        {"training": "full", "parameters": "7000000000"},
    ),
    ("Can I serve Llama 3 8B in 16 bit on one L4 with 24 GB?", "model_memory", {"aim": "chips", "count": "1"}),
    (
        "what MFU are we getting if 7B on 1T tokens took 90,000 A100 hours?",
        "training_utilisation",
        {"gpu_hours": "90000"},
    ),
    ("24 A100s at €1.85 an hour for 720 hours, total?", "rent_price", {"currency": "EUR", "price_per_hour": "1.85"}),
    ("128 H100s at 2.49 for six weeks?", "rent_price", {"price_per_hour": "2.49", "hours": "1008"}),
    ("Which provider has H100 spot below $2?", "rent_price", {"below": "2", "price_per_hour": None}),
    ("40M tokens on gpt-4o, 75% input", "price_usage", {"input_share": "75", "output_share": None}),
    ("40M tokens on gpt-4o, a quarter of it output", "price_usage", {"input_share": "75", "output_share": None}),
    ("20M tokens on gpt-4o, half in half out", "price_usage", {"input_share": "50", "output_share": None}),
]


@pytest.mark.parametrize(("text", "tool", "args"), ASKED)
def test_each_question_reaches_its_tool(planned: Plan, text: str, tool: str, args: dict[str, Any]) -> None:
    call = planned(text)[0]
    assert (call.tool, {name: call.args.get(name) for name in args}) == (tool, args)


@pytest.mark.parametrize(
    "text", ["How many gpt-4o output tokens does £500 buy?", "3M input tokens on gpt-4o in euros?"]
)
def test_list_prices_are_never_taken_for_another_currency(planned: Plan, text: str) -> None:
    (call,) = planned(text)
    assert call.tool == "ask_back"
    assert "US dollars" in call.args["question"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A100 at 1.50, MFU 35%", "A100 at $1.50 per hour, MFU 35%"),
        ("an owned H100 against a rent of 2.2?", "an owned H100 against a rent of $2.2 per hour?"),
        ("H100 at 2.4/h in euros", "H100 at €2.4/h in euros"),
        ("H200 at 4.8 TB/s", "H200 at 4.8 TB/s"),
        ("64 H100 with a PUE of 1.2 at 0.12 per kWh", "64 H100 with a PUE of 1.2 at 0.12 per kWh"),
        ("A100 at 0.5 utilisation", "A100 at 0.5 utilisation"),
        ("an agent at 2.50 each", "an agent at 2.50 each"),
    ],
)
def test_only_the_price_of_a_chips_hour_gets_its_sign(text: str, written: str) -> None:
    assert with_hourly_prices(text) == written


def test_memory_told_beside_a_chip_is_part_of_its_name_only_where_there_is_such_a_chip() -> None:
    assert with_memory_in_names("on one A100 with 40 GB") == "on one A100 40GB"
    assert with_memory_in_names("on one A100 with 64 GB") == "on one A100 with 64 GB"
