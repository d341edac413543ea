from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.access import Access, parse_access
from bot.agent import loop
from bot.agent.ask import Agent
from bot.agent.loop import Loop
from bot.agent.memory import Conversations
from bot.agent.meter import Meter
from bot.agent.models import Talker
from bot.reply import Reply
from bot.services import Services
from bot.state.store import State
from tests.agent.conftest import NAMES, NOW, Provider, Sees, Talk, Talks, memory, state
from tests.attacks.attack import Attack, Endless, ask
from tests.attacks.company import SECRET, Company, company_in
from tests.fakes.models.script import Scripted
from tests.fakes.models.server import KEY, ScriptedModel

__all__ = ["memory", "state"]

RULES = """
everyone = "nothing"
admins = ["U0CFO"]
[people]
U0ANN = ["orion"]
U0ZED = ["zephyr"]
U0QUO = ["quokka"]
[channels]
C0ORION = ["orion"]
C0ZEPHYR = ["zephyr"]
"""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return company_in(tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def services(company: Company) -> Services:
    return company.services


@pytest.fixture
def provider() -> Provider:
    return "openai"


@dataclass
class Kept:
    """What all attacks share: one server with a client for each provider, and the loop compiled once for each limit of
    its steps."""

    services: Services
    model: ScriptedModel
    clients: dict[Provider, Agent] = field(default_factory=dict)
    loops: dict[int, Loop] = field(default_factory=dict)

    def agent(self, provider: Provider, agent: Agent) -> Agent:
        """With the client and the loop that are there already."""
        known = self.clients.setdefault(provider, agent)
        agent.__dict__["chat_models"] = known.chat_models
        if (limit := loop.MOST_STEPS) not in self.loops:
            self.loops[limit] = Loop(self.services)
        agent.__dict__["loop"] = self.loops[limit]
        return agent


@pytest.fixture(scope="session")
def kept(company: Company) -> Iterator[Kept]:
    with ScriptedModel(()) as model:
        yield Kept(company.services, model)


@pytest.fixture
def talk(kept: Kept, provider: Provider, monkeypatch: pytest.MonkeyPatch, memory: Conversations, state: State) -> Talks:
    """`with talk(step, step, ...) as talking`, as in the agent's tests, over what is kept."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    @contextmanager
    def talking(*script: Scripted, sees: Sees) -> Iterator[Talk]:
        kept.model.follow(script)
        meter = Meter(state, lambda: NOW, None)
        url = kept.model.openai_url if provider == "openai" else kept.model.anthropic_url
        talker = Talker(NAMES[provider], url, timeout=30, seconds=60)
        agent = Agent(kept.services, sees, talker, lambda: memory, lambda: meter, state.audit, lambda: NOW)
        yield Talk(kept.agent(provider, agent), kept.model, state)

    return talking


@pytest.fixture
def rules() -> Access:
    return parse_access(RULES, "access.toml")


@dataclass
class Outside:
    """Every address that this process connected to or looked up."""

    reached: list[Any] = field(default_factory=list)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    found = Outside()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connecting(self: socket.socket, address: Any) -> None:
        found.reached.append(address)
        connect(self, address)

    def looking(host: Any, *args: Any, **options: Any) -> Any:
        found.reached.append((host, *args[:1]))
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", looking)
    return found


@dataclass(frozen=True, slots=True)
class Ran:
    """What an attack brought: the reply, how often the model was asked, what it was sent last, and which addresses
    beside the model's the process connected to."""

    reply: Reply
    requests: int
    heard: str
    strangers: list[Any]


@pytest.fixture
def run(
    talk: Talks, rules: Access, outside: Outside, monkeypatch: pytest.MonkeyPatch, state: State, tmp_path: Path
) -> Callable[[Attack], Ran]:
    """`run(attack)`: the question, with an earlier turn of a person with other rights where the attack has one."""
    monkeypatch.setenv("OUTLAY_CANARY", SECRET)
    monkeypatch.setenv("SLACK_BOT_TOKEN", f"xoxb-{SECRET}")
    monkeypatch.chdir(tmp_path)

    def running(attack: Attack) -> Ran:
        with talk(*Endless(attack.script()), sees=rules.audience) as talking:
            if attack.earlier:
                ask(talking.agent, attack, "C1:1", attack.earlier)
            reply = ask(talking.agent, attack, "C1:1")
            port = int(talking.model.url.rpartition(":")[2])
            strangers = [a for a in outside.reached if tuple(a[:2]) != ("127.0.0.1", port)]
            heard = json.dumps(talking.model.requests[-1].messages)
            return Ran(reply, len(talking.model.requests), heard, strangers)

    return running
