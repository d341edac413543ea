"""Posting alerts: each thing once in a channel, whatever restarts, fails or runs twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.digest.watch import Watch
from bot.slack.post import NotPosted, Poster
from bot.slack.render import renderings
from bot.state.alerts import Telling
from bot.state.store import State

log = logging.getLogger("outlay.digest")

EVERY_SECONDS = 900.0
PAUSE = timedelta(minutes=15)


async def alert(
    channel: str,
    watch: Watch,
    poster: Poster,
    state: State,
    now: Callable[[], datetime],
    allow_shared: bool = False,
) -> str | None:
    """Tell the channel what is due, unless another process is at it; the ts of the message when one was posted.

    A channel that another company reads is told nothing without `allow_shared`. After a failure it is tried again a
    quarter of an hour later; where nobody can tell whether the message arrived, the channel is searched for it first.
    """
    telling = await asyncio.to_thread(state.alerts_begin, channel, now())
    if telling is None:
        return None
    wait: datetime | None = now() + PAUSE
    try:
        telling = await _settled(telling, poster, state, now)
        due = await asyncio.to_thread(watch.due, channel, now().date(), telling.told)
        if due is None:
            wait = None
            return None
        if not allow_shared and await poster.is_shared(channel):
            log.error("%s is told nothing: it is shared with another company.", channel)
            return None
        mark = f"alert {channel} {telling.turn}"
        if not await asyncio.to_thread(state.alerts_posting, telling, mark, due.keys):
            return None
        try:
            sent = await poster.post(renderings(due.reply), channel, mark)
        except NotPosted as failure:
            if not failure.doubtful:
                await asyncio.to_thread(state.alerts_posting, telling, "", ())
            raise
        await asyncio.to_thread(state.alerts_told, telling, due.keys, now())
        await asyncio.to_thread(state.thread_joined, channel, sent.ts, now())
        wait = None
        return sent.ts
    finally:
        state.alerts_end(telling, wait)


async def _settled(telling: Telling, poster: Poster, state: State, now: Callable[[], datetime]) -> Telling:
    """What an earlier holder was about to post is told if it is in the channel, and still due if it is not."""
    if not telling.mark:
        return telling
    if await poster.find(telling.channel, telling.mark):
        await asyncio.to_thread(state.alerts_told, telling, telling.keys, now())
        return replace(telling, told=telling.told | frozenset(telling.keys))
    return telling


def alerting(
    watch: Watch,
    state: State,
    now: Callable[[], datetime],
    every: float = EVERY_SECONDS,
    allow_shared: bool = False,
) -> Callable[[Poster], Awaitable[None]]:
    """A chore for `bot.slack.app.Parts`: looks every `every` seconds what is due and posts it."""

    async def run(poster: Poster) -> None:
        while True:
            for channel in await _channels(watch):
                try:
                    await alert(channel, watch, poster, state, now, allow_shared)
                except NotPosted as failure:
                    log.error("The alerts of %s were not posted: %s.", channel, failure.error)
                except Exception:
                    log.exception("The alerts of %s were not looked after.", channel)
            await asyncio.sleep(every)

    return run


async def _channels(watch: Watch) -> list[str]:
    try:
        return await asyncio.to_thread(watch.channels)
    except Exception as error:
        log.error("Budgets are not watched: %s", error)
        return list(watch.everywhere)
