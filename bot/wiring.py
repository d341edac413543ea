"""The only place that builds real clients from settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

    from bot.agent.ask import Agent

__all__ = ["build_agent", "load_settings", "now_in", "today_in"]


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
    from bot.services import Services

    with ExitStack() as stack:

        @cache
        def memory() -> BaseCheckpointSaver[Any]:
            return stack.enter_context(_thread_memory(settings))

        access = load_access(settings.home)
        yield Agent(
            services=Services(settings.home),
            audience_of=access.audience,
            model=settings.model,
            model_url=settings.model_url,
            model_timeout=settings.model_timeout,
            memory=memory,
        )


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
