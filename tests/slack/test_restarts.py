"""Questions side by side, stopped, and across a restart: each is answered once, or given up with a sentence."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from bot.slack.answering import Limits
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Colleague, Start


async def test_questions_of_a_thread_keep_their_order_and_threads_run_side_by_side(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        first = slack.mention("C0GENERAL", "U0ANN", "first")
        await slack.wait_until(lambda: colleague.asked)
        for text in ("second", "third"):
            slack.message("C0GENERAL", "U0ANN", text, thread_ts=first.ts)
        for number in range(12):
            slack.mention("C0ORION", "U0BEN", f"other {number}")
        await slack.wait_until(lambda: colleague.most_at_once == 4)
        await slack.wait_until(lambda: any(posted.ephemeral_to == "U0BEN" for posted in slack.posted))
        assert "second" not in [question.text for question in colleague.asked]
        colleague.hold.set()
        await slack.wait_until(lambda: len(colleague.asked) == 15)
        await slack.quiet()
    in_thread = [q.text for q in colleague.asked if q.thread == f"C0GENERAL:{first.ts}"]
    assert in_thread == ["first", "second", "third"]
    assert colleague.most_at_once == 4
    queued = [posted.text for posted in slack.posted if posted.ephemeral_to]
    assert all("Your question is queued" in text for text in queued)
    assert len([posted for posted in slack.posted if not posted.ephemeral_to]) == 15


async def test_a_question_cut_off_by_a_restart_is_asked_again_and_answered_once(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: colleague.asked)
        await slack.wait_until(lambda: all(delivery.acked for delivery in sent.deliveries))
    assert slack.posted == []
    colleague.hold.set()
    async with start():
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "$42.00" in reply.visible
    assert len(slack.posted) == 1
    assert [question.text for question in colleague.asked] == ["what did orion spend?"] * 2


async def test_a_process_that_died_after_posting_leaves_one_answer(
    slack: FakeSlack, start: Start, colleague: Colleague, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(State, "finish", lambda self, key: None)
        async with start():
            sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
            await slack.wait_for_reply("C0GENERAL", sent.ts)
            await slack.quiet()
    state.release(f"C0GENERAL:{sent.ts}")
    async with start():
        await slack.wait_until(lambda: len(colleague.asked) == 2)
        await slack.quiet()
    assert len(slack.posted) == 1
    assert state.unfinished(NOON.replace(year=2027), Limits().lease) == []


async def test_a_question_interrupted_twice_is_given_up_with_a_sentence(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: len(colleague.asked) == 1)
    async with start():
        await slack.wait_until(lambda: len(colleague.asked) == 2)
    async with start():
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    colleague.hold.set()
    assert "interrupted twice" in reply.visible
    assert len(colleague.asked) == 2


def _status(slack: FakeSlack, thread: str) -> str | None:
    session = slack.sessions.get(("C0GENERAL", thread))
    return None if session is None else session.status


async def test_stop_gives_a_question_up_for_good(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: colleague.asked)
        slack.stop("U0ANN", "C0GENERAL", sent.ts)
        await slack.wait_until(lambda: _status(slack, sent.ts) == "active")
        colleague.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.visible == "Stopped, as you asked. I have not answered this question."
    assert len(slack.posted) == 1


SERVING = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.reply import Reply
from bot.slack.app import Parts, serve
from bot.slack.clients import SlackSettings
from bot.state.store import State
import time

url, bot, app, home = sys.argv[1:]

def ask(question, *, listener=None):
    if "slow" in question.text:
        time.sleep(60)
    return Reply("answered", question.text, "42 USD")

parts = Parts(ask, State(Path(home) / "state.sqlite"), lambda: datetime.now(UTC))
asyncio.run(serve(SlackSettings(bot, app, api_url=url), parts, lambda said: print(said, flush=True)))
"""


async def test_a_served_app_stops_at_once_when_told_to_and_keeps_its_open_question(
    slack: FakeSlack, start: Start, tmp_path: Path, state: State
) -> None:
    command = [sys.executable, "-c", SERVING, slack.api_url, slack.bot_token, slack.app_token, str(tmp_path)]
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(*command, cwd=root, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"Outlay is outlay in Slack and receives events by Socket Mode.\n"
    await slack.wait_for_app()
    quick = slack.direct_message("U0ANN", "quick")
    assert "42 USD" in (await slack.wait_for_reply(quick.channel, quick.ts)).visible
    slow = slack.direct_message("U0ANN", "slow")
    await slack.wait_until(lambda: slow.deliveries[0].acked)
    began = time.monotonic()
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert time.monotonic() - began < 5
    async with start():
        assert "$42.00" in (await slack.wait_for_reply(slow.channel, slow.ts)).visible
