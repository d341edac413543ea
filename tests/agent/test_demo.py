"""The demo's questions asked of the built-in planner; expectations come from outside it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.agent.ask import Agent
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.example import TODAY, Example
from tests.demo.__main__ import QUESTIONS
from tests.evaluation.ledger_arithmetic import (
    OCTOBER,
    SEPTEMBER,
    Charges,
    between,
    effective,
    of_team,
    read_charges,
)
from tools.ledger.audience import EVERYTHING

PRICE, DRIVERS, TRAINING, NEWS, MIXED = QUESTIONS
Ask = Callable[[str], Reply]


@pytest.fixture(scope="module")
def ask(services: Services) -> Ask:
    agent = Agent(services, lambda asker, channel: EVERYTHING)
    return lambda text: agent.ask(Question(text, TODAY))


@pytest.fixture(scope="module")
def charges(example: Example) -> Charges:
    return read_charges(example.exports)


def values(reply: Reply) -> list[Decimal]:
    return [figure.value for figure in reply.figures]


def test_the_price_of_tokens_partly_cached(ask: Ask) -> None:
    """1.2M x $2.50 + 1.8M x $1.25 + 0.5M x $10 a million = 3 + 2.25 + 5 = $10.25."""
    reply = ask(PRICE)
    assert values(reply)[0] == Decimal("10.25")
    assert "$10.25" in reply.text


def test_a_teams_spend_with_a_provider_against_the_month_before(ask: Ask, charges: Charges) -> None:
    of_search = [c for c in of_team(charges, "search") if c.provider == "Anthropic"]
    october, september = effective(between(of_search, *OCTOBER)), effective(between(of_search, *SEPTEMBER))
    reply = ask(DRIVERS)
    assert values(reply)[0] == october - september
    assert {october, september} <= set(values(reply))
    assert f"${october:,.2f}" in reply.text
    assert f"${september:,.2f}" in reply.text


def test_the_cost_of_a_training_run(ask: Ask) -> None:
    """6 x 70e9 x 15e12 FLOP over 40% of 989.4e12 FLOP/s, in hours, times the hourly price that the reply names."""
    hours = 6 * Decimal(70 * 10**9) * Decimal(15 * 10**12) / (Decimal("0.4") * Decimal("989.4e12")) / 3600
    reply = ask(TRAINING)
    found = {figure.label: figure.value for figure in reply.figures}
    assert abs(found["Chip hours"] / hours - 1) < Decimal("0.001")
    assert abs(values(reply)[0] / (found["Chip hours"] * found["Price per chip hour"]) - 1) < Decimal("0.000001")
    assert Decimal(1) < found["Price per chip hour"] < Decimal(15)


def test_a_question_on_the_news_is_answered_with_its_source(ask: Ask) -> None:
    reply = ask(NEWS)
    assert "Mike Liberatore" in reply.text
    assert any(source.url in reply.text and "Liberatore" in source.quote for source in reply.sources)
    assert reply.sources[0].publisher
    assert reply.sources[0].published_on


def test_spend_under_a_change_of_prices_with_the_news_beside_it(ask: Ask, charges: Charges) -> None:
    bill = effective(c for c in between(charges, *OCTOBER) if "p5" in c.sku)
    reply = ask(MIXED)
    assert {bill, bill * Decimal("1.1"), bill * Decimal("0.9")} <= set(values(reply))
    for amount in (bill, bill * Decimal("1.1"), bill * Decimal("0.9")):
        assert f"${amount:,.2f}" in reply.text
    assert reply.sources
