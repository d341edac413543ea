"""The Slack app: built from a bot token, served by Socket Mode or by signed HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.agent.again import TablesAgain
from bot.slack.answering import Answering, Limits
from bot.slack.clients import SlackSettings, build_client, check, introduced, sdk_log
from bot.slack.export import Exporting
from bot.slack.home import About
from bot.slack.listeners import listen
from bot.slack.manifest import EVENTS_PATH
from bot.slack.people import People
from bot.slack.post import Poster
from bot.slack.replying import Ask, Replying
from bot.state.store import State
from tools.errors import BadInput

log = logging.getLogger("outlay.slack")

KEPT = timedelta(days=90)
Chore = Callable[[Poster], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the Slack app works with. `about` gives sentences for the Home tab. `chores` run beside the app until it
    stops (the digest loop). `caution` says of an asker what Slack did not tell about them. `tables_again` makes the
    tables of an answer again, for a person and a channel; without it there is nothing to export."""

    ask: Ask
    state: State
    now: Callable[[], datetime]
    about: About = tuple
    chores: Sequence[Chore] = ()
    limits: Limits = field(default_factory=Limits)
    caution: Callable[[str], str] = lambda user: ""
    tables_again: TablesAgain | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A started app. `address` is where HTTP events go; empty in Socket Mode."""

    answering: Answering
    address: str
    name: str


async def serve(settings: SlackSettings, parts: Parts, started: Callable[[str], None] = log.info) -> None:
    """Run until SIGINT or SIGTERM; `started` is told in a sentence when events can come.

    Raises BadInput, with what to do, for settings that Slack refuses.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    async with running(settings, parts) as app:
        how = f"by HTTP at {app.address}" if app.address else "by Socket Mode"
        started(f"Outlay is {app.name} in Slack and receives events {how}.")
        await stop.wait()


@asynccontextmanager
async def running(settings: SlackSettings, parts: Parts) -> AsyncIterator[Running]:
    """The app, receiving events inside the block."""
    check(settings)
    client = build_client(settings)
    ours = await introduced(client)
    replying = Replying(
        parts.ask,
        People(client),
        ours,
        parts.now,
        zone=settings.zone,
        allow_guests=settings.allow_guests,
        seconds=parts.limits.answer_seconds,
        caution=parts.caution,
    )
    answering = Answering(
        replying, parts.state, Poster(client), parts.now, parts.limits, parts.tables_again is not None
    )
    app = build_app(settings, client, answering, parts.about, parts.tables_again)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(answering.close)
        for chore in (_recovering(answering), *(_lasting(chore, answering.poster) for chore in parts.chores)):
            stack.push_async_callback(_cancelled, asyncio.get_running_loop().create_task(chore))
        address = ""
        if settings.app_token:
            await stack.enter_async_context(_socket(app, settings, client))
        else:
            address = await stack.enter_async_context(_http(app, settings))
        yield Running(answering, address, str(ours.get("user", "an app")))


def build_app(
    settings: SlackSettings,
    client: AsyncWebClient,
    answering: Answering,
    about: About = tuple,
    tables_again: TablesAgain | None = None,
) -> AsyncApp:
    """Listeners run before the ack: they are short, and what is acked is secured."""
    app = AsyncApp(
        client=client,
        signing_secret=settings.signing_secret,
        request_verification_enabled=True,
        process_before_response=True,
        name="outlay",
        logger=sdk_log(),
    )
    listen(app, answering, about)
    if tables_again is not None:
        Exporting(answering, tables_again).listen(app)
    return app


@asynccontextmanager
async def _socket(app: AsyncApp, settings: SlackSettings, client: AsyncWebClient) -> AsyncIterator[None]:
    try:
        await client.apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        why = error.response.get("error")
        raise BadInput(f"Slack refuses SLACK_APP_TOKEN ({why}). It needs the scope connections:write.") from None
    handler = AsyncSocketModeHandler(app, settings.app_token, logger=sdk_log())
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _http(app: AsyncApp, settings: SlackSettings) -> AsyncIterator[str]:
    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def healthy(request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    server = web.Application(client_max_size=2 * 2**20)
    server.router.add_post(EVENTS_PATH, receive)
    server.router.add_get("/health", healthy)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise BadInput(f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}).") from None
        yield f"http://{settings.host}:{runner.addresses[0][1]}{EVENTS_PATH}"
    finally:
        await runner.cleanup()


async def _recovering(answering: Answering) -> None:
    await asyncio.to_thread(answering.state.forget, answering.now() - KEPT)
    while True:
        try:
            await answering.recover()
        except Exception:
            log.exception("Unfinished questions could not be looked for.")
        await asyncio.sleep(answering.limits.lease.total_seconds() / 2)


async def _lasting(chore: Chore, poster: Poster) -> None:
    try:
        await chore(poster)
    except Exception:
        log.exception("A background task ended.")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
