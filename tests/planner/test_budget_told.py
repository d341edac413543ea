"""Budgets that a question tells, traffic that moves from one model to another, and everybody's prices."""

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
JUNE = "2026-06-01 to 2026-06-30"


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))
    return lambda text: plan(text, context)


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("Our June budget is 21k, will we stay under?", {"amount": "21000", "measure": "projected", "period": JUNE}),
        ("core has 6,500 for June. on track?", {"amount": "6500", "team": ("core",), "measure": "projected"}),
        ("If core gets 2,500 a month, how much is left in June?", {"amount": "2500", "measure": "remaining"}),
        (
            "core was given 25,000 for the quarter. how much of it is left?",
            {"every": "quarter", "measure": "remaining"},
        ),
        ("what daily spend keeps us inside the 20k for the rest of June?", {"amount": "20000", "measure": "per_day"}),
        ("we have 150k for 2026. when is it gone at this rate?", {"amount": "150000", "measure": "runs_out"}),
        ("our July budget is 20k, will it be enough?", {"period": "2026-07-01 to 2026-07-31"}),
    ],
)
def test_a_budget_that_is_told_reaches_the_tool(planned: Plan, text: str, args: dict[str, Any]) -> None:
    (call,) = planned(text)
    assert call.tool == "budget_status"
    assert {key: call.args.get(key) for key in args} == args


def test_how_long_a_sum_lasts_is_taken_from_the_pace(planned: Plan) -> None:
    pace, lasts = planned("at the current burn, how many months does a $5,000 budget last the core team?")
    assert (pace.tool, pace.args) == ("spend_run_rate", {"team": ("core",), "per": "day"})
    assert lasts.args == {"how": "lasts", "budget": "5000", "what": "month"}


@pytest.mark.parametrize(
    ("text", "model", "to_model"),
    [
        ("Everything the core team did on 4o in April, on 4o-mini instead - savings?", "4o", "4o-mini"),
        ("core April, gpt-4o -> gpt-4.1: new cost?", "gpt-4o", "gpt-4.1"),
        ("suppose core's gpt-4o use last month was on gpt-4.1, what's the bill?", "gpt-4o", "gpt-4.1"),
        ("what would core's April have cost on gpt-4.1 instead of gpt-4o?", "gpt-4o", "gpt-4.1"),
    ],
)
def test_traffic_moves_from_where_it_ran(planned: Plan, text: str, model: str, to_model: str) -> None:
    (call,) = planned(text)
    assert (call.args["model"], call.args["to_model"]) == ((model,), to_model)


def test_a_part_that_moves_is_no_growth(planned: Plan) -> None:
    (call,) = planned("Move 30% of all gpt-4o traffic in April to gpt-4.1: what happens to the gpt-4o bill?")
    assert call.args["moved_share"] == "30"
    assert "volume_change" not in call.args


def test_everybodys_prices_split_nothing(planned: Plan) -> None:
    (call,) = planned("if every provider put prices up 5%, what's our total for April")
    assert (call.tool, call.args.get("by"), call.args["price_change"]) == ("spend_if", None, "5")


def test_use_that_doubles_is_of_tokens_too(planned: Plan) -> None:
    (call,) = planned("if token volume doubles what is the bill of core, April base")
    assert (call.args["team"], call.args["volume_change"]) == (("core",), "100")


@pytest.mark.parametrize(
    "text",
    [
        "We get a 15% discount from OpenAI. What did we pay them in April?",
        "OpenAI raised prices by 20% in February. What did April cost?",
        "we pay OpenAI $10k a month with 10% off, what's that a year?",
        "did the core team use 20% more tokens in April than in March?",
    ],
)
def test_what_is_told_as_a_fact_changes_no_bill(planned: Plan, text: str) -> None:
    assert {call.tool for call in planned(text)} & {"spend_if", "bill_after_change", "derived_amount"} == set()


@pytest.mark.parametrize(
    ("text", "part", "first"),
    [
        ("our April bill with a 10% price cut at OpenAI", "provider=OpenAI", "bill"),
        (
            "say Anthropic drops list prices 20% - what's that worth to us on April spend",
            "provider=Anthropic",
            "difference",
        ),
        ("if OpenAI raised all its prices 20%, April as the base", "provider=OpenAI", "part"),
        ("how would a 10% Anthropic price cut change the core team's April bill?", "provider=Anthropic", "bill"),
    ],
)
def test_a_part_that_changes_is_told_beside_the_whole(planned: Plan, text: str, part: str, first: str) -> None:
    (call,) = planned(text)
    assert (call.tool, call.args["part"], call.args["first"]) == ("spend_if", (part,), first)


def test_the_sum_of_all_teams_is_the_companys(planned: Plan) -> None:
    (call,) = planned("total April spend across all teams")
    assert (call.tool, call.args.get("whole_company")) == ("spend_total", True)
