"""A model that fails is tried again, then the second model is asked, then the planner: each within a time, and said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest

from bot.agent import failover
from bot.agent.ask import Agent
from bot.agent.failover import within
from bot.agent.memory import Conversations
from bot.agent.meter import Meter
from bot.agent.models import Talker
from bot.reply import Question, Reply
from bot.services import Services
from bot.state.store import State
from tests.agent.conftest import NAMES, NOW, Provider
from tests.agent.example import TODAY, Example
from tests.evaluation.ledger_arithmetic import OCTOBER, between, effective, read_charges
from tests.fakes.models.script import Call, Drop, Fail, Hang, Scripted, Turn, calls, refuses, says
from tests.fakes.models.server import KEY, ScriptedModel
from tools.ledger.audience import EVERYTHING

ASKED = "What did we spend in October?"
OCTOBER_SPEND = Call("spend_total", {"period": "October 2026"})
DOWN = Fail(503)


@pytest.fixture(scope="module")
def october(example: Example) -> Decimal:
    return effective(between(read_charges(example.exports), *OCTOBER))


@dataclass(frozen=True, slots=True)
class Pair:
    agent: Agent
    first: ScriptedModel
    second: ScriptedModel
    names: tuple[str, str]

    def ask(self, text: str = ASKED, thread: str | None = None) -> Reply:
        return self.agent.ask(Question(text, TODAY, thread=thread))


Pairs = Callable[..., "contextmanager[Pair]"]


@pytest.fixture
def pair(
    services: Services, provider: Provider, monkeypatch: pytest.MonkeyPatch, memory: Conversations, state: State
) -> Pairs:
    """Two models of two providers, each with a script of its own; OpenAI first, then Anthropic, and the other way."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setattr(failover, "FIRST_PAUSE", 0.01)
    other: Provider = "anthropic" if provider == "openai" else "openai"

    @contextmanager
    def paired(
        first: list[Scripted], second: list[Scripted], timeout: float = 20, seconds: float = 40
    ) -> Iterator[Pair]:
        with ExitStack() as stack:
            models = [stack.enter_context(ScriptedModel(script)) for script in (first, second)]
            which = ((models[0], provider), (models[1], other))
            urls = [model.openai_url if spoken == "openai" else model.anthropic_url for model, spoken in which]
            names = (NAMES[provider], NAMES[other])
            talker = Talker(names[0], urls[0], names[1], urls[1], timeout, seconds)
            agent = Agent(services, lambda who, where: EVERYTHING, talker, lambda: memory)
            agent.meter = lambda: Meter(state, lambda: NOW)
            yield Pair(agent, models[0], models[1], names)

    return paired


def told(october: Decimal) -> Turn:
    return says(f"You spent ${october:,.2f} in October 2026.")


@pytest.mark.parametrize("failure", [Fail(429), Fail(500), Fail(529), Drop(says("half"), 1)])
def test_a_passing_failure_is_tried_again(pair: Pairs, october: Decimal, failure: Fail | Drop) -> None:
    with pair([failure, failure, calls(OCTOBER_SPEND), failure, told(october)], []) as both:
        reply = both.ask()
    assert (reply.model, reply.warnings) == (both.names[0], ())
    assert reply.figures[0].value == october
    assert (both.first.left, len(both.second.requests)) == (0, 0)


@pytest.mark.parametrize(
    ("failures", "why"),
    [
        ([DOWN, DOWN, DOWN], "HTTP 503"),
        ([Fail(401)], "HTTP 401"),
        ([Fail(400, "context too long")], "HTTP 400"),
        ([refuses()], "gave no answer"),
        ([Turn("")], "gave no answer"),
    ],
    ids=["down", "key", "request", "refusal", "empty"],
)
def test_the_second_model_answers_when_the_first_does_not(
    pair: Pairs, october: Decimal, failures: list[Scripted], why: str
) -> None:
    with pair(failures, [calls(OCTOBER_SPEND), told(october)]) as both:
        reply = both.ask()
    assert reply.model == both.names[1]
    assert reply.figures[0].value == october
    assert len(reply.warnings) == 1
    assert both.names[0] in reply.warnings[0]
    assert why in reply.warnings[0]
    assert both.names[1] in reply.warnings[0]
    assert (both.first.left, both.second.left, both.second.refused) == (0, 0, [])


def test_the_second_model_goes_on_where_the_first_stopped(pair: Pairs, october: Decimal) -> None:
    """The first made a call and got its result; the second hears of both and only has to say it."""
    with pair([calls(OCTOBER_SPEND, text="Looking."), Fail(400)], [told(october)]) as both:
        reply = both.ask()
        heard = both.second.requests[0].results
    assert (reply.model, reply.text) == (both.names[1], f"You spent ${october:,.2f} in October 2026.")
    assert len(heard) == 1
    assert f"{october.normalize():f}" in next(iter(heard.values()))
    assert both.second.refused == []


