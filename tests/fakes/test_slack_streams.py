"""Streams: what starts one, what ends one, and how a dead one is finished."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.server import FakeSlack

PEOPLE = {"recipient_user_id": "U0ANN", "recipient_team_id": "T0HOME"}


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def slack(clock: Clock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=clock) as running:
        running.subscriptions = frozenset()
        yield running


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_the_sdks_stream_ends_as_one_message(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.mention("C0GENERAL", "U0ANN", "how much?")
    stream = await client.chat_stream(channel="C0GENERAL", thread_ts=asked.ts, buffer_size=4, **PEOPLE)
    await stream.append(markdown_text="You spent ")
    await stream.append(markdown_text="**$5**.")
    assert slack.posted == []
    await stream.stop(blocks=[{"type": "divider"}])
    (reply,) = slack.posted
    assert (reply.text, reply.kinds) == ("You spent **$5**.", ("markdown", "divider"))
    assert (reply.thread_ts, reply.method) == (asked.ts, "chat.stopStream")
    assert [call.method for call in slack.calls] == ["chat.startStream", "chat.appendStream", "chat.stopStream"]


@pytest.mark.parametrize(
    ("missing", "error"),
    [("recipient_user_id", "missing_recipient_user_id"), ("recipient_team_id", "missing_recipient_team_id")],
)
async def test_a_stream_in_a_channel_names_its_reader(
    slack: FakeSlack, client: AsyncWebClient, missing: str, error: str
) -> None:
    asked = slack.mention("C0GENERAL", "U0ANN", "how much?")
    known = {name: value for name, value in PEOPLE.items() if name != missing}
    assert await refused(client.chat_startStream(channel="C0GENERAL", thread_ts=asked.ts, **known)) == error


async def test_a_stream_in_a_direct_message_needs_no_reader(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    stream = await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="a")
    await client.chat_stopStream(channel="D0ANN", ts=stream["ts"], markdown_text="b")
    assert [posted.text for posted in slack.posted] == ["ab"]


async def test_a_stream_that_cannot_start_is_refused(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.mention("C0GENERAL", "U0ANN", "how much?")
    here = {"channel": "C0GENERAL", "thread_ts": asked.ts}
    assert await refused(client.chat_startStream(**{**here, "thread_ts": "1.0"}, **PEOPLE)) == "thread_not_found"
    assert await refused(client.chat_startStream(**{**here, "channel": "C0AWAY"}, **PEOPLE)) == "not_in_channel"
    stranger = {**PEOPLE, "recipient_user_id": "U0NOBODY"}
    assert await refused(client.chat_startStream(**here, **stranger)) == "user_not_found"
    long = client.chat_startStream(**here, **PEOPLE, markdown_text="x" * 12_001)
    assert await refused(long) == "msg_too_long"
    mode = client.chat_startStream(**here, **PEOPLE, task_display_mode="list")
    assert await refused(mode) == "invalid_arguments"
    assert slack.streams == {}


@pytest.mark.parametrize(
    "chunk",
    [
        {"type": "song", "text": "x"},
        {"type": "markdown_text"},
        {"type": "task_update", "id": "1", "title": "Count"},
        {"type": "task_update", "id": "1", "title": "Count", "status": "done"},
        {"type": "plan_update", "title": ""},
    ],
)
async def test_a_chunk_that_is_wrong_is_refused(
    slack: FakeSlack, client: AsyncWebClient, chunk: dict[str, Any]
) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts))["ts"]
    call = client.api_call("chat.appendStream", json={"channel": "D0ANN", "ts": ts, "chunks": [chunk]})
    assert await refused(call) == "invalid_chunks"
    blocks = {"type": "blocks", "blocks": [{"type": "header"}]}
    call = client.api_call("chat.appendStream", json={"channel": "D0ANN", "ts": ts, "chunks": [blocks]})
    assert await refused(call) == "invalid_blocks"


async def test_tasks_are_kept_as_last_told(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts))["ts"]
    for status in ("in_progress", "complete"):
        task = {"type": "task_update", "id": "ledger", "title": "Reading the ledger", "status": status}
        await client.chat_appendStream(channel="D0ANN", ts=ts, chunks=[task], markdown_text="")
    assert {name: task["status"] for name, task in slack.streams[ts].tasks.items()} == {"ledger": "complete"}


async def test_a_stream_dies_of_age_and_its_message_is_finished_by_an_update(
    slack: FakeSlack, client: AsyncWebClient, clock: Clock
) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="You sp"))["ts"]
    clock.now += 299
    await client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="ent")
    assert await refused(client.chat_update(channel="D0ANN", ts=ts, text="x")) == "streaming_state_conflict"
    clock.now += 2
    dead = "message_not_in_streaming_state"
    assert await refused(client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text=" $5")) == dead
    assert await refused(client.chat_stopStream(channel="D0ANN", ts=ts)) == dead
    assert slack.posted == []
    await client.chat_update(channel="D0ANN", ts=ts, text="You spent $5")
    assert [(p.text, p.method) for p in slack.posted] == [("You spent $5", "chat.update")]


async def test_a_finished_stream_and_a_plain_message_take_no_more(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="x"))["ts"]
    await client.chat_stopStream(channel="D0ANN", ts=ts)
    posted = (await client.chat_postMessage(channel="D0ANN", text="x"))["ts"]
    for stamp in (ts, posted):
        append = client.chat_appendStream(channel="D0ANN", ts=stamp, markdown_text="y")
        assert await refused(append) == "message_not_in_streaming_state"
    assert await refused(client.chat_stopStream(channel="D0ANN", ts="1.0")) == "message_not_found"


async def test_a_stream_as_a_whole_has_a_length(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="x" * 12_000))["ts"]
    await client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="x" * 1_200)
    assert await refused(client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="x")) == "msg_too_long"


async def test_stopping_an_empty_stream_has_no_text(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts))["ts"]
    assert await refused(client.chat_stopStream(channel="D0ANN", ts=ts)) == "no_text"


async def test_a_stop_sets_the_session_too(slack: FakeSlack, client: AsyncWebClient) -> None:
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="x"))["ts"]
    assert await refused(client.chat_stopStream(channel="D0ANN", ts=ts, session_status="gone")) == "invalid_arguments"
    await client.chat_stopStream(channel="D0ANN", ts=ts, session_status="active")
    assert [(status.method, status.status) for status in slack.statuses] == [("chat.stopStream", "active")]


async def test_the_stop_button_ends_the_stream_and_tells_the_app(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.subscriptions = frozenset({"agent_session_stopped"})
    asked = slack.direct_message("U0ANN", "how much?")
    ts = (await client.chat_startStream(channel="D0ANN", thread_ts=asked.ts, markdown_text="You sp"))["ts"]
    told = slack.stop("U0ANN", "D0ANN", asked.ts)
    assert told is not None
    assert told.event["streaming_message_ts"] == [ts]
    append = client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="ent")
    assert await refused(append) == "message_not_in_streaming_state"
    assert [(p.text, p.method) for p in slack.posted] == [("You sp", "stop_button")]
