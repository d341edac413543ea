"""Steps streamed while a question is worked on, and the finished message, whatever becomes of the stream."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.agent.progress import Ended, Listener, Said, Started, Stopped
from bot.reply import Question, Reply
from bot.slack.answering import Limits
from bot.slack.render import render
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.state import Stream
from tests.slack.conftest import Colleague, Start, spend
from tools.results import Table

AT_ONCE = Limits(lease=timedelta(seconds=60), patience=0.0)
TABLE = Table("By model", ("Model", "Spend (USD)"), (("gpt-4o", Decimal("40.5")), ("o3", Decimal("1.5"))))
LOOKING = "Looking up October's spend"


@pytest.fixture
def waiting(colleague: Colleague) -> Colleague:
    """Holds every question until it is let go, and answers with a table."""
    colleague.hold.clear()
    colleague.answers["spend?"] = replace(spend("spend?"), tables=(TABLE,))
    return colleague


async def streaming(slack: FakeSlack) -> Stream:
    found: list[Stream] = await slack.wait_until(lambda: [s for s in slack.streams.values() if s.tasks])
    return found[-1]


def finished(slack: FakeSlack, stream: Stream) -> Any:
    (answer,) = [posted for posted in slack.posted if posted.ts == stream.ts]
    return answer


async def test_steps_are_streamed_and_the_finished_message_is_the_one_that_would_be_posted(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        assert [(task["title"], task["status"]) for task in stream.tasks.values()] == [(LOOKING, "in_progress")]
        assert stream.text == ""
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert (reply.method, reply.ts, len(slack.posted)) == ("chat.stopStream", stream.ts, 1)
    wanted = render(waiting.answers["spend?"], f"C0GENERAL:{sent.ts}", f"C0GENERAL:{sent.ts}")  # type: ignore[arg-type]
    assert list(reply.blocks) == wanted.blocks
    assert [(task["title"], task["status"]) for task in stream.tasks.values()] == [(LOOKING, "complete")]
    (begun,) = slack.calls_of("chat.startStream")
    assert (begun["recipient_user_id"], begun["recipient_team_id"]) == ("U0ANN", "T0HOME")
    assert slack.refused == []


async def test_a_quick_answer_is_posted_at_once_without_a_stream(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.method == "chat.postMessage"
    assert slack.streams == {}


async def test_in_a_direct_message_no_recipient_is_named(slack: FakeSlack, start: Start, waiting: Colleague) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.direct_message("U0ANN", "spend?")
        stream = await streaming(slack)
        waiting.hold.set()
        reply = await slack.wait_for_reply(sent.channel, sent.ts)
    assert reply.ts == stream.ts
    assert "recipient_user_id" not in slack.calls_of("chat.startStream")[0]


async def test_nothing_but_steps_is_streamed_before_the_reply_is_there(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    """The text of the reply is what counts, even where somebody says something else on the way."""

    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        listener(Started("step-1", "spend_total", LOOKING))
        listener(Said("support spent $999."))
        assert colleague.hold.wait(20)
        listener(Ended("step-1", "spend_total", LOOKING, 0.1, False))
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        colleague.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert "$42.00" in reply.visible
    assert not any("999" in str(call.arguments) for call in slack.calls)
    assert [task["status"] for task in stream.tasks.values()] == ["error"]


async def test_a_stream_that_died_is_finished_by_changing_its_message(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        slack.stream_seconds = 0.0
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert (reply.method, reply.ts, len(slack.posted)) == ("chat.update", stream.ts, 1)
    for part in ("$42.00", "gpt-4o", "Billing data through 2026-10-31"):
        assert part in reply.visible
    assert "message_not_in_streaming_state" in [refusal.error for refusal in slack.refused]


@pytest.mark.parametrize("refused", [{"table"}, {"markdown", "table", "context_actions"}])
async def test_refused_blocks_at_the_end_of_a_stream_fall_back_in_the_same_message(
    slack: FakeSlack, start: Start, waiting: Colleague, refused: set[str]
) -> None:
    slack.refuse_blocks = refused
    async with start(limits=AT_ONCE):
        slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        waiting.hold.set()
        await slack.wait_until(lambda: slack.updated)
        await slack.quiet()
    shown = slack.current(finished(slack, stream))
    for part in ("$42.00", "gpt-4o", "40.50", "Billing data through 2026-10-31"):
        assert part in shown.visible
    assert len(slack.posted) == 1


async def test_an_answer_that_is_too_long_is_cut_and_says_so(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    waiting.answers["spend?"] = replace(spend("spend?"), tables=(TABLE,), text="A long sentence. " * 2_000)
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await streaming(slack)
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "did not fit" in reply.visible
    assert slack.refused == []
    assert len(slack.posted) == 1


@pytest.mark.parametrize("error", ["unknown_method", "missing_scope", "channel_type_not_supported"])
async def test_where_streams_are_refused_the_answer_is_posted(
    slack: FakeSlack, start: Start, waiting: Colleague, error: str
) -> None:
    slack.fail("chat.startStream", error)
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await slack.wait_until(lambda: any(refusal.method == "chat.startStream" for refusal in slack.refused))
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert (reply.method, len(slack.posted)) == ("chat.postMessage", 1)


async def test_a_429_on_a_stream_is_waited_out_and_delays_no_answer(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    slack.rate_limit("chat.startStream", times=1, retry_after=30)
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await slack.wait_until(lambda: slack.refused)
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts, timeout=5)
        await slack.quiet()
    assert [call.error for call in slack.calls if call.method == "chat.startStream"] == ["ratelimited"]
    assert (reply.method, len(slack.posted)) == ("chat.postMessage", 1)


async def test_a_429_at_the_end_of_a_stream_is_waited_out_for_as_long_as_slack_asks(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    slack.rate_limit("chat.stopStream", times=1, retry_after=1)
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await streaming(slack)
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts, timeout=8)
    limited, ended = (call for call in slack.calls if call.method == "chat.stopStream")
    assert limited.error == "ratelimited"
    assert ended.at - limited.at >= 1.0
    assert "$42.00" in reply.visible


async def test_an_end_whose_receipt_was_lost_leaves_one_answer(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    slack.web.lose_answer("chat.stopStream")
    async with start(limits=AT_ONCE):
        slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        waiting.hold.set()
        await slack.wait_until(lambda: slack.updated)
        await slack.quiet()
    assert "$42.00" in slack.current(finished(slack, stream)).visible
    assert len(slack.posted) == 1


async def test_a_streamed_message_that_was_deleted_is_posted_anew(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        del slack.workspace.channels["C0GENERAL"].messages[stream.ts]
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert (reply.method, "$42.00" in reply.visible) == ("chat.postMessage", True)


async def test_a_question_cut_off_in_its_stream_is_answered_in_the_same_message_after_a_restart(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        await slack.wait_until(lambda: all(delivery.acked for delivery in sent.deliveries))
    waiting.hold.set()
    async with start(limits=AT_ONCE):
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.ts == stream.ts
    assert "$42.00" in reply.visible
    assert len(slack.posted) == 1


async def test_a_redelivered_event_gives_one_streamed_answer(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await streaming(slack)
        for delivery in sent.deliveries:
            slack.again(delivery)
        waiting.hold.set()
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert len(slack.posted) == len(slack.streams) == len(waiting.asked) == 1


async def test_stop_ends_the_work_and_says_so_in_the_streamed_message(
    slack: FakeSlack, start: Start, colleague: Colleague, state: State
) -> None:
    worked: list[str] = []

    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        try:
            listener(Started("step-1", "spend_total", LOOKING))
            assert colleague.hold.wait(20)
            listener(Started("step-2", "forecast", "Carrying spend on"))
            worked.append("on")
        except Stopped:
            worked.append("stopped")
            raise
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        slack.stop("U0ANN", "C0GENERAL", sent.ts)
        await slack.wait_until(lambda: slack.updated)
        colleague.hold.set()
        await slack.wait_until(lambda: worked)
        await slack.quiet()
    assert worked == ["stopped"]
    assert slack.current(finished(slack, stream)).visible == "Stopped, as you asked. I have not answered this question."
    assert slack.sessions["C0GENERAL", sent.ts].status == "active"
    assert "42" not in str([posted.visible for posted in slack.posted])


async def test_steps_with_the_same_words_share_a_line(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        for number in range(3):
            listener(Started(f"step-{number}", "price", "Checking prices"))
            listener(Ended(f"step-{number}", "price", "Checking prices", 0.1, True))
        listener(Started("step-9", "news", "Reading the news"))
        assert colleague.hold.wait(20)
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        await slack.wait_until(lambda: len(stream.tasks) == 2)

        def shown() -> list[tuple[str, str]]:
            return [(task["title"], task["status"]) for task in stream.tasks.values()]

        assert shown() == [("Checking prices", "complete"), ("Reading the news", "in_progress")]
        colleague.hold.set()
        await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert shown() == [("Checking prices", "complete"), ("Reading the news", "complete")]
