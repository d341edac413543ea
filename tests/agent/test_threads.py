"""What a conversation remembers: with whom, how long, and nothing of a turn that failed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.agent import memory as remembering
from bot.agent.ask import Agent
from bot.agent.memory import Conversations
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.conftest import Talks
from tests.agent.example import TODAY, Example
from tests.evaluation.ledger_arithmetic import OCTOBER, SEPTEMBER, between, effective, of_team, read_charges
from tests.fakes.models.script import Call, Fail, calls, says
from tools.errors import ToolError
from tools.ledger.audience import EVERYTHING, Audience

SEARCH = Call("spend_total", {"period": "October 2026", "team": ["search"]})
VIEWS = {"U_ALL": EVERYTHING, "U_SEARCH": Audience.of("search"), "U_BOTH": Audience.of("search", "orion")}
Ask = Callable[..., Reply]


def spent(example: Example, team: str, period: tuple[str, str]) -> Decimal:
    return effective(of_team(between(read_charges(example.exports), *period), team))


@pytest.fixture
def ask(services: Services, memory: Conversations) -> Ask:
    """The built-in planner with a memory; `asker` is one of VIEWS."""
    agent = Agent(services, lambda asker, channel: VIEWS[asker or "U_ALL"], memory=lambda: memory)
    return lambda text, thread=None, asker="U_ALL": agent.ask(Question(text, TODAY, asker, thread=thread))


def test_a_follow_up_is_read_with_what_was_asked_before(ask: Ask, example: Example) -> None:
    ask("What did search spend in October 2026?", "T1")
    reply = ask("and in September?", "T1")
    assert reply.figures[0].value == spent(example, "search", SEPTEMBER)


def test_another_thread_knows_nothing_of_it(ask: Ask, example: Example) -> None:
    ask("What did search spend in October 2026?", "T1")
    reply = ask("and in September?", "T2")
    assert spent(example, "search", SEPTEMBER) not in {figure.value for figure in reply.figures}


def test_without_a_thread_nothing_is_remembered(ask: Ask, example: Example, memory: Conversations) -> None:
    ask("What did search spend in October 2026?")
    reply = ask("and in September?")
    assert spent(example, "search", SEPTEMBER) not in {figure.value for figure in reply.figures}
    assert list(memory.checkpoints.saver.list(None)) == []


def test_who_sees_less_inherits_nothing_from_who_sees_more(ask: Ask, example: Example) -> None:
    ask("What did orion spend in October 2026?", "T1", "U_ALL")
    reply = ask("and in September?", "T1", "U_SEARCH")
    shown = reply.text + str(reply.figures)
    assert str(spent(example, "orion", SEPTEMBER)) not in shown
    assert "orion" not in shown.casefold()


def test_two_who_see_the_same_share_a_thread(ask: Ask, example: Example) -> None:
    ask("What did orion spend in October 2026?", "T1", "U_BOTH")
    reply = ask("and in September?", "T1", "U_BOTH")
    assert reply.figures[0].value == spent(example, "orion", SEPTEMBER)


def test_the_models_earlier_calls_and_answers_come_with_the_next_question(talk: Talks, example: Example) -> None:
    october = f"Search spent ${spent(example, 'search', OCTOBER):,.2f} in October 2026."
    with talk(calls(SEARCH), says(october), says("No figure is needed.")) as talking:
        talking.ask("What did search spend in October?", thread="T1")
        talking.ask("Thanks!", thread="T1")
        third = talking.model.requests[2]
    said = [str(message.get("content")) for message in third.messages]
    assert any(october in text for text in said)
    assert any("What did search spend in October?" in text for text in said)
    assert len(third.results) == 1
    assert talking.model.refused == []


def test_a_wrong_figure_is_not_remembered(talk: Talks, example: Example) -> None:
    right = f"Search spent ${spent(example, 'search', OCTOBER):,.2f} in October 2026."
    with talk(calls(SEARCH), says("Search spent $77,777.77."), says(right), says("You are welcome.")) as talking:
        talking.ask("What did search spend in October?", thread="T1")
        talking.ask("Thanks!", thread="T1")
        last = str(talking.model.requests[3].body)
    assert "77,777" not in last
    assert right in last


def test_a_turn_that_failed_leaves_nothing_half_said(talk: Talks) -> None:
    """The model fails after its first call; the planner's turn stands in the thread alone, and the next turn works."""
    failure = Fail(400, "too long")
    with talk(calls(SEARCH), failure, says("You are welcome.")) as talking:
        first = talking.ask("What did orion spend in October 2026?", thread="T1")
        second = talking.ask("Thanks!", thread="T1")
        last = talking.model.requests[2]
    assert (first.model, second.model) == ("builtin", talking.name)
    assert len(last.results) == 1, "only the planner's own call is remembered"
    assert str(last.body).count("What did orion spend in October 2026?") == 1
    assert talking.model.refused == []


def test_a_follow_up_to_a_model_can_be_answered_by_the_planner(talk: Talks, example: Example) -> None:
    october = f"${spent(example, 'search', OCTOBER):,.2f} in October 2026."
    with talk(calls(SEARCH), says(october), Fail(400, "down")) as talking:
        talking.ask("What did search spend in October?", thread="T1")
        reply = talking.ask("and in September?", thread="T1")
    assert reply.model == "builtin"
    assert reply.figures[0].value == spent(example, "search", SEPTEMBER)


def test_only_the_last_turns_of_a_long_thread_are_sent(talk: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_TURNS", 2)
    with talk(*[says("Noted.")] * 4) as talking:
        for word in ("ash", "birch", "cedar", "damson"):
            talking.ask(f"Remember the word {word}.", thread="T1")
        last = str(talking.model.requests[-1].messages)
    assert [word for word in ("ash", "birch", "cedar", "damson") if word in last] == ["birch", "cedar", "damson"]


def test_a_fault_in_a_tool_is_a_sentence_and_the_thread_goes_on(
    talk: Talks, monkeypatch: pytest.MonkeyPatch, example: Example
) -> None:
    from tools.ledger import spend

    def broken(*args: object) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(spend, "spend_total", broken)
    with talk(calls(SEARCH), says("I could not look that up."), says("You are welcome.")) as talking:
        first = talking.ask("What did search spend in October?", thread="T1")
        second = talking.ask("Thanks!", thread="T1")
        heard = next(iter(talking.model.requests[1].results.values()))
    assert "spend_total failed on my side" in heard
    assert first.status == ToolError.status
    assert second.status == "answered"
    assert talking.model.refused == []