def test_when_both_fail_the_planner_answers_and_says_of_both(pair: Pairs, october: Decimal) -> None:
    with pair([Fail(400)], [DOWN, DOWN, DOWN]) as both:
        reply = both.ask()
    assert (reply.model, reply.cost_usd) == ("builtin", Decimal(0))
    assert reply.figures[0].value == october
    assert [name in warning for name, warning in zip(both.names, reply.warnings, strict=True)] == [True, True]
    assert "built-in planner" in reply.warnings[1]


def test_a_hanging_model_leaves_the_second_its_share_of_the_time(pair: Pairs, october: Decimal) -> None:
    """Four seconds in all: the first gets two of them, though one of its calls may take twenty."""
    started = time.monotonic()
    with pair([Hang(120)], [calls(OCTOBER_SPEND), told(october)], seconds=4) as both:
        reply = both.ask()
    assert reply.model == both.names[1]
    assert time.monotonic() - started < 60
    assert "did not answer in time" in reply.warnings[0]


def test_retries_end_with_the_time_that_a_question_has(pair: Pairs, october: Decimal) -> None:
    """A server that says to come back in a minute is not waited for."""
    with pair([Fail(429, retry_after=60)], [Fail(429, retry_after=60)], seconds=20) as both:
        reply = both.ask()
    assert reply.model == "builtin"
    assert reply.figures[0].value == october
    assert reply.seconds < 50
    assert (len(both.first.requests), len(both.second.requests)) == (1, 1)


def test_a_server_that_says_when_to_come_back_is_given_that_time(pair: Pairs, october: Decimal) -> None:
    with pair([Fail(429, retry_after=0.4), calls(OCTOBER_SPEND), told(october)], []) as both:
        started = time.monotonic()
        reply = both.ask()
    assert reply.model == both.names[0]
    assert time.monotonic() - started >= 0.4


def test_malformed_arguments_are_told_once_and_then_the_model_is_given_up(
    pair: Pairs, provider: Provider, october: Decimal
) -> None:
    if provider == "anthropic":
        pytest.skip("Anthropic's arguments come as an object, never malformed, when answers are taken whole")
    broken = calls(Call("spend_total", '{"period": "Octob'))
    with pair([broken, broken], [calls(OCTOBER_SPEND), told(october)]) as both:
        reply = both.ask()
        heard = list(both.first.requests[1].results.values())
    assert len(heard) == 1
    assert "spend_total" in heard[0]
    assert "not a JSON object" in heard[0]
    assert reply.model == both.names[1]
    assert "arguments that cannot be read" in reply.warnings[0]
    assert reply.figures[0].value == october
    assert both.second.refused == []


def test_malformed_arguments_beside_good_ones_leave_the_good_call_standing(
    pair: Pairs, provider: Provider, october: Decimal
) -> None:
    if provider == "anthropic":
        pytest.skip("Anthropic's arguments come as an object, never malformed, when answers are taken whole")
    with pair([calls(OCTOBER_SPEND, Call("spend_by", "{{")), told(october)], []) as both:
        reply = both.ask()
        heard = both.first.requests[1].results
    assert len(heard) == 2
    assert (reply.text, reply.warnings) == (f"You spent ${october:,.2f} in October 2026.", ())
    assert both.first.refused == []


def test_a_conversation_goes_on_with_the_model_that_is_there(pair: Pairs, october: Decimal) -> None:
    first = [calls(OCTOBER_SPEND, text="Let me look."), told(october), Fail(400)]
    with pair(first, [says("You are welcome.")]) as both:
        both.ask(thread="T")
        reply = both.ask("Thanks!", thread="T")
        heard = both.second.requests[0]
    assert (reply.model, reply.text) == (both.names[1], "You are welcome.")
    assert ASKED in str(heard.messages)
    assert both.second.refused == []


def test_a_call_that_takes_too_long_is_left_to_itself() -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: time.sleep(2))
    assert time.monotonic() - started < 1
    assert within(5, lambda: 7) == 7
    with pytest.raises(KeyError):
        within(5, lambda: {}["absent"])


def test_a_model_that_nobody_can_reach_costs_nothing(pair: Pairs, october: Decimal, state: State) -> None:
    """Nothing listens at the discard port: no connection, so nothing was billed."""
    with pair([], []) as both:
        assert both.agent.talker is not None
        both.agent.talker = Talker(both.names[0], "http://127.0.0.1:9/v1", timeout=5, seconds=10)
        reply = both.ask()
    assert (reply.model, reply.cost_usd) == ("builtin", Decimal(0))
    assert reply.figures[0].value == october
    assert state.model_costs("2026-11") == []
