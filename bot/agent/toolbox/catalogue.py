"""Every tool the agent has."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.agent.toolbox import build, conversation, decide, hardware, knowledge, prices, spend
from bot.agent.toolbox.tool import Tool


@cache
def all_tools() -> tuple[Tool[Any], ...]:
    return (
        *prices.TOOLS,
        *spend.TOOLS,
        *hardware.TOOLS,
        *build.TOOLS,
        *decide.TOOLS,
        *knowledge.TOOLS,
        *conversation.TOOLS,
    )
