"""Whether a message changes the answer before it, means the same time or usage, or is a question of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.intents.own import spend, split
from bot.agent.planner.intents.own.spend_scope import COST_KINDS
from bot.agent.planner.kinds import BY_NAME, BY_TOOL
from bot.agent.planner.plan import Intent
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.follow_words import ASKS, BACK, FOLLOWS, HOW_MANY, POLITE, SAME
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.taken_out import LEDGER
from bot.agent.planner.understanding import (
    LAST_RESORTS,
    NEW_QUESTION,
    SURE,
    unsure,
)

SUMMED = frozenset({"spend_total", "spend_change", "token_usage", "what_if"})
PRICED = frozenset({"price_usage", "compare_models", "cheapest_model", "cheapest_models"})
JOINS = re.compile(
    rf"(?:\W|\b(?:and|in|for|the|on|at|of|now|then|so|ok|team|only|just|instead|too|again|rather|{POLITE})\b)*",
    re.IGNORECASE,
)
ENDS = re.compile(r"^\W*(?:\S+\s+){1,4}(?:instead|rather|as well|too)\W*$", re.IGNORECASE)
SUPERLATIVE = re.compile(r"\b(?:most|biggest|largest|highest|top|priciest|costliest)\b", re.IGNORECASE)
OVERALL = re.compile(r"\b(?:ever|overall|all[\s-]time|in total|so far|always|usually|now)\b", re.IGNORECASE)
# What was told before is the subject: `how much was it in May?`, `what did that cost last year?`.
OF_IT = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?|then|but)\W+)*(?:how\s+(?:much|many|high|big|large)|what)\s+"
    r"(?:was|is|were|are|did|does|do|has|had|would|will)\s+(?:it|that|this|they|those)\b"
    r"(?!\s+(?:month|quarter|week|year|day|team|provider|model|vendor|one\b))",
    re.IGNORECASE,
)
THERE = re.compile(r"\bthere\b(?!\s+(?:an?|any|been|were|was|is|are)\b)|\bin\s+(?:that|it|those)\b", re.IGNORECASE)


def follows(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """Whether the question changes the one before: it opens like one, or names values and nothing to ask of them."""
    opens = FOLLOWS.match(r.text) is not None
    if (
        only_values(r)
        or ENDS.search(r.text)
        or (len(r.text.split()) <= 5 and unsure(best) and _another_line(r, calls[-1]))
    ):
        return True
    priced = r.has("price") and bool(r.models) and calls[-1].tool not in {*PRICED, "model_price", "price_history"}
    if opens and len(r.text.split()) <= 4 and not r.has("spend", "ours", "help") and not priced:
        return True
    if priced and not BACK.search(r.text):
        return False
    words = len(r.text.split())
    if words <= 5 and _only_a_cost(r) and calls[-1].tool in {*SUMMED, "spend_by", "spend_series", "spend_average"}:
        return True
    if _on_that(r) and words <= 8 and calls[-1].tool == "price_usage":
        return True
    others = r.values or r.models or r.accelerators or r.unread or r.amounts or r.groupings
    if OF_IT.match(r.text) and r.periods and not others and calls[-1].tool.startswith(LEDGER):
        return True
    if best is not None and best[0] >= NEW_QUESTION:
        return False
    short = words <= 5
    if short and HOW_MANY.match(r.text) and not (r.models or r.values or r.periods or r.has("ours", "spend")):
        return True
    names_something = bool(
        r.models or r.periods or r.values or r.amounts or r.groupings or r.accelerators or r.unread or r.top
    )
    if unsure(best) and not names_something and BACK.search(r.text) and words <= 8:
        return True
    return (opens and (names_something or short)) or (short and names_something and unsure(best))


def _another_line(r: Reading, call: Earlier) -> bool:
    """`Net income?` after a company's revenue: another line of the same accounts."""
    if call.tool != "company_figures" or not call.args.get("companies"):
        return False
    filled = BY_NAME["company_figures"].fill(r, {"companies": call.args["companies"]})
    return any(planned.args.get("metric") for planned in filled)


def only_values(r: Reading) -> bool:
    """Whether a message says nothing but values: `September?`, `atlas, in May`."""
    spans = [*r.taken, *((a.start, max(a.end, a.phrase_end)) for a in r.amounts)]
    rest = "".join(" " if any(start <= i < end for start, end in spans) else char for i, char in enumerate(r.text))
    return bool(spans) and not r.unread and JOINS.fullmatch(rest) is not None


def _only_a_cost(r: Reading) -> bool:
    """Whether nothing is named but a kind of cost: `billed`, `and at list?`."""
    other = r.models or r.periods or r.values or r.groupings or r.amounts or r.has("ours")
    return not other and any(pattern.search(r.text) for _, pattern in COST_KINDS)


def _on_that(r: Reading) -> bool:
    """`What would that be on sonnet?`: the usage before on another model."""
    back = BACK.search(r.text) or SAME.search(r.text)
    return bool(r.models) and back is not None and not (r.periods or r.values or r.has("ours", "price"))


def is_new(r: Reading, best: tuple[float, Intent] | None) -> bool:
    """Whether a message after a question back is a question of its own, and no answer to it."""
    if best is None or best[1].name in LAST_RESORTS or FOLLOWS.match(r.text) or only_values(r):
        return False
    return best[0] >= NEW_QUESTION or (best[0] >= SURE and ASKS.match(r.text) is not None and len(r.text.split()) >= 4)


def same_again(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And the ROI over 3 years?` after a project: the same kind of question, that names at most one value anew."""
    back = BACK.search(r.text) is not None and len(r.text.split()) <= 6
    opens = (back or FOLLOWS.match(r.text) is not None) and len(r.amounts) <= 1
    return opens and best is not None and best[1].name == BY_TOOL[calls[-1].tool] and best[1] not in spend.INTENTS


def of_the_price_before(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And if we batch it?` after a price means that price: nothing of the ledger is named that could be re-priced."""
    return best is not None and best[1].name == "what_if" and not names(r) and calls[-1].tool in PRICED


def ranks_the_same_time(r: Reading, best: Intent, call: Earlier) -> bool:
    """`Who spent most?` after a sum of spend means the same time."""
    short = len(r.text.split()) <= 6 and not (r.periods or r.values or r.has("ours") or OVERALL.search(r.text))
    ranks = bool(split.dimensions(r)) and best in spend.INTENTS and (split.least(r) or SUPERLATIVE.search(r.text))
    return bool(short and ranks and call.tool.startswith("spend") and call.args.get("period"))


def right_there(r: Reading) -> bool:
    """`Anything odd there?` means what the answer before was for."""
    return THERE.search(r.text) is not None and not (r.periods or r.values or r.unread)


def names(r: Reading) -> bool:
    return bool(r.models or r.periods or r.values or r.unread or r.has("spend"))
