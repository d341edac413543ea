"""The demo's questions and the evaluation's, asked of the built-in planner; expectations come from outside it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from langgraph.checkpoint.sqlite import SqliteSaver

from bot.agent.ask import Agent
from bot.commands.evaluate import judge, read_cases
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.example import TODAY, Example
from tests.demo.__main__ import QUESTIONS
from tests.evaluation.expected import write_questions
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

KNOWN_MISSES: dict[str, str] = {
    "price-cache-04": "asks back: tokens written to the cache once and read many times are not understood",
    "decide-09": "unknown: there is no tool for depreciation",
    "mixed-02": "asks back: a price as a share of spend needs two tools in turn",
}
"""Questions of the evaluation that are not answered, by id. One that is answered must come off this list."""


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


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_evaluation_is_answered_but_for_the_known_misses(
    services: Services, memory: SqliteSaver, tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    count = write_questions(path)
    agent = Agent(services, lambda asker, channel: EVERYTHING, memory=lambda: memory)
    judged = [judge(case, agent.ask(Question(case.question, TODAY, thread=case.thread))) for case in read_cases(path)]
    missed = {one.id: f"{one.verdict}: {one.question} -> {one.why}" for one in judged if one.verdict != "right"}
    assert count == len(judged) == 173
    assert {name: why for name, why in missed.items() if name not in KNOWN_MISSES} == {}
    assert set(KNOWN_MISSES) - set(missed) == set(), "answered now: take them off the list"
