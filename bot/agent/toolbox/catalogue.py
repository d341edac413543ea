"""Every tool the agent has."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.agent.toolbox import (
    build,
    combined,
    commitments,
    companies,
    compute_budget,
    conversation,
    credits,
    decide,
    derived,
    energy,
    finance,
    findings,
    hardware,
    knowledge,
    machine_hours,
    memory,
    outlooks,
    own_cost,
    own_throughput,
    plans,
    price_lists,
    price_news,
    price_units,
    prices,
    projects,
    rent_value,
    renting,
    restated,
    sensitivity,
    serving,
    specifications,
    spend,
    spend_otherwise,
    standouts,
    supposed,
    throughput,
    token_budgets,
    tokens,
    unit_cost,
    what_if,
    working,
)
from bot.agent.toolbox.scoped import Spend
from bot.agent.toolbox.tool import Tool


@cache
def all_tools() -> tuple[Tool[Any], ...]:
    return (
        *prices.TOOLS,
        *token_budgets.TOOLS,
        *price_units.TOOLS,
        *price_lists.TOOLS,
        *price_news.TOOLS,
        *spend.TOOLS,
        *standouts.TOOLS,
        *findings.TOOLS,
        *unit_cost.TOOLS,
        *renting.TOOLS,
        *rent_value.TOOLS,
        *hardware.TOOLS,
        *energy.TOOLS,
        *specifications.TOOLS,
        *build.TOOLS,
        *compute_budget.TOOLS,
        *serving.TOOLS,
        *own_throughput.TOOLS,
        *throughput.TOOLS,
        *memory.TOOLS,
        *decide.TOOLS,
        *projects.TOOLS,
        *derived.TOOLS,
        *finance.TOOLS,
        *sensitivity.TOOLS,
        *plans.TOOLS,
        *what_if.TOOLS,
        *supposed.TOOLS,
        *spend_otherwise.TOOLS,
        *outlooks.TOOLS,
        *tokens.TOOLS,
        *machine_hours.TOOLS,
        *commitments.TOOLS,
        *credits.TOOLS,
        *companies.TOOLS,
        *knowledge.TOOLS,
        *conversation.TOOLS,
        *own_cost.TOOLS,
        *restated.TOOLS,
        *combined.TOOLS,
        *working.TOOLS,
    )


@cache
def works_out(name: str) -> bool:
    """Whether the tool's figures come from its arguments, and not from the ledger or the documents alone."""
    return not reads_spend(name) and not any(tool.name == name for tool in (*knowledge.TOOLS, *conversation.TOOLS))


@cache
def reads_spend(name: str) -> bool:
    """Whether the tool asks the ledger for somebody's spend."""
    return any(tool.name == name and issubclass(tool.arguments, Spend) for tool in all_tools())
