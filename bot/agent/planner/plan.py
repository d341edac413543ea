"""What the planner means to do: calls, chosen by an intent that weighs a reading and fills in its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.agent.planner.reading import Reading

Args = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """One tool call. `amount_from` names the argument that takes the headline amount of the call before it. `after`
    waits for every call before it; `quiet` is made for what comes after it, and its own summary is not told."""

    tool: str
    args: Args = field(default_factory=dict)
    amount_from: str | None = None
    after: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """`weigh` says how well a reading fits by what it names, None where it can't be meant; added to the nearness in
    meaning. `fill` gives the calls; `base` holds the arguments of the call that a follow-up changes, else is empty."""

    name: str
    weigh: Callable[[Reading], float | None]
    fill: Callable[[Reading, Mapping[str, Any]], tuple[Planned, ...]]
