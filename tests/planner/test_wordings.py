"""Calls planned for prices, hardware, building, decisions and companies' books in the words of different people."""

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
from tools.prices.catalogue import load_catalogue

Plan = Callable[[str], list[Planned]]


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    filings = frozenset({"nvidia", "nvda"})
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder), filings)
    return lambda text: plan(text, context)


@pytest.mark.parametrize(
    ("text", "tool", "args"),
    [
        ("context window of gpt-4.1", "model_price", {"component": "context"}),
        ("price per 1k tokens gpt-4o", "model_price", {"per_tokens": "1000"}),
        ("how did grok-4.20 prices change since launch?", "price_history", {"model": "grok-4.20"}),
        ("GPT-4o: 2.500.000 input, 500.000 output tokens?", "price_usage", {"output_tokens": "500000"}),
        ("4o mini: 3,5 Mio Input, 800 Tsd Output", "price_usage", {"output_tokens": "800000"}),
        ("5 lakh output tokens with claude haiku 4.5?", "price_usage", {"output_tokens": "500000"}),
        (
            "3M cached reads, 1M fresh input and 200k output claude sonnet 4.5",
            "price_usage",
            {"uncached_input_tokens": "1000000", "cached_input_tokens": "3000000"},
        ),
        ("if gpt-4o prices rise 10%, what do 3M input tokens cost?", "price_usage", {"price_change": "10"}),
        ("gpt-4.1 10M in 2M out with 25% discount", "price_usage", {"price_change": "-25"}),
        ("10M tokens, 80% input, on haiku 4.5", "price_usage", {"tokens": "10000000", "input_share": "80"}),
        (
            "3 requests a second, 2000 in 500 out, gpt-4.1-mini: daily cost",
            "price_usage",
            {"every": "second", "days": "1", "input_tokens": "2000"},
        ),
        ("cheapest claude model for 5M in 1M out", "cheapest_models", {"families": ("claude",)}),
        ("what would 1B tokens on gpt-4o cost", "price_usage", {"tokens": "1000000000"}),
        ("p5.48xlarge per hour", "rent_price", {"provider": "AWS", "hours": "1", "count": "8"}),
        ("cost of 100 A100 hours", "rent_price", {"hours": "100"}),
        ("what does lambda charge for an H100", "rent_price", {"provider": "lambda"}),
        ("H100 in us-east-1 on demand", "rent_price", {"region": "us-east-1"}),
        ("CO2 of 100 H100 for a year in Poland", "energy", {"grid": "Poland", "aim": "emissions"}),
        ("KV cache for 32k context llama 3 70b batch 16", "model_memory", {"sequences": "16", "aim": "cache"}),
        (
            "how many H100s to serve 70B at 100 req/s, 500 tokens each",
            "serving_cost",
            {"requests": "100", "every": "second", "request_tokens": "500", "aim": "chips"},
        ),
        ("payback of 200k saving 8k a month", "project_value", {"investment": "200000", "benefit": "8000"}),
        (
            "2 million euros invested, 600k euros back each year for 5 years, IRR?",
            "project_value",
            {"investment": "2000000", "benefit": "600000", "currency": "EUR"},
        ),
        (
            "If usage grows by 30% but prices drop 30%, what happens to a $100k bill?",
            "bill_after_change",
            {"volume_change": "30", "price_change": "-30"},
        ),
        (
            "what becomes of a 10k bill if usage doubles and prices fall 20%",
            "bill_after_change",
            {"volume_change": "100"},
        ),
        ("$20,000 a month, volume grows 5% monthly, what in a year?", "bill_after_change", {"months": "12"}),
        ("how low can utilisation go before a 30% commitment loses money", "commitment_worth", {"discount": "30"}),
    ],
)
def test_what_is_said_reaches_its_argument(planned: Plan, text: str, tool: str, args: dict[str, Any]) -> None:
    (call,) = planned(text)
    assert call.tool == tool
    assert {name: call.args.get(name) for name in args} == args


@pytest.mark.parametrize(
    "text",
    [
        "sonnet-4-5 in eu region bedrock per million input",
        "gpt-4o at 5M in, 1M out, in euros",
        "cheapest model with 1M context and vision for 10M in 1M out",
        "how much is gpt-4o per minute",
        "carbon of 64 A100 running 2 weeks in Iceland",
        "price of 10M input tokens on gpt-4o, 3 times",
    ],
)
def test_what_no_argument_takes_is_asked_about(planned: Plan, text: str) -> None:
    assert [call.tool for call in planned(text)] == ["ask_back"]


def test_a_list_with_semicolons_is_one_question(planned: Plan) -> None:
    listed = "Alpha 200k cost 320k value; Beta 180k cost 250k value; Delta 120k cost 150k value"
    text = f"Budget 500k. Projects: {listed}. Which?"
    (call,) = planned(text)
    assert call.tool == "choose_projects"
    assert [project["name"] for project in call.args["projects"]] == ["Alpha", "Beta", "Delta"]
