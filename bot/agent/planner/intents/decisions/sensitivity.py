"""Which input of a calculation matters most: a question on another calculation's question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from bot.agent.planner.intents.building import build
from bot.agent.planner.intents.chips import buying, hardware
from bot.agent.planner.intents.decisions import decide, finance
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.sensitivity import Calculation
from tools.money import plain

ASKS = re.compile(
    r"\bsensitiv\w+|\btornado\b"
    r"|\b(?:which|what) (?:inputs?|assumptions?|variables?|factors?|parameters?|drivers?)\b"
    r".*\b(?:most|matters?|moves?|drives?)\b",
    re.IGNORECASE,
)
EITHER_WAY = re.compile(
    r"(?:±|\+/-|\+-|plus[\s/-]+(?:or[\s-]+)?minus|var(?:y|ied|ying)\b.*\bby|give or take|within)\s*$", re.I
)


def _base(r: Reading) -> Planned | None:
    """The calculation that the question is about, as its own intent fills it in."""
    known = [intent for module in (build, hardware, buying, decide, finance) for intent in module.INTENTS]
    weighed = [(weight, intent) for intent in known if (weight := intent.weigh(r)) is not None]
    for _, intent in sorted(weighed, key=lambda pair: -pair[0]):
        calls: tuple[Planned, ...] = intent.fill(r, {})
        if len(calls) == 1 and calls[0].tool in get_args(Calculation):
            return calls[0]
    return None


def _weigh(r: Reading) -> float | None:
    return 1.0 if ASKS.search(r.text) and _base(_without_range(r)[0]) is not None else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    rest, by = _without_range(r)
    args: Args = {key: value for key, value in base.items() if key in {"of", "given", "by"}}
    if call := _base(rest):
        args |= {"of": call.tool, "given": {key: _text(value) for key, value in call.args.items()}}
    if by is not None:
        args["by"] = by
    return (Planned("sensitivity", args),)


def _without_range(r: Reading) -> tuple[Reading, str | None]:
    """The reading without the percent that says how far the inputs move, and that percent."""
    moved = next((a for a in r.percents if EITHER_WAY.search(r.text[: a.start])), None)
    # "its inputs" are those of the calculation: no percent is one of tokens here
    rest = tuple(replace(a, role=None) if a.role == "input" else a for a in r.amounts if a is not moved)
    return replace(r, amounts=rest), None if moved is None else plain(abs(moved.value))


def _text(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


INTENTS = (Intent("sensitivity", _weigh, _fill),)
