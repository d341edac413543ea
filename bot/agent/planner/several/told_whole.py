"""Messages that tell every amount of what they ask, read whole: told in one sentence, asked in the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.cashflows.answers import answered
from bot.agent.planner.intents.decisions.commitment_told import commitment
from bot.agent.planner.intents.decisions.hours_offered import hours_offered
from bot.agent.planner.intents.decisions.pace import pace
from bot.agent.planner.intents.decisions.portfolio import chosen
from bot.agent.planner.intents.decisions.told_amounts import left_over
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

NUMBER = re.compile(r"\d[\d,.]*")
LEAST_NUMBERS = 2
OF_FLOWS = frozenset({"project_value", "compare_projects", "compare_costs", "even_payment"})
# What a sentence beside the question may say that changes the figure.
CONDITION = re.compile(
    r"\d|\b(?:half|twice|doubl\w*|grow\w*|tax\w*|inflation|shar(?:e|ed|ing)|free|chance|probab\w*|starts?|begins?"
    r"|delay\w*|instal\w*|per\s+\w+"
    r"|each\s+\w+|except|excluding|without|at\s+(?:most|least))\b",
    re.IGNORECASE,
)
READERS = (answered, pace, commitment, chosen, hours_offered, left_over)


def tells_sums(text: str) -> bool:
    """Whether a text holds as many numbers as any such message must."""
    return len(NUMBER.findall(text)) >= LEAST_NUMBERS


def told_whole(r: Reading) -> Planned | None:
    """The one call that answers a message from its own amounts, none of them left over; None where that is not so."""
    return next((found for read in READERS if (found := read(r))), None)


def left_aside(calls: Sequence[Planned], asked: str, sentences: Sequence[str]) -> Planned | None:
    """The question back where a sentence beside one on told flows says what its calculation would leave out."""
    if not any(call.tool in OF_FLOWS for call in calls):
        return None
    for sentence in sentences:
        if sentence != asked and not sentence.rstrip().endswith("?") and CONDITION.search(sentence):
            said = f"I could not take “{sentence.strip()}” into account. Could you put it all into one question?"
            return Planned("ask_back", {"question": said})
    return None
