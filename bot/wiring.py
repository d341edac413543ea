"""The only place that builds real clients from settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.settings import WEEKDAYS, Settings, load_settings

if TYPE_CHECKING:
    from bot.access import Access
    from bot.agent.ask import Agent
    from bot.agent.memory import Conversations
    from bot.agent.meter import Meter
    from bot.agent.models import Talker
    from bot.reply import Reply
    from bot.services import Services
    from bot.slack.app import Chore
    from bot.state.store import AuditEntry, State
    from knowledge.fetching.fetch import Web
    from tools.ledger.audience import Audience

__all__ = [
    "alert_chores",
    "audience_of",
    "build_agent",
    "build_digest",
    "build_services",
    "build_web",
    "digest_chores",
    "forgetting",
    "ledger_facts",
    "load_settings",
    "now_in",
    "open_conversations",
    "open_state",
    "talker_of",
    "today_in",
]

HOURS_BETWEEN_FORGETTING = 6


def now_in(settings: Settings) -> datetime:
    """The present moment in the company's time zone."""
    return datetime.now(ZoneInfo(settings.timezone))


def today_in(settings: Settings) -> date:
    return now_in(settings).date()


def open_state(settings: Settings) -> State:
    """What must survive a restart; BadInput when it cannot be opened. To be closed by the caller."""
    from bot.state.store import State

    return State(_database(settings) or settings.home / "state.sqlite")


@contextmanager
def build_agent(
    settings: Settings, state: State | None = None, belongs: Callable[[str, Access], frozenset[str]] | None = None
) -> Iterator[Agent]:
    """The agent over OUTLAY_HOME's data; what it opens is closed at the end of the block. `state` is one that is open
    already. `belongs` says which of the user groups and channels that access names somebody is in; without it nobody
    is in any."""
    from bot.access import load_access
    from bot.agent.ask import Agent

    with ExitStack() as stack:

        @cache
        def kept() -> State:
            return state or stack.enter_context(closing(open_state(settings)))

        @cache
        def memory() -> Conversations:
            return stack.enter_context(open_conversations(settings, kept()))

        def meter() -> Meter:
            from bot.agent.meter import Meter

            return Meter(kept(), lambda: now_in(settings), settings.model_budget)

        def record(entry: AuditEntry) -> None:
            kept().audit(entry)

        load_access(settings.home)  # a broken file is told at the start, too
        services = build_services(settings)
        services.own_costs = lambda month: kept().model_costs(month)
        agent = Agent(
            services=services,
            audience_of=audience_of(settings, belongs),
            talker=talker_of(settings),
            memory=memory,
            meter=meter,
            record=record,
            now=lambda: now_in(settings),
        )
        _ = agent.chat_models  # so is a model that cannot be used
        yield agent


def talker_of(settings: Settings) -> Talker | None:
    """The chat models that the settings name; None for the built-in planner."""
    from bot.agent.models import Talker

    if settings.model is None:
        return None
    return Talker(
        settings.model,
        settings.model_url,
        settings.fallback_model,
        settings.fallback_model_url,
        settings.model_timeout,
        settings.model_deadline,
    )


@contextmanager
def open_conversations(settings: Settings, state: State) -> Iterator[Conversations]:
    """What Outlay remembers of conversations; those that nobody has used for long are erased at once."""
    from bot.agent.memory import Conversations
    from bot.state.checkpoints import open_checkpoints

    with open_checkpoints(_database(settings) or settings.home / "threads.sqlite") as checkpoints:
        conversations = Conversations(checkpoints, state, lambda: now_in(settings))
        conversations.forget_unused(timedelta(days=settings.forget_after_days))
        yield conversations


def forgetting(settings: Settings, agent: Agent) -> Chore:
    """The loop that erases conversations which nobody has used for long."""

    async def chore(poster: object) -> None:
        while True:
            if agent.memory is not None:
                unused = timedelta(days=settings.forget_after_days)
                await asyncio.to_thread(agent.memory().forget_unused, unused)
            await asyncio.sleep(HOURS_BETWEEN_FORGETTING * 3600)

    return chore


def build_services(settings: Settings) -> Services:
    from bot.services import Services

    return Services(settings.home, settings.chroma_url)


def build_web(settings: Settings) -> Web:
    """What fetches pages and feeds: public addresses only, and the hosts that are allowed by name."""
    from knowledge.fetching.fetch import AGENT, Web

    return Web(frozenset(settings.allowed_hosts), settings.contact or AGENT)


def audience_of(
    settings: Settings, belongs: Callable[[str, Access], frozenset[str]] | None = None
) -> Callable[[str | None, str | None], Audience]:
    """Who may see what, read anew for every question: an edit counts at once, a broken file shows nobody anything."""
    from bot.access import load_access

    def audience(asker: str | None, channel: str | None) -> Audience:
        access = load_access(settings.home)
        places = belongs(asker, access) if belongs is not None and asker is not None else frozenset()
        return access.audience(asker, channel, places)

    return audience


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


def alert_chores(settings: Settings, agent: Agent, state: State) -> tuple[Chore, ...]:
    """The loop that tells channels of budgets and of days that stand out; edits of budgets.toml count at once."""
    from bot.digest.alerting import alerting
    from bot.digest.watch import Watch
    from tools.ledger.budgets.budgets import load_budgets

    audience = audience_of(settings)
    watch = Watch(
        agent.services.ledger,
        lambda: load_budgets(settings.home),
        lambda channel: audience(None, channel),
        settings.digest_channels,
    )
    return (alerting(watch, state, lambda: now_in(settings), allow_shared=settings.allow_guests),)


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
    from tools.ledger.budgets.budgets import load_budgets

    known = inputs(services.ledger, services.store, lambda: load_budgets(services.home))
    return compose(known, audience_of(settings)(None, channel), today)


def _database(settings: Settings) -> str | None:
    return settings.database_url.get_secret_value() if settings.database_url else None
