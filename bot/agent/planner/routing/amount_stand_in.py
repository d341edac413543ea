"""The amount that the routing examples use in the place of one of a kind."""

from __future__ import annotations

from bot.agent.slots.amounts import Amount


def amount_stand_in(amount: Amount) -> str:
    """What stands for an amount where questions are routed by their meaning; nothing where its kind says little."""
    if amount.kind == "money":
        return "$1000"
    if amount.kind == "percent":
        return "10%"
    return "3M" if amount.unit == "token" else ""
