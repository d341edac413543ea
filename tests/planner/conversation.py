"""Talking to the built-in planner in one thread, and what its last reply leads with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.agent.ask import Agent
from bot.agent.memory import in_memory
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.conftest import NOW
from tests.agent.example import TODAY, Example
from tests.evaluation.ledger_arithmetic import OCTOBER, Charges, between, effective, of_team, read_charges
from tools.ledger.audience import EVERYTHING, Audience

M = 1_000_000
SPENT = "What did search spend in October 2026?"
PRICED = "What do 20M input and 2M output tokens cost on gpt-4.1?"
TRAINED = "Train 7B on 2T tokens with H100s, 40% MFU, $2 per GPU hour: cost?"
VIEWS = {"U_ALL": EVERYTHING, "U_SEARCH": Audience.of("search"), "U_NOBODY": Audience.of()}
Talk = Callable[..., Reply]


@pytest.fixture
def talk(services: Services) -> Talk:
    """Asks each message in turn in one conversation; the last reply."""
    memory = in_memory(lambda: NOW)
    agent = Agent(services, lambda asker, channel: VIEWS[asker or "U_ALL"], memory=lambda: memory)

    def ask(*messages: str, asker: str = "U_ALL") -> Reply:
        return [agent.ask(Question(text, TODAY, asker, thread="T")) for text in messages][-1]

    return ask


@pytest.fixture(scope="module")
def charges(example: Example) -> Charges:
    return read_charges(example.exports)


def spent(charges: Charges, team: str, period: tuple[str, str] = OCTOBER) -> Decimal:
    return effective(of_team(between(charges, *period), team))


def headline(reply: Reply) -> tuple[Decimal, str]:
    assert reply.status == "answered", reply.text
    return reply.figures[0].value.quantize(Decimal("0.0001")), reply.figures[0].unit


def shown(value: Decimal, unit: str = "USD") -> tuple[Decimal, str]:
    return value.quantize(Decimal("0.0001")), unit
