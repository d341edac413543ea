"""A conversation is forgotten for good: on request, from the command line's side, and after a time without use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.agent.ask import Agent
from bot.agent.memory import Conversations
from bot.reply import Question, Reply
from bot.services import Services
from bot.state.checkpoints import open_checkpoints
from bot.state.store import State
from tests.agent.conftest import NOW, Talks
from tests.agent.example import TODAY
from tests.fakes.models.script import Call, calls, says
from tests.state.conftest import Where, new_database
from tools.ledger.audience import EVERYTHING, Audience

__all__ = ["new_database"]

VIEWS = {"U_ALL": EVERYTHING, "U_SEARCH": Audience.of("search")}
SECRET = "aubergine"
ASKED = f"What did search spend in October 2026, says {SECRET}?"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def conversations(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Conversations]:
    """Once in two files, once in a PostgreSQL database."""
    where: Where = tmp_path / "state.sqlite"
    if request.param == "postgres":
        where = str(request.getfixturevalue("new_database")())
    state = State(where)
    with open_checkpoints(tmp_path / "threads.sqlite" if request.param == "sqlite" else where) as checkpoints:
        yield Conversations(checkpoints, state, clock)
    state.close()


def agent_of(services: Services, conversations: Conversations) -> Agent:
    return Agent(services, lambda who, where: VIEWS[who or "U_ALL"], memory=lambda: conversations)


def ask(agent: Agent, text: str, thread: str = "T", asker: str = "U_ALL") -> Reply:
    return agent.ask(Question(text, TODAY, asker, thread=thread))


def kept(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def follows(agent: Agent, thread: str = "T", asker: str = "U_ALL") -> bool:
    """Whether a follow-up still knows what came before."""
    return [step.tool for step in ask(agent, "and in September?", thread, asker).steps] == ["spend_total"]


def test_on_request_it_is_forgotten_in_every_view(services: Services, conversations: Conversations) -> None:
    agent = agent_of(services, conversations)
    for asker in VIEWS:
        ask(agent, "What did search spend in October 2026?", asker=asker)
        assert follows(agent, asker=asker)
    reply = ask(agent, "Please forget this conversation.")
    assert (reply.status, [step.tool for step in reply.steps]) == ("answered", ["forget_conversation"])
    assert conversations.known.conversations() == []
    assert list(conversations.checkpoints.saver.list(None)) == []
    assert not any(follows(agent, asker=asker) for asker in VIEWS)


def test_another_conversation_stays(services: Services, conversations: Conversations) -> None:
    agent = agent_of(services, conversations)
    for thread in ("T", "T|x", "Tx"):
        ask(agent, "What did search spend in October 2026?", thread)
    ask(agent, "erase this thread from your memory")
    assert [follows(agent, thread) for thread in ("T", "T|x", "Tx")] == [False, True, True]


def test_what_is_forgotten_is_in_no_file_any_more(services: Services, tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    with open_checkpoints(tmp_path / "threads.sqlite") as checkpoints:
        conversations = Conversations(checkpoints, state, lambda: NOW)
        ask(agent_of(services, conversations), ASKED)
        assert SECRET.encode() in kept(tmp_path)
        assert conversations.forget("T") == 1
        assert SECRET.encode() not in kept(tmp_path)
    state.close()
    assert SECRET.encode() not in kept(tmp_path)


def test_what_its_answers_rested_on_is_forgotten_with_it(
    services: Services, conversations: Conversations, clock: Clock
) -> None:
    """The arguments of a search hold the question; another conversation's stay."""
    state = conversations.known
    assert isinstance(state, State)
    agent = agent_of(services, conversations)
    for thread in ("T", "T2"):
        ask(agent, "What did search spend in October 2026?", thread)
        state.keep_worked(thread, TODAY, [("search_knowledge", {"question": ASKED})], NOW, thread)
    ask(agent, "forget this conversation")
    assert (state.worked("T"), state.worked("T2") is not None) == (None, True)
    state.keep_worked("T3", TODAY, [("search_knowledge", {"question": ASKED})], NOW, "T3")
    assert conversations.forget("T3") == 0
    assert state.worked("T3") is None
    clock.now += timedelta(days=91)
    assert conversations.forget_unused(timedelta(days=90)) == 1
    assert state.worked("T2") is None


def test_nothing_asked_is_left_in_any_file_after_forgetting(services: Services, tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    with open_checkpoints(tmp_path / "threads.sqlite") as checkpoints:
        agent = agent_of(services, Conversations(checkpoints, state, lambda: NOW))
        claim = state.claim("C1:1", NOW, timedelta(minutes=1), payload=ASKED)
        ask(agent, ASKED)
        state.keep_worked("C1:1", TODAY, [("search_knowledge", {"question": ASKED})], NOW, "T")
        assert claim is not None
        state.finish(claim.key)
        ask(agent, "Please forget this conversation")
        assert SECRET.encode() not in kept(tmp_path)
    state.close()
    assert SECRET.encode() not in kept(tmp_path)


def test_what_nobody_used_for_long_is_forgotten(services: Services, conversations: Conversations, clock: Clock) -> None:
    """T1 was used 90 days ago, T2 89 days ago."""
    agent = agent_of(services, conversations)
    ask(agent, "What did search spend in October 2026?", "T1")
    clock.now += timedelta(days=1)
    ask(agent, "What did search spend in October 2026?", "T2")
    clock.now += timedelta(days=89, seconds=1)
    assert conversations.forget_unused(timedelta(days=90)) == 1
    assert [follows(agent, thread) for thread in ("T1", "T2")] == [False, True]


def test_only_the_last_state_of_a_conversation_is_stored(services: Services, conversations: Conversations) -> None:
    agent = agent_of(services, conversations)
    for text in ("What did search spend in October 2026?", "and in September?", "and in August?"):
        ask(agent, text)
    stored = list(conversations.checkpoints.saver.list(None))
    assert len(stored) == 1
    assert follows(agent)


def test_a_question_outside_a_conversation_has_nothing_to_forget(
    services: Services, conversations: Conversations
) -> None:
    agent = agent_of(services, conversations)
    reply = agent.ask(Question("Forget this conversation", TODAY))
    assert reply.status == "unknown"


def test_a_model_cannot_forget_what_nobody_asked_to_forget(talk: Talks, memory: Conversations) -> None:
    """A document may have told it to."""
    wipe = calls(Call("forget_conversation", {}))
    with talk(wipe, says("Done."), wipe, says("It is forgotten.")) as talking:
        refused = talking.ask("What did search spend in October?", thread="T")
        assert len(memory.known.conversations(thread="T")) == 1
        talking.ask("Now forget this conversation", thread="T")
        assert memory.known.conversations(thread="T") == []
    assert refused.status == "unknown"
