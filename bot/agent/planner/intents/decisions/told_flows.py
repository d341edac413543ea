"""Questions on the cash flows that they tell: what is paid, what comes in, when, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.agent.planner.cashflows.answers import answered
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading


def _weigh(r: Reading) -> float | None:
    return None if answered(r) is None else 2.0


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = answered(r)
    return () if found is None else (found,)


INTENTS = (Intent("told_flows", _weigh, _fill),)
