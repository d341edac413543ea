"""Which Slack events lead where. A listener only reads the payload, secures the question and returns: the ack goes out
after that, so a question that was acked is a question that is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError

from bot.slack import home, incoming, sentences
from bot.slack.answering import Answering
from bot.slack.buttons import FEEDBACK_ACTION, OPTION_ACTION
from bot.slack.markup import escaped

log = logging.getLogger("outlay.slack")

Body = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]


def listen(app: AsyncApp, answering: Answering, about: home.About) -> None:
    """Register every listener."""
    import re

    us = str(answering.replying.ours["user_id"])

    @app.event("app_mention")
    async def mentioned(body: Body) -> None:
        await _take(answering, body, incoming.mention(body, us))

    @app.event("message")
    async def written(body: Body) -> None:
        asked = incoming.direct_message(body, us)
        if asked is None and (following := incoming.follow_up(body, us)):
            taken_part = await asyncio.to_thread(answering.state.is_in_thread, following.channel, following.root)
            asked = following if taken_part else None
        await _take(answering, body, asked)

    @app.command(re.compile(r"^/\w+"))
    async def commanded(ack: Ack, body: Body) -> None:
        asked = incoming.command(body)
        if asked.text.casefold() in ("", "help"):
            await ack(text=sentences.HELP.replace("\n- ", "\n• "), response_type="ephemeral")
            return
        await answering.take(asked)
        await ack(text=f"Working on it: {incoming.shortened(asked.text)}", response_type="ephemeral")

    @app.action(re.compile(f"^{OPTION_ACTION}_"))
    async def chose(ack: Ack, body: Body, action: Body) -> None:
        if (asked := incoming.chosen_option(body, action)) is not None:
            await answering.take(asked)
            if not asked.respond_to:
                answering.in_background(_show_choice(answering, body, asked))
        await ack()

    @app.action(FEEDBACK_ACTION)
    async def judged(ack: Ack, body: Body, action: Body) -> None:
        verdict, _, key = str(action.get("value", "")).partition(" ")
        if verdict in ("good", "bad") and key:
            user = str(body["user"]["id"])
            await asyncio.to_thread(answering.state.record_feedback, key, user, verdict, answering.now())
        await ack()

    @app.event("app_home_opened")
    async def opened(event: Body) -> None:
        answering.in_background(_show_home(answering, event, about))

    @app.event("agent_session_stopped")
    async def stopped(event: Body) -> None:
        answering.stop(f"{event.get('channel')}:{event.get('thread_ts')}")

    @app.event(re.compile("^(app_context_changed|member_joined_channel|reaction_added|reaction_removed)$"))
    async def nothing_to_do() -> None:
        return


async def _take(answering: Answering, body: Body, asked: incoming.Incoming | None) -> None:
    if asked is not None:
        event_id = body.get("event_id")
        await answering.take(asked, names=[f"event:{event_id}"] if event_id else [])


async def _show_choice(answering: Answering, body: Body, chosen: incoming.Incoming) -> None:
    """In place of the buttons stands what was chosen."""
    message = body.get("message") or {}
    said = {"type": "mrkdwn", "text": f"Chosen: {escaped(chosen.text)[:500]}"}
    blocks = [
        {"type": "context", "elements": [said]} if _offers(block) else block for block in message.get("blocks") or ()
    ]
    try:
        await answering.poster.client.chat_update(
            channel=chosen.channel, ts=str(message["ts"]), text=str(message.get("text") or chosen.text), blocks=blocks
        )
    except (SlackClientError, KeyError) as error:
        log.debug("The choice was not shown: %s", error)


def _offers(block: Body) -> bool:
    actions = [str(element.get("action_id")) for element in block.get("elements") or ()]
    return block.get("type") == "actions" and any(action.startswith(OPTION_ACTION) for action in actions)


async def _show_home(answering: Answering, event: Body, about: home.About) -> None:
    client, user = answering.poster.client, str(event["user"])
    try:
        if event.get("tab") == "messages":
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=str(event["channel"]), prompts=[dict(prompt) for prompt in home.prompts()]
            )
            return
        answered = await answering.replying.refusal(user) is None
        facts = await asyncio.to_thread(about) if answered else ()
        await client.views_publish(user_id=user, view=home.view(facts, answered))
    except SlackClientError as error:
        log.warning("The Home tab of %s was not shown: %s", user, error)
