"""A message in a conversation, read as a change of the answer before it, or as something said about that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.about_answers import REPEATS, about, of_news, why
from bot.agent.planner.accounted import asks_back, settled
from bot.agent.planner.acts import act_of, bare, forgets, small_talk, takes_back
from bot.agent.planner.answer_corrected import correction
from bot.agent.planner.answered_back import mended, picked
from bot.agent.planner.changes import again, changed
from bot.agent.planner.company_periods import another_time
from bot.agent.planner.compared_before import compared_before
from bot.agent.planner.follow_words import ASKS, BACK, FOLLOWS, HOW_MANY
from bot.agent.planner.history import Earlier, Turn, last_turn
from bot.agent.planner.intents import spend, split
from bot.agent.planner.intents.own_spend import COST_KINDS
from bot.agent.planner.kinds import BY_NAME, BY_TOOL
from bot.agent.planner.lacking import lacks_what_was_told
from bot.agent.planner.multiples import multiplied
from bot.agent.planner.options import chosen_option
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.restated_text import restated
from bot.agent.planner.said_otherwise import otherwise
from bot.agent.planner.stand_in import stood_in
from bot.agent.planner.taken_out import nothing_left, taken_out
from bot.agent.planner.together import answers, of_two, taken_back
from bot.agent.planner.topics import RETURNS, returned
from bot.agent.planner.unchanged import not_placed, same_calls
from bot.agent.planner.understanding import (
    LAST_RESORTS,
    NEW_QUESTION,
    SURE,
    Context,
    Ranked,
    ranked,
    understood,
    unsure,
)

SUMMED = frozenset({"spend_total", "spend_change", "token_usage", "what_if"})
PRICED = frozenset({"price_usage", "compare_models", "cheapest_model", "cheapest_models"})
JOINS = re.compile(
    r"(?:\W|\b(?:and|in|for|the|on|at|of|please|now|then|team|only|just|instead|too|again|rather)\b)*", re.IGNORECASE
)
ENDS = re.compile(r"^\W*(?:\S+\s+){1,4}(?:instead|rather|as well|too)\W*$", re.IGNORECASE)
SUPERLATIVE = re.compile(r"\b(?:most|biggest|largest|highest|top|priciest|costliest)\b", re.IGNORECASE)
OVERALL = re.compile(r"\b(?:ever|overall|all[\s-]time|in total|so far|always|usually|now)\b", re.IGNORECASE)
THERE = re.compile(r"\bthere\b(?!\s+(?:an?|any|been|were|was|is|are)\b)|\bin\s+(?:that|it|those)\b", re.IGNORECASE)
WRONG = "What should be different: the period, whose spend it is, or something else?"


def follow_up(segment: str, context: Context, before: Sequence[Turn]) -> list[Planned] | None:
    """The calls that answer `segment` as a follow-up of the turns before; None where it says nothing about them."""
    if kind := small_talk(segment):
        return [Planned("small_talk", {"kind": kind})]
    if not before:
        return None
    if forgets(segment):
        return [Planned("forget_conversation")]
    if (back := takes_back(segment)) is not None:
        return taken_back(before, first=bool(back["first"]))
    pending = next((call for call in reversed(before[-1]) if call.asked_back), None)
    if pending is not None and (option := chosen_option(segment, pending.options)):
        return picked(option, pending, context, before)
    calls = answers(before)
    if pending is None and (found := compared_before(segment, calls, context)):
        return found
    if (back_to := RETURNS.match(segment)) and (said := returned(back_to, context, before)):
        return said
    r = understood(segment, context)
    act = act_of(r, context.router)
    if act == "why":
        return why(before)
    if act in REPEATS and calls:
        return about(act, calls)
    asked = pending is not None and pending.tool != "ask_back"
    if not asked and (found := of_two(bare(segment), before)) is not None:
        return found
    if not asked and calls and (found := otherwise(bare(segment), r, calls, context)):
        return found
    if not asked and calls and len(segment.split()) <= 8 and (found := multiplied(segment, calls)):
        return found
    return None


def change(segment: str, context: Context, before: Sequence[Turn], ranking: Ranked, r: Reading) -> list[Planned] | None:
    """The calls before with what `segment` names put in, where it is read so rather than as a question of its own."""
    best = ranking[0] if ranking else None
    earlier = last_turn(before)
    changeable = [call for call in earlier if call.tool in BY_TOOL]
    pending = next((call for call in reversed(earlier) if call.asked_back), None)
    if pending is not None and _is_new(r, best):
        return None
    if told := of_news(segment, r, best, before):
        return told
    if pending is not None and pending.tool == "ask_back" and (again_so := mended(segment, r, pending, best)):
        return [Planned("again", {"question": again_so})]
    if not changeable:
        return None
    first = changeable
    eased = taken_out(segment, changeable, r.tag_keys)
    if eased is not None:
        segment, changeable = eased
        if nothing_left(segment):
            return again(changeable)
        r = understood(segment, context)
        best = next(iter(ranked(r, context.router)), None)
    corrected, corrects = correction(segment)
    if shifted := another_time(corrected, changeable[-1]):
        return shifted
    text = restated(corrected, changeable[-1], context)
    if text != segment:
        r = understood(text, context)
    if corrects and not text:
        return [Planned("ask_back", {"question": WRONG})]
    calls = [pending] if pending is not None and pending.tool in BY_TOOL else changeable
    if (
        pending is not None
        or eased is not None
        or text != corrected
        or (corrects and not _is_new(r, best))
        or follows(r, best, changeable)
        or _of_the_price_before(r, best, changeable)
        or _same_again(r, best, changeable)
        or lacks_what_was_told(r, best, changeable)
    ):
        found = stood_in(changed(r, calls), calls, context.meets)
        asked = pending is not None and pending.tool != "ask_back"
        if found and not asked and same_calls(found, first) and not only_values(r):
            return [not_placed(text)]
        return found or [not_placed(text)]
    if best is not None and _ranks_the_same_time(r, best[1], changeable[-1]):
        kept = {key: value for key, value in changeable[-1].args.items() if key in {"period", "cost", "ai_only"}}
        return settled(r, best[1].fill(r, kept))
    if best is not None and best[1].name == "anomalies" and _right_there(r) and changeable[-1].tool in SUMMED:
        return settled(r, best[1].fill(r, changeable[-1].args))
    if best is not None and best[1].name == "what_if" and not _names(r) and changeable[-1].tool in SUMMED:
        return settled(r, best[1].fill(r, changeable[-1].args))
    return _explained(r, best, changeable, context)


def _explained(
    r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier], context: Context
) -> list[Planned] | None:
    """What a short message that is no question of its own changes in the calls before; a question back where it points
    at them and changes nothing that is known; None where it may be about anything."""
    points = BACK.search(r.text) is not None or FOLLOWS.match(r.text) is not None
    words = len(r.text.split())
    if not unsure(best) or r.unread or r.has("headline", "others") or words > (12 if points else 6):
        return None
    found = stood_in(changed(r, calls), calls, context.meets)
    if found and not asks_back(found) and not same_calls(found, calls):
        return found
    return [not_placed(r.text)] if points and calls[-1].tool != "search_knowledge" else None


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
    return bool(r.models) and BACK.search(r.text) is not None and not (r.periods or r.values or r.has("ours", "price"))


def _is_new(r: Reading, best: tuple[float, Intent] | None) -> bool:
    """Whether a message after a question back is a question of its own, and no answer to it."""
    if best is None or best[1].name in LAST_RESORTS or FOLLOWS.match(r.text) or only_values(r):
        return False
    return best[0] >= NEW_QUESTION or (best[0] >= SURE and ASKS.match(r.text) is not None and len(r.text.split()) >= 4)


def _same_again(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And the ROI over 3 years?` after a project: the same kind of question, that names at most one value anew."""
    back = BACK.search(r.text) is not None and len(r.text.split()) <= 6
    opens = (back or FOLLOWS.match(r.text) is not None) and len(r.amounts) <= 1
    return opens and best is not None and best[1].name == BY_TOOL[calls[-1].tool] and best[1] not in spend.INTENTS


def _of_the_price_before(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And if we batch it?` after a price means that price: nothing of the ledger is named that could be re-priced."""
    return best is not None and best[1].name == "what_if" and not _names(r) and calls[-1].tool in PRICED


def _ranks_the_same_time(r: Reading, best: Intent, call: Earlier) -> bool:
    """`Who spent most?` after a sum of spend means the same time."""
    short = len(r.text.split()) <= 6 and not (r.periods or r.values or r.has("ours") or OVERALL.search(r.text))
    ranks = bool(split.dimensions(r)) and best in spend.INTENTS and (split.least(r) or SUPERLATIVE.search(r.text))
    return bool(short and ranks and call.tool.startswith("spend") and call.args.get("period"))


def _right_there(r: Reading) -> bool:
    """`Anything odd there?` means what the answer before was for."""
    return THERE.search(r.text) is not None and not (r.periods or r.values or r.unread)


def _names(r: Reading) -> bool:
    return bool(r.models or r.periods or r.values or r.unread or r.has("spend"))
