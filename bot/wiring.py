"""The only place that builds real clients from settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.settings import WEEKDAYS, Settings, load_settings

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

    from bot.agent.ask import Agent
    from bot.reply import Reply
    from bot.services import Services
    from bot.slack.app import Chore
    from bot.state.store import State
    from knowledge.fetch import Web
    from tools.ledger.audience import Audience

__all__ = [
    "audience_of",
    "build_agent",
    "build_digest",
    "build_services",
    "build_web",
    "digest_chores",
    "ledger_facts",
    "load_settings",
    "now_in",
    "today_in",
]


def now_in(settings: Settings) -> datetime:
    """The present moment in the company's time zone."""
    return datetime.now(ZoneInfo(settings.timezone))


def today_in(settings: Settings) -> date:
    return now_in(settings).date()


@contextmanager
def build_agent(settings: Settings) -> Iterator[Agent]:
    """The agent over OUTLAY_HOME's data; what it opens is closed at the end of the block."""
    from bot.access import load_access
    from bot.agent.ask import Agent

    with ExitStack() as stack:

        @cache
        def memory() -> BaseCheckpointSaver[Any]:
            return stack.enter_context(_thread_memory(settings))

        load_access(settings.home)  # a broken file is told at the start, too
        agent = Agent(
            services=build_services(settings),
            audience_of=audience_of(settings),
            model=settings.model,
            model_url=settings.model_url,
            model_timeout=settings.model_timeout,
            memory=memory,
        )
        if settings.model:
            _ = agent.chat_model  # so is a model that cannot be used
        yield agent


def build_services(settings: Settings) -> Services:
    from bot.services import Services

    return Services(settings.home, settings.chroma_url)


def build_web(settings: Settings) -> Web:
    """What fetches pages and feeds: public addresses only, and the hosts that are allowed by name."""
    from knowledge.fetch import AGENT, Web

    return Web(frozenset(settings.allowed_hosts), settings.contact or AGENT)


def audience_of(settings: Settings) -> Callable[[str | None, str | None], Audience]:
    """Who may see what, read anew for every question: an edit counts at once, a broken file shows nobody anything."""
    from bot.access import load_access

    return lambda asker, channel: load_access(settings.home).audience(asker, channel)


def build_digest(settings: Settings, channel: str, today: date) -> Reply:
    """What the channel would be told: only what the channel itself may show."""
    return _digest(build_services(settings), settings, channel, today)


def digest_chores(settings: Settings, agent: Agent, state: State) -> tuple[Chore, ...]:
    """The loop that posts the digests, or none where no channel is named."""
    from bot.digest.deliver import weekly
    from bot.digest.schedule import Subscription

    if not settings.digest_channels:
        return ()
    weekday = WEEKDAYS.index(settings.digest_weekday)
    subscriptions = [
        Subscription(channel, weekday, settings.digest_hour, settings.timezone) for channel in settings.digest_channels
    ]

    def compose_for(channel: str, today: date) -> Reply:
        return _digest(agent.services, settings, channel, today)

    return (weekly(subscriptions, state, compose_for, lambda: now_in(settings), allow_shared=settings.allow_guests),)


def ledger_facts(services: Services) -> tuple[str, ...]:
    """Sentences on the data at hand, for the Home tab."""
    from tools.ledger.known import data_span
    from tools.period import day_shown

    span = data_span(services.ledger)
    if span is None:
        return ("No billing data has been imported yet.",)
    return (f"Billing data runs from {day_shown(span[0])} through {day_shown(span[1])}.",)


def _digest(services: Services, settings: Settings, channel: str, today: date) -> Reply:
    from bot.digest.compose import compose
    from bot.digest.inputs import inputs

    return compose(inputs(services.ledger, services.store), audience_of(settings)(None, channel), today)


@contextmanager
def _thread_memory(settings: Settings) -> Iterator[BaseCheckpointSaver[Any]]:
    import sqlite3

    from langgraph.checkpoint.sqlite import SqliteSaver

    settings.home.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(settings.home / "threads.sqlite", check_same_thread=False, timeout=10)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        yield SqliteSaver(connection)
    finally:
        connection.close()
