"""Every tool the agent has."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.agent.toolbox import (
    build,
    companies,
    conversation,
    decide,
    findings,
    hardware,
    knowledge,
    plans,
    prices,
    spend,
)
from bot.agent.toolbox.tool import Tool


@cache
def all_tools() -> tuple[Tool[Any], ...]:
    return (
        *prices.TOOLS,
        *spend.TOOLS,
        *findings.TOOLS,
        *hardware.TOOLS,
        *build.TOOLS,
        *decide.TOOLS,
        *plans.TOOLS,
        *companies.TOOLS,
        *knowledge.TOOLS,
        *conversation.TOOLS,
    )
