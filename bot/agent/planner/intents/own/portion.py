"""A percent of a total of own spend: `what is 40% of what search spent`."""

from __future__ import annotations

from bot.agent.planner.intents.own.spend_words import PORTION, PORTION_OF
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount


def portion(r: Reading) -> Amount | None:
    """The percent of the total that is asked for: `what is 40% of what search spent`."""
    if len(r.percents) != 1 or r.groupings or r.money:
        return None
    amount = r.percents[0]
    opens = PORTION.search(r.text[: amount.start].rstrip("~ "))
    return amount if opens is not None and PORTION_OF.match(r.text, amount.end) else None
