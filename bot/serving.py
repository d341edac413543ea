"""`outlay serve`: the Slack app with the agent behind it and the weekly digest beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.agent.again import tables_again
from bot.agent.ask import Agent
from bot.settings import Settings
from bot.slack.app import Chore, Parts, serve
from bot.slack.clients import SlackSettings, sync_client
from bot.slack.membership import Memberships
from bot.state.store import State
from bot.wiring import alert_chores, build_agent, digest_chores, forgetting, ledger_facts, open_state
from tools.errors import BadInput


def run(settings: Settings) -> None:
    """Serve until stopped. BadInput says which Slack setting is missing and how to get it."""
    slack = slack_settings(settings)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    state = open_state(settings)
    try:
        memberships = Memberships(sync_client(slack))
        with build_agent(settings, state, memberships.of) as agent:
            parts = _parts(settings, agent, state, memberships)
            asyncio.run(serve(slack, parts, lambda sentence: print(sentence, flush=True)))
    finally:
        state.close()


def slack_settings(settings: Settings) -> SlackSettings:
    """Slack's own settings; BadInput names the first that is missing."""
    if settings.slack_bot_token is None:
        raise BadInput(
            "SLACK_BOT_TOKEN is not set: create the app from `outlay slack manifest`, install it, and copy its "
            "Bot User OAuth Token (xoxb-...)."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise BadInput(
            "Set SLACK_APP_TOKEN (xapp-..., Basic Information, App-Level Tokens) for Socket Mode, or "
            "SLACK_SIGNING_SECRET (Basic Information) for HTTP."
        )
    app_token, secret = settings.slack_app_token, settings.slack_signing_secret
    return SlackSettings(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=app_token.get_secret_value() if app_token else "",
        signing_secret=secret.get_secret_value() if secret else "",
        api_url=settings.slack_api_url,
        host=settings.host,
        port=settings.port,
        allow_guests=settings.allow_guests,
        zone=ZoneInfo(settings.timezone),
    )


def _parts(settings: Settings, agent: Agent, state: State, memberships: Memberships) -> Parts:
    chores: Sequence[Chore] = (
        *digest_chores(settings, agent, state),
        *alert_chores(settings, agent, state),
        forgetting(settings, agent),
    )
    return Parts(
        ask=agent.ask,
        state=state,
        now=lambda: datetime.now(UTC),
        about=lambda: ledger_facts(agent.services),
        chores=chores,
        caution=memberships.caution,
        tables_again=partial(tables_again, agent),
    )
