"""Messages that tell every amount of what they ask, read whole: told in one sentence, asked in the next."""

from __future__ import annotations

import re

from bot.agent.planner.cashflows.answers import answered
from bot.agent.planner.intents.commitment_told import commitment
from bot.agent.planner.intents.hours_offered import hours_offered
from bot.agent.planner.intents.pace import pace
from bot.agent.planner.intents.portfolio import chosen
from bot.agent.planner.intents.told_amounts import left_over
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

NUMBER = re.compile(r"\d[\d,.]*")
LEAST_NUMBERS = 2
READERS = (answered, pace, commitment, chosen, hours_offered, left_over)


def tells_sums(text: str) -> bool:
    """Whether a text holds as many numbers as any such message must."""
    return len(NUMBER.findall(text)) >= LEAST_NUMBERS


def told_whole(r: Reading) -> Planned | None:
    """The one call that answers a message from its own amounts, none of them left over; None where that is not so."""
    return next((found for read in READERS if (found := read(r))), None)
