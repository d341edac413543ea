"""Questions of depreciation, blended rates, growth, sensitivity, specifications, MFU and unit cost, and their likes."""

from __future__ import annotations

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
    ("How much memory does an H200 have?", "accelerator_specification", {"quantity": "memory"}),
    ("TPU v4 vs A100 bf16 teraflops", "accelerator_specification", {"quantity": "bf16"}),
    ("How much power do 64 H100s draw?", "accelerator_specification", {"quantity": "power", "count": "64"}),
    (
        "What MFU did we get training a 70B model on 2T tokens in 1.7 million A100 hours?",
        "training_utilisation",
        {"gpu_hours": "1700000", "parameters": "70000000000", "tokens": "2000000000000"},
    ),
    ("Depreciate a $300,000 server straight line over 5 years", "depreciation", {"cost": "300000", "years": "5"}),
    (
        "Straight-line depreciation of 16 servers at $250,000 each over 6 years, salvage value 5%",
        "depreciation",
        {"cost": "250000", "count": "16", "years": "6", "residual_share": "5"},
    ),
    (
        "Book value after 2 years of a $400k GPU cluster depreciated over 5 years with double declining balance?",
        "depreciation",
        {"after_years": "2", "years": "5", "method": "declining balance"},
    ),
    (
        "What's our blended rate if commitments cover 70% of usage at 40% off and on demand is $3.00 an hour?",
        "blended_rate",
        {"coverage": "70", "discount": "40", "on_demand_rate": "3"},
    ),
    (
        "If H100 rent of $2.50 an hour falls 25% a year, what will it be in 3 years?",
        "compound_growth",
        {"start": "2.5", "rate": "-25", "length": "3"},
    ),
    ("How long until our spend doubles at 6% a month?", "compound_growth", {"rate": "6", "every": "month", "end": "2"}),
    ("What is the CAGR from $100k to $180k in 3 years?", "compound_growth", {"start": "100000", "end": "180000"}),
    (
        "Which input matters most for the cost of training a 70B model on 15T tokens on H100s at 40% MFU?",
        "sensitivity",
        {"of": "training_cost"},
    ),
    ("What did one request cost us in May?", "unit_cost", {"metric": "request"}),
    ("Cost per 1,000 requests for search in May 2026", "unit_cost", {"metric": "requests", "per": "1000"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "tool", "holds"), ASKED)
def test_a_question_reaches_its_calculator(context: Context, question: str, tool: str, holds: dict[str, Any]) -> None:
    (call,) = plan(question, context)
    assert call.tool == tool, call
    assert {name: call.args.get(name) for name in holds} == holds


NEW = {
    "accelerator_specification", "training_utilisation", "depreciation", "blended_rate", "compound_growth",
    "sensitivity", "unit_cost",
}  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "What does an H100 with 80 GB memory rent for?",
        "Annual depreciation of $1.2M over 3 years, tax rate 21%",
        "MACRS depreciation of $1.2M over 5 years",
        "Blended price per million tokens of gpt-4o with 75% input and 25% output?",
        "If GPU prices drop 20% a year how much will our $2M budget buy in 3 years?",
        "H100 rent is $2.50 an hour and falls 25% a year; total cost over 3 years?",
        "What is the growth of our AI spend from March to May?",
        "spend per team last month",
        "spend per model in May",
        "What do 2,000 requests a day of 1,500 tokens each cost on gpt-4o?",
        "Train a 7B model on 2T tokens at 40% MFU on H100s: how many GPU hours?",
        "Is a 1-year commitment at 37% off worth it at 55% utilisation?",
    ],
)
def test_a_question_of_another_kind_is_left_to_the_others(context: Context, question: str) -> None:
    assert not {call.tool for call in plan(question, context)} & NEW
