"""One digest a channel and week on the fake Slack, whatever fails."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest.deliver import deliver, weekly
from bot.digest.schedule import Subscription
from bot.reply import Reply
from bot.slack.post import Poster, retry_handlers
from bot.state.store import State
from tests.fakes.slack.fixtures import slack
from tests.fakes.slack.server import FakeSlack
from tools.results import Figure

__all__ = ["slack"]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK = "2026-W48"
HERE = Subscription("C0GENERAL")


def compose(channel: str, today: date) -> Reply:
    text = f"Spend rose by $20.00. Written for {channel} on {today}."
    return Reply("answered", "digest", text, figures=(Figure("change", Decimal(20), "USD"),))


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state.sqlite")


@pytest.fixture
def poster(slack: FakeSlack) -> Poster:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=retry_handlers())
    return Poster(client, pauses=(0.05, 0.05))


async def test_a_digest_is_posted_once_and_its_thread_is_known(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    ts = await deliver(HERE, WEEK, poster, state, compose, clock)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is None
    (posted,) = slack.posted
    assert (posted.ts, posted.channel, posted.thread_ts) == (ts, "C0GENERAL", None)
    assert "Spend rose by $20.00. Written for C0GENERAL on 2026-11-23." in posted.visible
    assert state.digest_last("C0GENERAL") == WEEK
    assert state.is_in_thread("C0GENERAL", posted.ts)


async def test_a_refused_post_is_tried_again_later_and_not_before(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    slack.fail("chat.postMessage", "not_in_channel")
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is None
    clock.forward(minutes=1)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is None
    assert slack.posted == []
    clock.forward(minutes=1)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is not None
    assert len(slack.posted) == 1


async def test_a_lost_receipt_does_not_make_a_second_digest(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    slack.web.lose_answer("chat.postMessage")
    ts = await deliver(HERE, WEEK, poster, state, compose, clock)
    assert [posted.ts for posted in slack.posted] == [ts]


async def test_a_lost_receipt_and_an_unreadable_channel_wait_rather_than_double(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    slack.web.lose_answer("chat.postMessage")
    slack.fail("conversations.history", "missing_scope")
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is None
    clock.forward(minutes=2)
    ts = await deliver(HERE, WEEK, poster, state, compose, clock)
    assert [posted.ts for posted in slack.posted] == [ts]


async def test_a_process_that_died_after_posting_is_found_out_by_the_next(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(State, "digest_posted", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            await deliver(HERE, WEEK, poster, state, compose, clock)
    assert len(slack.posted) == 1
    clock.forward(minutes=9)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is None
    clock.forward(minutes=1)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) == slack.posted[0].ts
    assert len(slack.posted) == 1


async def test_a_digest_that_cannot_be_written_is_tried_again(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    def broken(channel: str, today: date) -> Reply:
        raise RuntimeError("the ledger is being rewritten")

    assert await deliver(HERE, WEEK, poster, state, broken, clock) is None
    clock.forward(minutes=2)
    assert await deliver(HERE, WEEK, poster, state, compose, clock) is not None


async def test_no_digest_goes_where_another_company_reads_unless_that_is_allowed(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    shared = Subscription("C0SHARED")
    assert await deliver(shared, WEEK, poster, state, compose, clock) is None
    assert slack.posted == []
    clock.forward(minutes=2)
    assert await deliver(shared, WEEK, poster, state, compose, clock, allow_shared=True) is not None


async def test_the_loop_posts_when_it_is_time_and_goes_on_to_the_next_week(
    slack: FakeSlack, poster: Poster, state: State, clock: Clock
) -> None:
    clock.forward(minutes=-1)
    channels = [Subscription("C0GENERAL"), Subscription("C0ORION", hour=10)]
    loop = asyncio.create_task(weekly(channels, state, compose, clock, every=0.02)(poster))
    await asyncio.sleep(0.1)
    assert slack.posted == []
    clock.forward(minutes=1)
    await slack.wait_until(lambda: [posted.channel for posted in slack.posted] == ["C0GENERAL"])
    clock.forward(hours=2)
    await slack.wait_until(lambda: [posted.channel for posted in slack.posted] == ["C0GENERAL", "C0ORION"])
    clock.forward(days=7)
    await slack.wait_until(lambda: len(slack.posted) == 4)
    await asyncio.sleep(0.1)
    loop.cancel()
    assert len(slack.posted) == 4


POSTING = """
import asyncio, sys
from datetime import UTC, date, datetime
from pathlib import Path
from slack_sdk.web.async_client import AsyncWebClient
from bot.digest.deliver import deliver
from bot.digest.schedule import Subscription
from bot.reply import Reply
from bot.slack.post import Poster, retry_handlers
from bot.state.store import State

url, token, home = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()

async def main():
    poster = Poster(AsyncWebClient(token, base_url=url, retry_handlers=retry_handlers()))
    state = State(Path(home) / "state.sqlite")
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for channel in ("C0GENERAL", "C0ORION"):
        await deliver(Subscription(channel), "2026-W48", poster, state,
                      lambda channel, today: Reply("answered", "digest", "Spend rose by $20.00."), lambda: now)

asyncio.run(main())
"""


async def test_two_processes_at_the_same_moment_post_one_digest_a_channel(slack: FakeSlack, tmp_path: Path) -> None:
    slack.web.latency = 0.2
    command = [sys.executable, "-c", POSTING, slack.api_url, slack.bot_token, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    root = Path(__file__).parents[2]
    posters = [await asyncio.create_subprocess_exec(*command, cwd=root, **pipes) for _ in range(2)]
    for process in posters:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    for process in posters:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        await process.stdin.drain()
    assert [await process.wait() for process in posters] == [0, 0]
    assert sorted(posted.channel for posted in slack.posted) == ["C0GENERAL", "C0ORION"]
