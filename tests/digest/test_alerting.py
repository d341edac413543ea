"""Alerts on the fake Slack: each thing once, whatever restarts, fails or runs twice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest.alerting import alert, alerting
from bot.digest.alerts import Due, due
from bot.digest.watch import Watch
from bot.slack.post import NotPosted, Poster, retry_handlers
from bot.state.store import State
from tests.fakes.slack.fixtures import slack
from tests.fakes.slack.server import FakeSlack
from tools.ledger.budgets.budgets import Budget
from tools.ledger.budgets.standings import Standing
from tools.money import Money
from tools.period import Period

__all__ = ["slack"]

NOVEMBER = Period.month(2026, 11)
HERE = "C0GENERAL"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 11, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


class Spending:
    """A budget of 100 for orion, of which `spent` is spent."""

    def __init__(self, spent: str = "85") -> None:
        self.spent = spent

    def channels(self) -> list[str]:
        return [HERE]

    def due(self, channel: str, today: date, told: Collection[str]) -> Due | None:
        budget = Budget("orion", Money("100"), "month", (("team", ("orion",)),))
        return due([Standing(budget, NOVEMBER, Money(self.spent), None, today)], None, told, today)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spending() -> Spending:
    return Spending()


@pytest.fixture
def watch(spending: Spending) -> Watch:
    return cast("Watch", spending)


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state.sqlite")


@pytest.fixture
def poster(slack: FakeSlack) -> Poster:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=retry_handlers())
    return Poster(client, pauses=(0.05, 0.05))


async def test_each_threshold_is_told_once_and_again_only_when_the_next_is_passed(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch, spending: Spending
) -> None:
    assert await alert(HERE, watch, poster, state, clock) is not None
    assert await alert(HERE, watch, poster, state, clock) is None
    spending.spent = "99"
    assert await alert(HERE, watch, poster, state, clock) is None
    spending.spent = "120"
    assert await alert(HERE, watch, poster, state, clock) is not None
    first, second = slack.posted
    assert "$85.00 of the $100.00 budget orion is spent in November 2026: 85.0%." in first.visible
    assert "$120.00 of the $100.00 budget" in second.visible
    assert state.is_in_thread(HERE, first.ts)


async def test_a_restart_tells_nothing_again(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch, tmp_path: Path
) -> None:
    await alert(HERE, watch, poster, state, clock)
    state.close()
    clock.forward(days=1)
    assert await alert(HERE, watch, poster, State(tmp_path / "state.sqlite"), clock) is None
    assert len(slack.posted) == 1


async def test_two_processes_at_once_tell_it_once(
    slack: FakeSlack, poster: Poster, clock: Clock, watch: Watch, tmp_path: Path
) -> None:
    states = [State(tmp_path / "state.sqlite") for _ in range(4)]
    told = await asyncio.gather(*(alert(HERE, watch, poster, state, clock) for state in states))
    assert len([ts for ts in told if ts]) == len(slack.posted) == 1


async def test_a_process_that_died_after_posting_is_found_out_by_the_next(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(State, "alerts_told", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        dying.setattr(State, "alerts_end", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            await alert(HERE, watch, poster, state, clock)
    clock.forward(minutes=9)
    assert await alert(HERE, watch, poster, state, clock) is None
    clock.forward(minutes=2)
    assert await alert(HERE, watch, poster, state, clock) is None
    assert len(slack.posted) == 1


async def test_a_lost_receipt_makes_no_second_message(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch
) -> None:
    slack.web.lose_answer("chat.postMessage")
    assert await alert(HERE, watch, poster, state, clock) == slack.posted[0].ts
    assert len(slack.posted) == 1


async def test_a_refused_alert_is_tried_again_a_quarter_of_an_hour_later(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch
) -> None:
    slack.fail("chat.postMessage", "not_in_channel")
    with pytest.raises(NotPosted):
        await alert(HERE, watch, poster, state, clock)
    clock.forward(minutes=14)
    assert await alert(HERE, watch, poster, state, clock) is None
    clock.forward(minutes=1)
    assert await alert(HERE, watch, poster, state, clock) is not None
    assert len(slack.posted) == 1


async def test_a_channel_that_another_company_reads_is_told_nothing(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch
) -> None:
    assert await alert("C0SHARED", watch, poster, state, clock) is None
    assert slack.posted == []
    clock.forward(minutes=15)
    assert await alert("C0SHARED", watch, poster, state, clock, allow_shared=True) is not None


async def test_the_chore_goes_on_after_a_failure(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, watch: Watch
) -> None:
    slack.fail("chat.postMessage", "not_in_channel")
    running = asyncio.create_task(alerting(watch, state, clock, every=0.05)(poster))
    await slack.wait_until(lambda: slack.refused)
    clock.forward(minutes=16)
    reply = await slack.wait_for_reply(HERE)
    running.cancel()
    assert "$85.00" in reply.visible
