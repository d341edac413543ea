"""What is said after a question back: an option picked, or other words for what was not placed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.kinds import BY_TOOL
from bot.agent.planner.left_over.accounted import asks_back
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.acts import bare
from bot.agent.planner.threads.changes import changed
from bot.agent.planner.threads.follow_words import ASKS
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.understanding import Context, understood

PLACE = re.compile(r"could not place “(?P<word>[^”]+)” in this question")


def picked(option: str, pending: Earlier, context: Context, before: Sequence[Turn]) -> list[Planned]:
    """The call that asked back with the option put in; what the planner itself asked is asked again with it."""
    if pending.tool in BY_TOOL:
        return changed(understood(option, context), [pending])
    calls = [call for turn in before[:-1] for call in turn if call.tool in BY_TOOL][-1:]
    if calls and re.search(r"\d", option):
        args = _named_percent(option, calls[0])
        if args:
            return [Planned(calls[0].tool, {**calls[0].args, **args})]
        put_in = changed(understood(option, context), calls)
        if put_in and not asks_back(put_in):
            return put_in
    return [Planned("again", {"question": f"{pending.asked.rstrip('?. ')} ({option})"})]


def _named_percent(option: str, call: Earlier) -> dict[str, str] | None:
    """`40% utilisation` as the argument of that name, where the call has it."""
    found = re.fullmatch(r"(?P<value>[\d.]+)% (?P<name>[a-z ]+)", option)
    name = found["name"].replace(" ", "_") if found else ""
    return {name: found["value"]} if found and name in call.args else None


def mended(segment: str, r: Reading, pending: Earlier, best: tuple[float, Intent] | None) -> str | None:
    """The question that was not understood, with other words for the one that was not placed."""
    found = PLACE.search(str(pending.args.get("question", "")))
    said = bare(segment)
    if found is None or len(said.split()) > 5 or found["word"] not in pending.asked or ASKS.match(segment):
        return None
    if re.search(r"\d", found["word"]) and not r.amounts:
        return None
    if not (r.models or r.periods or r.values or r.amounts or r.groupings or r.accelerators):
        return None
    return pending.asked.replace(found["word"], said, 1)
