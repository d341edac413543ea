"""Questions of accelerators: counts, sums, whole nodes, hours a day, energy; each reaches its tool."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.routing.route import Router
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.prices.catalogue import load_catalogue


@pytest.fixture(scope="module")
def context(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Context:
    return Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    (
        "How many H100s to train 13B on 1T tokens in 20 days at 40% MFU?",
        "training_cost",
        {"deadline_days": "20", "nodes": None, "count": None},
    ),
    (
        "how many nodes of 8 H100 for 13B on 1T tokens in 3 weeks, MFU 40%",
        "training_cost",
        {"deadline_days": "21", "nodes": True, "chips_per_node": "8"},
    ),
    ("How many H200 hold llama 3 70b in bf16?", "model_memory", {"accelerator": "H200", "aim": "chips", "bits": "16"}),
    ("does mixtral 8x22b in int4 fit on one H100?", "model_memory", {"count": "1", "model": "mixtral 8x22b"}),
    ("how many A100 hours does $5k buy at $1.50 an hour?", "rent_for_budget", {"budget": "5000", "aim": None}),
    ("how many H100 cards can we buy for $2 million?", "purchase_price", {"budget": "2000000"}),
    ("price per GB of memory an hour, H100 or H200?", "accelerator_value", {"quantity": "memory"}),
    (
        "one H100 at $2 an hour does 3,000 tokens per second: cost per million tokens at 50% utilisation?",
        "cost_at_throughput",
        {"tokens_per_second": "3000", "utilisation": "50"},
    ),
    ("4 nodes of 8 H100 for 10 days at $2.50 per GPU hour", "rent_price", {"count": "32", "price_covers": None}),
    ("an 8xH100 node at $20 an hour for 10 days", "rent_price", {"count": "8", "price_covers": "8"}),
    ("64 H100 at $2 per gpu-hour for 30 days nonstop, total?", "rent_price", {"count": "64", "price_covers": None}),
    ("8 A100, 10 hours a day, $1.50/h. Monthly bill?", "rent_price", {"hours": "304.1666666666666666666666667"}),
    ("3-year reserved TPU v5e in europe-west4?", "rent_price", {"pricing_model": "reserved_3y", "hours": None}),
    ("CO2 of 200 MWh in Sweden", "energy", {"energy_kwh": "200000", "grid": "Sweden", "aim": "emissions"}),
    (
        "0.3 Wh a query, 2 million queries a day: monthly energy at 400 g CO2 per kWh?",
        "energy",
        {"wh_each": "0.3", "queries": "2000000", "every": "day", "over": "month", "grams_per_kwh": "400"},
    ),
    ("break-even utilisation at 37% discount", "commitment_worth", {"discount": "37", "utilisation": None}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "tool", "holds"), ASKED)
def test_a_question_reaches_its_tool_with_what_it_tells(
    context: Context, question: str, tool: str, holds: dict[str, Any]
) -> None:
    (call,) = plan(question, context)
    assert call.tool == tool, call
    assert {name: call.args.get(name) for name in holds} == holds


def test_a_price_an_hour_of_power_is_no_price_of_a_kilowatt_hour(context: Context) -> None:
    text = "After how many hours does buying an H100 at $28,000 beat renting at $2.10/h if power costs $0.35 an hour?"
    (call,) = plan(text, context)
    assert (call.tool, call.args["running_per_hour"]) == ("rent_or_buy", "0.35")
    assert "electricity_per_kwh" not in call.args


@pytest.mark.parametrize(
    "told",
    [
        "0.30 an hour to run and 2.10 to rent",
        "2.10 an hour to rent and 0.30 to run",
        "2.10 to rent, 0.30 an hour to run",
    ],
)
def test_what_running_and_what_renting_costs_are_told_apart_by_the_words_behind_them(
    context: Context, told: str
) -> None:
    (call,) = plan(f"A GPU costs 27,000 to buy, {told}. Break-even?", context)
    assert call.tool == "rent_or_buy"
    assert call.args["purchase_price"] == "27000"
    assert (Decimal(call.args["running_per_hour"]), Decimal(call.args["price_per_hour"])) == (
        Decimal("0.3"),
        Decimal("2.1"),
    )


def test_a_verb_is_no_provider(context: Context) -> None:
    (call,) = plan("what does it cost to keep 2 p4d.24xlarge up 12 hours per day for 6 weeks?", context)
    assert call.args["provider"] == "AWS"


def test_energy_of_a_training_run_takes_its_hours_again_when_something_else_is_asked_of_it(context: Context) -> None:
    calls = plan(
        "Energy in kWh for training 7B on 1T tokens on H100 at 40% MFU, 700 W per GPU, and what CO2 at 380 g/kWh?",
        context,
    )
    assert [(call.tool, call.amount_from) for call in calls] == [
        ("training_cost", None), ("energy", "hours"), ("training_cost", None), ("energy", "hours"),
    ]  # fmt: skip
    assert calls[-1].args["grams_per_kwh"] == "380"
