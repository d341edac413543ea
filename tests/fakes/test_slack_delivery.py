"""Events reach a real Bolt app over Socket Mode and over signed HTTP, and come again when they are not acked."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.fixtures import slack  # noqa: F401
from tests.fakes.slack.server import FakeSlack

Wire = Callable[[FakeSlack, AsyncApp], Any]
BUTTON = {"type": "button", "action_id": "more", "value": "42", "text": {"type": "plain_text", "text": "More"}}


def bolt(slack: FakeSlack) -> AsyncApp:  # noqa: F811
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    return AsyncApp(client=client, signing_secret=slack.signing_secret)


@asynccontextmanager
async def by_socket(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:  # noqa: F811
    client = AsyncWebClient(base_url=slack.api_url)
    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client, ping_interval=1)
    await handler.connect_async()
    try:
        await slack.wait_for_app()
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def by_http(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:  # noqa: F811
    async with served(app.web_app("/slack/events")) as address:
        slack.app_url = f"{address}/slack/events"
        await slack.wait_for_app()
        yield


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.fixture(params=[by_socket, by_http], ids=["socket", "http"])
def wired(request: pytest.FixtureRequest) -> Wire:
    wire: Wire = request.param
    return wire


@pytest_asyncio.fixture
async def echo(slack: FakeSlack) -> AsyncApp:  # noqa: F811
    app = bolt(slack)

    @app.event("app_mention")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text=f"echo: {event['text']}", thread_ts=event.get("thread_ts", event["ts"]))

    @app.event("message")
    async def direct(event: dict[str, Any], say: AsyncSay) -> None:
        if event["channel_type"] == "im":
            await say(text=f"direct: {event['text']}")

    return app


async def test_a_mention_is_two_events_and_one_answer(slack: FakeSlack, echo: AsyncApp, wired: Wire) -> None:  # noqa: F811
    async with wired(slack, echo):
        sent = slack.mention("C0GENERAL", "U0ANN", "hello")
        reply = await slack.wait_for_reply("C0GENERAL", sent.thread)
        await slack.quiet()
    assert reply.text == "echo: <@U0OUTLAY> hello"
    assert [posted.text for posted in slack.posted] == [reply.text]
    assert [delivery.event["type"] for delivery in sent.deliveries] == ["message", "app_mention"]
    assert len({delivery.event_id for delivery in sent.deliveries}) == 2
    assert len({delivery.event["client_msg_id"] for delivery in sent.deliveries}) == 1
    assert all(delivery.acked and len(delivery.attempts) == 1 for delivery in slack.deliveries)


async def test_a_direct_message_has_no_app_mention(slack: FakeSlack, echo: AsyncApp, wired: Wire) -> None:  # noqa: F811
    async with wired(slack, echo):
        sent = slack.direct_message("U0ANN", "<@U0OUTLAY> hello")
        await slack.wait_for_reply("D0ANN")
        await slack.quiet()
    assert [delivery.event["type"] for delivery in sent.deliveries] == ["message"]
    assert [posted.text for posted in slack.posted] == ["direct: <@U0OUTLAY> hello"]


async def test_an_event_carries_what_slack_puts_around_it(slack: FakeSlack) -> None:  # noqa: F811
    (event, _) = slack.mention("C0SHARED", "U0STRANGER", "hello").deliveries
    assert event.payload["team_id"] == "T0HOME"
    assert event.payload["api_app_id"] == "A0OUTLAY"
    assert event.payload["authorizations"][0]["user_id"] == "U0OUTLAY"
    assert event.payload["is_ext_shared_channel"] is True
    assert event.event["user_team"] == "T0OTHER"


async def test_nothing_comes_from_a_channel_without_the_app_nor_of_a_kind_not_asked_for(
    slack: FakeSlack,  # noqa: F811
) -> None:
    assert slack.mention("C0AWAY", "U0ANN", "hello").deliveries == ()
    slack.subscriptions = frozenset({"app_mention"})
    kinds = [delivery.event["type"] for delivery in slack.mention("C0GENERAL", "U0ANN", "hello").deliveries]
    assert kinds == ["app_mention"]


async def test_the_app_hears_itself_edits_and_deletions(slack: FakeSlack, wired: Wire) -> None:  # noqa: F811
    app, heard = bolt(slack), []

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event.get("subtype", "plain"))

    @app.event("member_joined_channel")
    async def joined() -> None:
        pass

    async with wired(slack, app):
        sent = slack.message("C0GENERAL", "U0ANN", "one")
        slack.edit(sent, "two")
        slack.take_back(sent)
        slack.message("C0GENERAL", "U0ROBOT", "beep")
        slack.join("C0GENERAL", "U0STRANGER")
        own = (await app.client.chat_postMessage(channel="C0GENERAL", text="mine"))["ts"]
        await app.client.chat_update(channel="C0GENERAL", ts=own, text="mine, changed")
        await slack.quiet()
    sent_to_it = [d.event.get("subtype", "plain") for d in slack.deliveries if d.event["type"] == "message"]
    others = ["bot_message", "channel_join", "message_changed", "message_deleted", "plain"]
    assert sorted(sent_to_it) == sorted([*others, "plain", "message_changed"])
    assert sorted(heard) == others, "Bolt leaves out what the app did itself"


async def test_an_event_that_is_not_acked_comes_three_times_more(slack: FakeSlack) -> None:  # noqa: F811
    async def deaf(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        return web.Response(status=500)

    seen: list[tuple[str | None, str | None]] = []
    app = web.Application()
    app.router.add_post("/slack/events", deaf)
    async with served(app) as address:
        slack.app_url = f"{address}/slack/events"
        delivery = slack.message("C0GENERAL", "U0ANN", "hello").deliveries[0]
        await slack.wait_until(lambda: delivery.done)
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert [attempt.status for attempt in delivery.attempts] == [500] * 4


async def test_an_app_that_asks_for_no_retry_gets_none(slack: FakeSlack) -> None:  # noqa: F811
    async def never(request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    app = web.Application()
    app.router.add_post("/slack/events", never)
    async with served(app) as address:
        slack.app_url = f"{address}/slack/events"
        delivery = slack.message("C0GENERAL", "U0ANN", "hello").deliveries[0]
        await slack.wait_until(lambda: delivery.done)
    assert len(delivery.attempts) == 1


async def test_a_late_ack_over_a_socket_is_redelivered_under_the_same_event_id(slack: FakeSlack) -> None:  # noqa: F811
    slack.deliverer.ack_seconds = 0.1
    opened = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    async with ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
        delivery = slack.message("C0GENERAL", "U0ANN", "hello").deliveries[0]
        first, second = await socket.receive_json(), await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await slack.wait_until(lambda: delivery.done)
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.3)
    assert hello["type"] == "hello"
    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
    assert first["envelope_id"] != second["envelope_id"]
    assert first["payload"]["event_id"] == second["payload"]["event_id"] == delivery.event_id
    assert [attempt.acked for attempt in delivery.attempts] == [False, True]


async def test_a_websocket_address_is_good_once(slack: FakeSlack) -> None:  # noqa: F811
    address = slack.deliverer.ticket()
    async with ClientSession() as session:
        async with session.ws_connect(address):
            pass
        answer = await session.get(address.replace("ws://", "http://"))
        assert answer.status == 403


async def test_the_app_reconnects_when_slack_asks_it_to(slack: FakeSlack, echo: AsyncApp) -> None:  # noqa: F811
    async with by_socket(slack, echo):
        (before,) = slack.deliverer.sockets
        await slack.disconnect()
        await slack.wait_until(lambda: [s for s in slack.deliverer.sockets if s is not before], 10)
        sent = slack.mention("C0GENERAL", "U0ANN", "still there?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.thread, timeout=15)
    assert reply.text == "echo: <@U0OUTLAY> still there?"


async def test_a_wrong_signature_and_an_old_timestamp_are_not_let_in(slack: FakeSlack, echo: AsyncApp) -> None:  # noqa: F811
    async with by_http(slack, echo):
        (_, mention) = slack.mention("C0GENERAL", "U0ANN", "hello").deliveries
        await slack.quiet()
        assert await slack.post_event(mention, secret="guessed") == 401
        assert await slack.post_event(mention, at=time.time() - 3_600) == 401
        assert len(slack.posted) == 1
        assert await slack.post_event(mention) == 200
        await slack.wait_until(lambda: len(slack.posted) == 2)


async def test_one_event_twice_is_two_deliveries_of_one_id(slack: FakeSlack, echo: AsyncApp) -> None:  # noqa: F811
    async with by_socket(slack, echo):
        sent = slack.mention("C0GENERAL", "U0ANN", "hello")
        twin = slack.again(sent.deliveries[1])
        await slack.quiet()
    assert twin.event_id == sent.deliveries[1].event_id
    assert len(slack.posted) == 2, "Bolt itself does not notice"


async def test_a_command_is_answered_in_its_ack_and_by_five_uses_of_its_url(slack: FakeSlack, wired: Wire) -> None:  # noqa: F811
    app = bolt(slack)

    @app.command("/outlay")
    async def run(ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
        await ack(f"looking up {command['text']}")
        for number in range(6):
            await respond(f"answer {number}", response_type="in_channel")

    async with wired(slack, app):
        delivery = slack.command("C0GENERAL", "U0ANN", "/outlay", "spend")
        await slack.wait_until(lambda: slack.refused)
        await slack.quiet()
    acks = [(p.text, p.ephemeral_to) for p in slack.posted if p.method == "ack"]
    answers = [(p.text, p.ephemeral_to) for p in slack.posted if p.method == "response_url"]
    assert acks == [("looking up spend", "U0ANN")]
    assert answers == [(f"answer {number}", None) for number in range(5)]
    assert [(r.method, r.error) for r in slack.refused] == [("response_url", "used_url")]
    assert len(delivery.attempts) == 1


async def test_an_ack_that_slack_cannot_show_is_refused(slack: FakeSlack) -> None:  # noqa: F811
    app = bolt(slack)

    @app.command("/outlay")
    async def run(ack: AsyncAck) -> None:
        await ack(text="x", blocks=[{"type": "grid"}])

    async with by_socket(slack, app):
        slack.command("C0GENERAL", "U0ANN", "/outlay")
        await slack.quiet()
    assert [(r.method, r.error) for r in slack.refused] == [("ack", "invalid_blocks")]
    assert slack.posted == []


async def test_a_click_sends_the_buttons_own_value(slack: FakeSlack, wired: Wire) -> None:  # noqa: F811
    app, clicked = bolt(slack), []

    @app.action("more")
    async def more(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        clicked.append((body["user"]["id"], body["actions"][0]["value"], body["container"]["message_ts"]))

    async with wired(slack, app):
        blocks = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]
        await app.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
        posted = await slack.wait_for_reply()
        slack.click("U0ANN", posted, "more")
        await slack.wait_until(lambda: clicked)
        with pytest.raises(LookupError, match="less"):
            slack.click("U0ANN", posted, "less")
    assert clicked == [("U0ANN", "42", posted.ts)]


async def test_feedback_is_sent_with_the_side_that_was_chosen(slack: FakeSlack) -> None:  # noqa: F811
    sides = {s: {"text": {"type": "plain_text", "text": s}, "value": s} for s in ("positive_button", "negative_button")}
    element = {"type": "feedback_buttons", "action_id": "feedback", **sides}
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    blocks = [{"type": "context_actions", "elements": [element]}]
    await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    delivery = slack.click("U0ANN", slack.posted[0], "feedback", "negative_button")
    assert delivery.payload["actions"][0]["value"] == "negative_button"


async def test_home_reactions_and_modals_are_told(slack: FakeSlack, wired: Wire) -> None:  # noqa: F811
    app, told = bolt(slack), []

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        told.append((event["tab"], "view" in event))
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    @app.event("message")
    async def ignored() -> None:
        pass

    @app.event("reaction_added")
    async def reacted(event: dict[str, Any]) -> None:
        told.append((event["reaction"], event["item"]["channel"]))

    @app.view("budget")
    async def submitted(ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        told.append(("budget", view["state"]["values"]["b"]["a"]["value"]))

    async def then(act: Callable[[], Any], count: int) -> None:
        act()
        await slack.wait_until(lambda: len(told) == count)

    modal = {"type": "modal", "callback_id": "budget", "title": {"type": "plain_text", "text": "Budget"}}
    async with wired(slack, app):
        sent = slack.message("C0ORION", "U0BEN", "hello")
        await then(lambda: slack.home_opened("U0ANN"), 1)
        await slack.wait_until(lambda: slack.views)
        await then(lambda: slack.home_opened("U0ANN"), 2)
        await then(lambda: slack.home_opened("U0ANN", tab="messages"), 3)
        await then(lambda: slack.reaction("U0ANN", "C0ORION", sent.ts, "eyes"), 4)
        await app.client.views_open(trigger_id=slack.trigger(), view={**modal, "blocks": [{"type": "divider"}]})
        opened = next(view for view in slack.views if view.kind == "modal")
        await then(lambda: slack.submit("U0ANN", opened, {"b": {"a": {"value": "500"}}}), 5)
        await slack.quiet()
    assert told == [("home", False), ("home", True), ("messages", False), ("eyes", "C0ORION"), ("budget", "500")]


async def test_waiting_for_a_reply_that_does_not_come_says_what_happened_instead(slack: FakeSlack) -> None:  # noqa: F811
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    await client.chat_postMessage(channel="C0ORION", text="elsewhere")
    with pytest.raises(TimeoutError, match=r"a reply did not happen in 0\.1 s\. .*elsewhere"):
        await slack.wait_for_reply("C0GENERAL", timeout=0.1)


async def test_the_fake_runs_as_a_process_of_its_own() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fakes.slack", "--port", "0"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=root, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        lines = [(await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip() for _ in range(4)]
        variables = dict(line.split("=", 1) for line in lines)
        app = AsyncApp(client=AsyncWebClient(variables["SLACK_BOT_TOKEN"], base_url=variables["SLACK_API_URL"]))

        @app.event("app_mention")
        async def answer(event: dict[str, Any], say: AsyncSay) -> None:
            await say(text=f"echo: {event['text']}", thread_ts=event["ts"])

        client = AsyncWebClient(base_url=variables["SLACK_API_URL"])
        handler = AsyncSocketModeHandler(app, variables["SLACK_APP_TOKEN"], web_client=client)
        await handler.connect_async()
        process.stdin.write(b"#general ann what did we spend?\n")
        await process.stdin.drain()
        await asyncio.wait_for(process.stdout.readline(), 20)
        text = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        await handler.close_async()
    finally:
        process.terminate()
        await process.wait()
    assert text == "echo: <@U0OUTLAY> what did we spend?"
