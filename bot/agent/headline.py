"""A reply of prices and calculations leads with the figure of the unit that was asked for, or asks back."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot.agent.planner.left_over.vocabulary import OF_THE_WORLD
from bot.agent.planner.routing.measures import asked_first, missing
from bot.agent.planner.several.segments import segments
from bot.agent.planner.spelling.spelling import corrected
from bot.agent.turn import Turn
from bot.reply import Reply
from tools.money import plain
from tools.results import Figure

# A share is asked for: then a figure in percent is the headline.
PERCENT = re.compile(
    r"\b(?:in (?:percent|per cent|%)|what (?:percent|percentage|share|fraction|proportion)|percentage of|share of"
    r"|how many percent|percentage change|percent change|as a share"
    r"|how much of (?:our|the|my)(?!.*\b(?:left|remain\w*|unspent|available|(?:un|not )tagged|tags?|money)\b))"
    r"|(?<!\d )(?<!ty )(?<!teen )(?<!one )(?<!two )(?<!three )(?<!four )(?<!five )(?<!six )(?<!seven )(?<!eight )"
    r"(?<!nine )(?<!ten )(?<!eleven )(?<!twelve )\bpercent\W*$",
    re.IGNORECASE,
)
BESIDE = frozenset({"combined_amounts", "restated_amount"})


def as_asked(turn: Turn, reply: Reply, english: Collection[str] = ()) -> Reply:
    """`reply` with the figure asked for first, and said first; a question back where no figure is of the unit asked
    for. Left as it is, but for a percentage asked for: what a chat model wrote, several questions at once, answers from
    the ledger or documents. With the `english` words, slips in the question are put right before it is read."""
    text = " ".join(turn.question.text.split())
    text = corrected(text, english, ()).text if english else text
    if PERCENT.search(text):
        reply = replace(reply, figures=tuple(sorted(reply.figures, key=lambda figure: figure.unit != "%")))
    calls = [call for call in turn.calls if call.tool not in BESIDE]
    tools = {call.tool for call in calls}
    several = len(calls) > 1 and len(segments(text)) > 1
    if turn.by_model or reply.status != "answered" or not tools or tools - OF_THE_WORLD or several:
        return reply
    if not reply.figures or tools == {"choose_projects"}:  # a project may be called Delta
        return reply
    if any(call.tool == "combined_amounts" and call.error is not None for call in turn.calls):
        return replace(reply, status="unknown", figures=())  # one of the two to be compared is not known
    if lacking := missing(text, reply.figures):
        told = reply.figures[0]
        said = (
            f"You ask for {lacking}, and what I worked out does not hold that: it gives “{told.label}”. "
            "Could you say it in other words, or ask for that?"
        )
        return replace(reply, status="clarify", text=said, figures=(), tables=(), charts=(), assumptions=())
    ordered = asked_first(text, reply.figures)
    if ordered[0] is reply.figures[0]:
        return reply
    return replace(reply, figures=ordered, text=f"{_sentence(ordered[0])} {reply.text}")


CODE = 3
"""Letters of a currency: sums of money are told to the cent."""


def _sentence(figure: Figure) -> str:
    from tools.calculators.wording import number

    if len(figure.unit) == CODE and figure.unit.isupper() and abs(figure.value) >= 1:
        return f"{figure.label}: {figure.value:,.2f} {figure.unit}."
    shown = number(figure.value) if abs(figure.value) >= 1 else plain(figure.value)
    return f"{figure.label}: {shown} {figure.unit}".strip() + "."
