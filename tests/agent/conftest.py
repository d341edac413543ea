from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from bot.agent.ask import Agent
from bot.agent.memory import Conversations
from bot.agent.meter import Meter
from bot.agent.models import Talker
from bot.reply import Question, Reply
from bot.services import Services
from bot.state.checkpoints import open_checkpoints
from bot.state.store import State
from tests.agent.example import TODAY
from tests.agent.fixtures import example, services
from tests.fakes.models.script import Scripted
from tests.fakes.models.server import KEY, ScriptedModel
from tools.ledger.audience import EVERYTHING, Audience

__all__ = ["example", "services"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Provider = Literal["openai", "anthropic"]
NAMES: dict[Provider, str] = {"openai": "openai:gpt-4o", "anthropic": "anthropic:claude-haiku-4-5"}
Sees = Callable[[str | None, str | None], Audience]


@dataclass(frozen=True, slots=True)
class Talk:
    """An agent whose chat model follows a script. `ask` asks as `asker`, who sees what the talk's audience says."""

    agent: Agent
    model: ScriptedModel
    state: State

    @property
    def name(self) -> str:
        assert self.agent.talker is not None
        return self.agent.talker.model

    def ask(self, text: str, asker: str | None = None, thread: str | None = None) -> Reply:
        return self.agent.ask(Question(text, TODAY, asker, thread=thread))


Talks = Callable[..., "contextmanager[Talk]"]


@pytest.fixture(params=["openai", "anthropic"])
def provider(request: pytest.FixtureRequest) -> Provider:
    chosen: Provider = request.param
    return chosen


@pytest.fixture
def talk(
    services: Services, provider: Provider, monkeypatch: pytest.MonkeyPatch, memory: Conversations, state: State
) -> Talks:
    """`with talk(step, step, ...) as talking`, once with each provider's real client."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    @contextmanager
    def talking(
        *script: Scripted,
        sees: Sees = lambda asker, channel: EVERYTHING,
        timeout: float = 30,
        seconds: float = 60,
        cap: Decimal | None = None,
    ) -> Iterator[Talk]:
        meter = Meter(state, lambda: NOW, cap)
        with ScriptedModel(script) as model:
            url = model.openai_url if provider == "openai" else model.anthropic_url
            talker = Talker(NAMES[provider], url, timeout=timeout, seconds=seconds)
            agent = Agent(services, sees, talker, lambda: memory, lambda: meter, state.audit, lambda: NOW)
            yield Talk(agent, model, state)

    return talking


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State(tmp_path / "state.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def memory(tmp_path: Path, state: State) -> Iterator[Conversations]:
    with open_checkpoints(tmp_path / "threads.sqlite") as checkpoints:
        yield Conversations(checkpoints, state, lambda: NOW)
