"""A running Outlay against the fake Slack."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.agent.progress import Ended, Listener, Started
from bot.reply import Question, Reply, Step
from bot.slack.answering import Limits
from bot.slack.app import Parts, Running, running
from bot.slack.clients import SlackSettings
from bot.state.store import State
from tests.fakes.slack.fixtures import slack
from tests.fakes.slack.server import FakeSlack
from tools.results import Figure

__all__ = ["slack"]

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Colleague:
    """Answers every question with 2 x 21 = 42 USD, and remembers what it was asked. `hold` keeps it waiting;
    `answers` gives other replies, or errors, by question."""

    asked: list[Question] = field(default_factory=list)
    answers: dict[str, Reply | Exception] = field(default_factory=dict)
    hold: threading.Event = field(default_factory=threading.Event)
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.hold.set()

    def __call__(self, question: Question, *, listener: Listener | None = None) -> Reply:
        with self._lock:
            self.asked.append(question)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            assert listener is not None
            listener(Started("step-1", "spend_total", "Looking up October's spend"))
            assert self.hold.wait(20), "the test never let go"
            listener(Ended("step-1", "spend_total", "Looking up October's spend", 0.1, True))
            found = self.answers.get(question.text)
            if isinstance(found, Exception):
                raise found
            return found or spend(question.text)
        finally:
            with self._lock:
                self._at_once -= 1


def spend(question: str, text: str = "orion spent **$42.00** in October 2026.") -> Reply:
    return Reply(
        status="answered",
        question=question,
        text=text,
        figures=(Figure("spend", Decimal(42), "USD", date(2026, 10, 31)),),
        steps=(Step("spend_total", {"team": "orion"}, 0.01),),
        data_through=date(2026, 10, 31),
    )


Start = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
def colleague() -> Colleague:
    return Colleague()


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state.sqlite")


@pytest.fixture
def start(slack: FakeSlack, colleague: Colleague, state: State) -> Start:
    """`async with start() as app:`; Socket Mode, and HTTP with `http=True`."""

    @asynccontextmanager
    async def started(http: bool = False, lease: float = 60.0, **changes: object) -> AsyncIterator[Running]:
        settings = SlackSettings(slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url, port=0)
        if http:
            settings = replace(settings, app_token="")
        for name in ("allow_guests", "zone"):
            if name in changes:
                settings = replace(settings, **{name: changes.pop(name)})
        limits = Limits(lease=timedelta(seconds=lease))
        parts = replace(Parts(colleague, state, lambda: NOON, limits=limits), **changes)
        async with running(settings, parts) as app:
            if http:
                slack.app_url = app.address
            await slack.wait_for_app()
            yield app

    return started
