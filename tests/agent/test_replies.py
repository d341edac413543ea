"""What every reply must hold, over forty questions to the example company's ledger, prices and news."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot.agent.ask import Agent
from bot.agent.compose import LEFT_OUT
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.example import TODAY
from tests.agent.questions import OTHERS, PRICES, SPEND
from tools.ledger.audience import EVERYTHING

AMOUNT = re.compile(r"-?\$([\d,]+(?:\.\d+)?)(?: (million|billion))?")
SCALES = {"": Decimal(1), "million": Decimal(10**6), "billion": Decimal(10**9)}
DATED = re.compile(r"(?:as of|seen|prices of)\D{0,40}\d")


@pytest.fixture(scope="module")
def ask(services: Services) -> Agent:
    return Agent(services, lambda asker, channel: EVERYTHING)


def asked(agent: Agent, text: str) -> Reply:
    return agent.ask(Question(text, TODAY))


def numbers_behind(reply: Reply) -> set[Decimal]:
    """The magnitudes of the figures, the tables' cells, and what the question and the cited passages say."""
    told = [reply.question, *reply.assumptions, *(source.quote for source in reply.sources)]
    written = {Decimal(text.replace(",", "")) for line in told for text in re.findall(r"\d[\d,]*(?:\.\d+)?", line)}
    cells = {cell for table in reply.tables for row in table.rows for cell in row if isinstance(cell, Decimal | int)}
    return written | {abs(Decimal(cell)) for cell in cells} | {abs(figure.value) for figure in reply.figures}


def untraced(reply: Reply) -> list[str]:
    """Dollar amounts of the text that are no number behind it, rounded as far as they show."""
    behind = numbers_behind(reply)
    missing = []
    for match in AMOUNT.finditer(reply.text):
        shown, scale = Decimal(match[1].replace(",", "")), SCALES[match[2] or ""]
        step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
        if not any(abs(number / scale - shown) <= step / 2 for number in behind):
            missing.append(match[0])
    return missing


@pytest.mark.parametrize("text", [*SPEND, *PRICES, *OTHERS])
def test_every_figure_shown_has_an_origin(ask: Agent, text: str) -> None:
    reply = asked(ask, text)
    assert reply.status in {"answered", "unknown", "clarify"}
    assert LEFT_OUT not in reply.warnings
    assert untraced(reply) == []
    assert reply.text.strip()
    if reply.status != "answered":
        assert reply.figures == ()
        assert "$" not in reply.text


@pytest.mark.parametrize(("text", "period"), SPEND.items())
def test_a_figure_of_spend_says_its_unit_its_period_and_how_fresh_the_data_is(
    ask: Agent, text: str, period: str
) -> None:
    reply = asked(ask, text)
    assert reply.status == "answered"
    assert re.search(r"[$€£%]", reply.text)
    assert period in reply.text
    assert "Billing data through 21 November 2026." in reply.text
    assert reply.data_through is not None
    assert all(figure.unit for figure in reply.figures)
    assert reply.figures


@pytest.mark.parametrize("text", PRICES)
def test_a_price_says_its_unit_and_its_date(ask: Agent, text: str) -> None:
    reply = asked(ask, text)
    assert reply.status == "answered"
    assert "$" in reply.text
    assert DATED.search(reply.text), reply.text
    assert all(figure.unit for figure in reply.figures)


def test_a_question_that_is_no_question_gets_a_sentence_not_an_error(ask: Agent) -> None:
    for text in (
        "",
        "   ",
        "?",
        "\x00",
        "x" * 9_000,
        "\N{PILE OF POO}" * 50,
        "a\nb\nc",
        "%s {0} $(id)",
        "'; DROP TABLE",
    ):
        reply = asked(ask, text)
        assert reply.status in {"clarify", "unknown", "answered"}, (text[:20], reply)
        assert reply.figures == ()
        assert reply.text
