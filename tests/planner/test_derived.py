"""A question on an amount of our own together with what is to be done with it: the amount first, then that."""

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
MAY = "2026-05-01 to 2026-05-31"


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))
    return lambda text: plan(text, context)


@pytest.mark.parametrize(
    ("text", "period", "args"),
    [
        ("May spend per employee, we are 410 people", MAY, {"how": "for_each", "by": "410", "what": "employee"}),
        ("what share of our 2.5M revenue was May spend?", MAY, {"how": "share_of", "by": "2500000"}),
        ("May spend as a % of 90k", MAY, {"how": "share_of", "by": "90000"}),
        ("convert our May total to GBP at 0.79 GBP per USD", MAY, {"how": "converted", "by": "0.79", "what": "GBP"}),
        ("our May spend plus 19% VAT", MAY, {"how": "changed", "by": "19", "what": "vat"}),
        ("how far above 40k was our May spend?", MAY, {"how": "against", "by": "40000"}),
        ("how much is 15% of our May bill?", MAY, {"how": "multiplied", "by": "0.15"}),
        ("what would a year at May levels cost?", MAY, {"how": "multiplied", "by": "12"}),
        ("at 3% growth a month, what will core cost us in a year?", MAY, {"how": "grown", "by": "3", "over": "year"}),
    ],
)
def test_what_is_asked_of_an_amount_follows_it(planned: Plan, text: str, period: str, args: dict[str, Any]) -> None:
    amount, then = planned(text)
    assert (amount.tool, amount.args["period"]) == ("spend_total", period)
    assert (then.tool, then.amount_from) == ("derived_amount", "amount")
    assert args.items() <= then.args.items()


def test_a_limit_to_come_is_held_against_the_forecast(planned: Plan) -> None:
    (call,) = planned("will we go over 14k this month?")
    assert (call.tool, call.args["amount"], call.args["measure"]) == ("budget_status", "14000", "projected")


def test_a_bare_rate_above_one_is_asked_about(planned: Plan) -> None:
    (call,) = planned("convert our May total to EUR at 1.08")
    assert call.tool == "ask_back"


def test_a_number_that_the_rest_cannot_place_is_asked_about(planned: Plan) -> None:
    (call,) = planned("May spend per employee, we are 410 people and 7 dogs")
    assert call.tool == "ask_back"


@pytest.mark.parametrize(
    ("text", "tool", "args"),
    [
        ("what's 12,400 + 8,950 + 3,075", "calculate", {"expression": "12,400 + 8,950 + 3,075"}),
        ("NPV at 9%: -250000 today, then 80k, 95k and 60k", "project_value", {"discount_rate": "9"}),
        ("discounted payback: 200k outlay, 60k a year, discount rate 8%", "project_value", {"investment": "200000"}),
        ("break-even utilisation at 37% discount", "commitment_worth", {"discount": "37"}),
        ("are there any new models in May?", "spend_newcomers", {"by": ("model",), "period": MAY}),
        ("what's our monthly run rate?", "spend_run_rate", {"per": "month"}),
        ("spend forecast for the quarter", "forecast", {"period": "2026-04-01 to 2026-06-30"}),
        ("how much of core's budget is left?", "budget_status", {"measure": "remaining", "team": ("core",)}),
    ],
)
def test_plans_and_decisions_reach_their_tool(planned: Plan, text: str, tool: str, args: dict[str, Any]) -> None:
    (call,) = planned(text)
    assert call.tool == tool, call
    assert args.items() <= call.args.items()


def test_projects_listed_with_what_they_bring_are_chosen_from(planned: Plan) -> None:
    (call,) = planned(
        "We have 75k. Requests: voice bot 40k (benefit 55k), OCR 25k (benefit 30k). Which should we fund?"
    )
    assert call.args["budget"] == "75000"
    assert [p["name"] for p in call.args["projects"]] == ["voice bot", "OCR"]
    assert [p["value"] for p in call.args["projects"]] == ["55000", "30000"]
