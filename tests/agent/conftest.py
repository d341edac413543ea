from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from langgraph.checkpoint.sqlite import SqliteSaver

from bot.agent.ask import Agent
from bot.reply import Question, Reply
from bot.services import Services
from tests.agent.example import TODAY
from tests.agent.fixtures import example, services
from tests.fakes.models.script import Scripted
from tests.fakes.models.server import KEY, ScriptedModel
from tools.ledger.audience import EVERYTHING, Audience

__all__ = ["example", "services"]

Provider = Literal["openai", "anthropic"]
NAMES: dict[Provider, str] = {"openai": "openai:gpt-4o", "anthropic": "anthropic:claude-haiku-4-5"}
Sees = Callable[[str | None, str | None], Audience]


@dataclass(frozen=True, slots=True)
class Talk:
    """An agent whose chat model follows a script. `ask` asks as `asker`, who sees what the talk's audience says."""

    agent: Agent
    model: ScriptedModel

    def ask(self, text: str, asker: str | None = None, thread: str | None = None) -> Reply:
        return self.agent.ask(Question(text, TODAY, asker, thread=thread))


Talks = Callable[..., "contextmanager[Talk]"]


@pytest.fixture(params=["openai", "anthropic"])
def provider(request: pytest.FixtureRequest) -> Provider:
    chosen: Provider = request.param
    return chosen


@pytest.fixture
def talk(services: Services, provider: Provider, monkeypatch: pytest.MonkeyPatch, memory: SqliteSaver) -> Talks:
    """`with talk(step, step, ...) as talking`, once with each provider's real client."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    @contextmanager
    def talking(
        *script: Scripted, sees: Sees = lambda asker, channel: EVERYTHING, timeout: float = 30
    ) -> Iterator[Talk]:
        with ScriptedModel(script) as model:
            url = model.openai_url if provider == "openai" else model.anthropic_url
            yield Talk(Agent(services, sees, NAMES[provider], url, timeout, lambda: memory), model)

    return talking


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[SqliteSaver]:
    connection = sqlite3.connect(tmp_path / "threads.sqlite", check_same_thread=False)
    yield SqliteSaver(connection)
    connection.close()
