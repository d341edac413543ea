"""Posting digests: one for a channel and week, whatever restarts, fails or runs twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta

from bot.digest.schedule import Subscription, due
from bot.reply import Reply
from bot.slack.post import NotPosted, Poster
from bot.slack.render import renderings
from bot.slack.upload import upload
from bot.state.store import State

log = logging.getLogger("outlay.digest")

Compose = Callable[[str, date], Reply]
"""(channel, today) -> the digest as that channel may see it. Runs in a thread."""
LONGEST_PAUSE = timedelta(hours=1)


async def deliver(
    subscription: Subscription,
    week: str,
    poster: Poster,
    state: State,
    compose: Compose,
    now: Callable[[], datetime],
    allow_shared: bool = False,
) -> str | None:
    """Post the week's digest unless it is posted or somebody else is at it; its ts when this call posted it.

    After a failure it may be tried again, each time after twice the pause. Where nobody can tell whether a try arrived,
    the channel is searched for it first. A channel that another company reads gets none without `allow_shared`.
    """
    channel = subscription.channel
    claim = await asyncio.to_thread(state.digest_claim, channel, week, now())
    if claim is None:
        return None
    key, doubtful = f"digest {channel} {week}", claim.doubtful
    try:
        if not allow_shared and await poster.is_shared(channel):
            raise NotPosted("the channel is shared with another company", doubtful)
        reply = await asyncio.to_thread(compose, channel, subscription.today(now()))
        doubtful = True
        forms = renderings(reply, key, f"{channel}:digest")
        sent = await poster.post(forms, channel, key, doubtful=claim.doubtful)
    except asyncio.CancelledError:
        state.digest_release(channel, week, now(), doubtful=doubtful)
        raise
    except Exception as error:
        if isinstance(error, NotPosted):
            doubtful = error.doubtful
            log.error("The digest of %s for %s was not posted: %s.", week, channel, error.error)
        else:
            doubtful = claim.doubtful
            log.exception("The digest of %s for %s could not be written.", week, channel)
        again = now() + min(timedelta(minutes=2 ** min(claim.attempt, 10)), LONGEST_PAUSE)
        await asyncio.to_thread(state.digest_release, channel, week, again, doubtful=doubtful)
        return None
    await asyncio.to_thread(state.digest_posted, channel, week, sent.ts)
    await asyncio.to_thread(state.thread_joined, channel, sent.ts, now())
    if sent.form is not None:
        await upload(poster.client, [c for c in reply.charts if c not in sent.form.charts], channel, sent.ts)
    return sent.ts


def weekly(
    subscriptions: Sequence[Subscription],
    state: State,
    compose: Compose,
    now: Callable[[], datetime],
    every: float = 60.0,
    allow_shared: bool = False,
) -> Callable[[Poster], Awaitable[None]]:
    """A chore for `bot.slack.app.Parts`: looks every `every` seconds what is due and posts it."""

    async def run(poster: Poster) -> None:
        while True:
            for subscription in subscriptions:
                try:
                    last = await asyncio.to_thread(state.digest_last, subscription.channel)
                    if week := due(subscription, now(), last):
                        await deliver(subscription, week, poster, state, compose, now, allow_shared)
                except Exception:
                    log.exception("The digest of %s was not looked after.", subscription.channel)
            await asyncio.sleep(every)

    return run
