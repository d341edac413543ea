"""What a follow-up names in place of what was named before: `and Google?` after a service that is not Google's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.taken_out import LEDGER
from bot.agent.toolbox.scoped import FILTERS

# What is bought: of these one may stand in for another, which a team or an environment never does.
BOUGHT = ("service", "model", "provider", "accelerator")

Meets = Callable[[Mapping[str, Any]], bool]


def stood_in(calls: Sequence[Planned], before: Sequence[Earlier], meets: Meets) -> list[Planned]:
    """The calls without what they kept of those before and no charge has together with what is new in them; and split
    by what they kept to one value of, over all its values."""
    found = []
    for at, call in enumerate(calls):
        earlier = before[at] if at < len(before) and len(before) == len(calls) else before[-1]
        known = call.tool.startswith(LEDGER) and earlier.tool.startswith(LEDGER)
        found.append(replace(call, args=_split(_in_place(call.args, earlier.args, meets), earlier)) if known else call)
    return found


def _in_place(args: Args, before: Mapping[str, Any], meets: Meets) -> Args:
    named = [key for key in BOUGHT if args.get(key) and not _same(args[key], before.get(key))]
    kept = [key for key in BOUGHT if args.get(key) and _same(args[key], before.get(key))]
    if not named or not kept:
        return args
    for gone in ((), *((key,) for key in kept), tuple(kept)):
        left = {key: args[key] for key in (*named, *kept) if key not in gone}
        if meets(left):
            return {key: value for key, value in args.items() if key not in gone}
    return args


def _split(args: Args, earlier: Earlier) -> Args:
    by = args.get("by") or ()
    by = (by,) if isinstance(by, str) else tuple(by)
    if _same(by, earlier.args.get("by") or ()):
        return args
    alone = {
        key for key in by if key in FILTERS and len(args.get(key, ())) == 1 and _same(args[key], earlier.args.get(key))
    }
    return {key: value for key, value in args.items() if key not in alone}


def _same(one: Any, other: Any) -> bool:
    return other is not None and _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value
