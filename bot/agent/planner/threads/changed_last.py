"""A bare number right after a change: `45% MFU`, then `no, 50`: the same thing is meant again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.agent.planner.kinds import BY_TOOL
from bot.agent.planner.left_over.amounts_used import PERCENTS
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.together import answered
from bot.agent.planner.threads.bare_amounts import BARE_MONEY, BARE_PERCENT, SCALE, is_number
from bot.agent.planner.threads.history import Turn
from tools.money import plain

# A number so many times another is in other units than it.
FAR = 50


def changed_last(r: Reading, before: Sequence[Turn]) -> list[Planned]:
    """The call before with the number in the place that the turn before changed; empty where the message is more than
    a number, or that turn changed another kind of thing, or several."""
    turns = answered(before)
    if len(turns) < 2 or len(turns[-1]) != 1 or len(turns[-2]) != 1:
        return []
    call, earlier = turns[-1][0], turns[-2][0]
    if call.tool != earlier.tool or call.tool not in BY_TOOL:
        return []
    apart = [key for key in {*call.args, *earlier.args} if call.args.get(key) != earlier.args.get(key)]
    if len(apart) != 1 or not is_number(call.args.get(apart[0])):
        return []
    value = _told(r, percent=apart[0] in PERCENTS)
    held = Decimal(str(call.args[apart[0]]))
    if value is None or held <= 0 or not held / FAR <= value <= held * FAR:
        return []
    return [Planned(call.tool, {**call.args, apart[0]: plain(value)})]


def _told(r: Reading, *, percent: bool) -> Decimal | None:
    """The one number that a message says, None where it says more, or a percentage of what is none."""
    if BARE_PERCENT.fullmatch(r.text) and len(r.percents) == 1:
        return r.percents[0].value if percent else None
    found = BARE_MONEY.fullmatch(r.text)
    if found is None or r.periods or (percent and "$" in r.text):
        return None
    value = Decimal(found["number"].replace(",", "")).scaleb(SCALE.get((found["scale"] or "").lower(), 0))
    return None if percent and value > 100 else value
