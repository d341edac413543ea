"""Streams that die, are refused, limited, lost or cut off: one answer all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Colleague, Start, spend
from tests.slack.streaming import AT_ONCE, TABLE, finished, streaming, waiting

__all__ = ["waiting"]


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


async def test_a_question_that_another_process_took_over_is_left_to_it(
    slack: FakeSlack, start: Start, waiting: Colleague, state: State
) -> None:
    """The lease ran out while this one was slow: it neither answers nor says that the question is done."""
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        await streaming(slack)
        taken = state.claim(f"C0GENERAL:{sent.ts}", NOON + timedelta(hours=1), timedelta(seconds=60))
        waiting.hold.set()
        await slack.quiet()
        assert taken is not None
        assert slack.posted == []
        assert state.renew(taken, NOON + timedelta(hours=1))
