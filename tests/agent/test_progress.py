"""What a listener hears of a question: steps that begin and end, then text that is checked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.ask import Agent
from bot.agent.progress import Ended, Event, Said, Started, pieces
from bot.reply import Question
from bot.services import Services
from tests.agent.conftest import Talks
from tests.agent.example import TODAY
from tests.fakes.models.script import Call, calls, says
from tools.ledger.audience import EVERYTHING

SEARCH = Call("spend_total", {"period": "October 2026", "team": ["search"]})
ORION = Call("spend_total", {"period": "October 2026", "team": ["orion"]})


def steps_of(heard: list[Event]) -> list[tuple[str, str, bool | None]]:
    """(what is done, tool, None at the start and how it ended at the end)."""
    return [
        (event.doing, event.tool, event.fine if isinstance(event, Ended) else None)
        for event in heard
        if not isinstance(event, Said)
    ]


@given(st.text())
def test_the_pieces_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


def test_a_text_is_said_sentence_by_sentence() -> None:
    text = "You spent $3.50 in all. Search spent $2.00.\n\n- orion: $1.50\n- Done!"
    assert [piece.text for piece in pieces(text)] == [
        "You spent $3.50 in all. ",
        "Search spent $2.00.\n\n",
        "- orion: $1.50\n",
        "- Done!",
    ]


def test_the_planners_steps_are_told_then_its_text(services: Services) -> None:
    heard: list[Event] = []
    agent = Agent(services, lambda who, where: EVERYTHING)
    reply = agent.ask(Question("What did search spend in October 2026?", TODAY), listener=heard.append)
    doing = heard[0].doing if isinstance(heard[0], Started) else ""
    assert steps_of(heard) == [(doing, "spend_total", None), (doing, "spend_total", True)]
    assert doing[0].isupper()
    assert "_" not in doing
    assert "".join(event.text for event in heard if isinstance(event, Said)) == reply.text
    assert isinstance(heard[1], Ended)
    assert 0 < heard[1].seconds <= reply.seconds


def test_a_models_thinking_is_a_step_and_calls_side_by_side_can_be_told_apart(talk: Talks) -> None:
    heard: list[Event] = []
    with talk(calls(SEARCH, ORION), says("Here they are.")) as talking:
        talking.agent.ask(Question("Search and orion?", TODAY), listener=heard.append)
    started = {event.id: event.tool for event in heard if isinstance(event, Started)}
    ended = {event.id: event.tool for event in heard if isinstance(event, Ended)}
    assert started == ended
    assert sorted(started.values()) == ["", "", "spend_total", "spend_total"]


def test_a_step_without_a_result_is_not_fine(services: Services) -> None:
    heard: list[Event] = []
    agent = Agent(services, lambda who, where: EVERYTHING)
    agent.ask(Question("What did the logistics team spend in October 2026?", TODAY), listener=heard.append)
    assert [fine for _, _, fine in steps_of(heard)] == [None, False]


def test_a_figure_without_an_origin_is_never_said(talk: Talks) -> None:
    heard: list[Event] = []
    wrong = says("You spent $9,999.99 in October 2026. Ask me for more.")
    with talk(calls(SEARCH), wrong, wrong) as talking:
        talking.agent.ask(Question("What did search spend?", TODAY), listener=heard.append)
    said = [event.text for event in heard if isinstance(event, Said)]
    assert "9,999" not in "".join(said)
    assert "Ask me for more." in "".join(said)


def test_a_listener_that_fails_costs_no_answer(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    def broken(event: Event) -> None:
        raise RuntimeError("the channel is gone")

    agent = Agent(services, lambda who, where: EVERYTHING)
    reply = agent.ask(Question("What do 1M input tokens cost on gpt-4o?", TODAY), listener=broken)
    assert reply.figures[0].value == Decimal("2.5")
    assert "listens to the progress" in caplog.text


def test_the_older_kind_of_progress_hears_each_tool_as_a_sentence(services: Services) -> None:
    heard: list[str] = []
    agent = Agent(services, lambda who, where: EVERYTHING)
    agent.ask(Question("What did search spend in October 2026?", TODAY), heard.append)
    assert len(heard) == 1
