"""A message in a conversation, read as a change of the answer before it, or as something said about that answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.agent.planner.intents.supposed.moved_to import of_that_use
from bot.agent.planner.kinds import BY_TOOL
from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.together import answers, of_two, taken_back
from bot.agent.planner.threads.about_answers import REPEATS, about, of_news, why
from bot.agent.planner.threads.acts import act_of, bare, forgets, small_talk, takes_back
from bot.agent.planner.threads.answer_corrected import correction
from bot.agent.planner.threads.answered_back import mended, picked
from bot.agent.planner.threads.changed_last import changed_last
from bot.agent.planner.threads.changes import OF_USE, again, changed
from bot.agent.planner.threads.company_periods import another_time
from bot.agent.planner.threads.compared_before import compared_before
from bot.agent.planner.threads.follow_words import BACK, FOLLOWS, WHO_IS
from bot.agent.planner.threads.follows import (
    SUMMED,
    follows,
    is_new,
    names,
    of_the_price_before,
    only_values,
    ranks_the_same_time,
    right_there,
    same_again,
)
from bot.agent.planner.threads.history import Earlier, Turn, last_turn
from bot.agent.planner.threads.lacking import lacks_what_was_told
from bot.agent.planner.threads.multiples import multiplied
from bot.agent.planner.threads.news_followed import news_followed
from bot.agent.planner.threads.options import chosen_option
from bot.agent.planner.threads.parts_of_it import of_the_answer
from bot.agent.planner.threads.restated_text import restated
from bot.agent.planner.threads.said_otherwise import otherwise
from bot.agent.planner.threads.stand_in import stood_in
from bot.agent.planner.threads.taken_out import nothing_left, taken_out
from bot.agent.planner.threads.topics import RETURNS, returned
from bot.agent.planner.threads.unchanged import not_placed, same_calls
from bot.agent.planner.understanding import (
    Context,
    Ranked,
    ranked,
    understood,
    unsure,
)

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
    if not asked and calls and (found := of_the_answer(bare(segment), calls, context)):
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
    if (pending is not None and is_new(r, best)) or WHO_IS.match(segment):
        return None
    if told := news_followed(segment, r, before, context) or of_news(segment, r, best, before):
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
    if pending is None and changeable[-1].tool in OF_USE and of_that_use(r):
        return changed(r, changeable[-1:])
    if (
        pending is not None
        or eased is not None
        or text != corrected
        or (corrects and not is_new(r, best))
        or follows(r, best, changeable)
        or of_the_price_before(r, best, changeable)
        or same_again(r, best, changeable)
        or lacks_what_was_told(r, best, changeable)
    ):
        last = changed_last(r, before) if pending is None else []
        found = last or stood_in(changed(r, calls), calls, context.meets)
        asked = pending is not None and pending.tool != "ask_back"
        if found and not asked and same_calls(found, first) and not only_values(r):
            return [not_placed(text)]
        return found or [not_placed(text)]
    if best is not None and ranks_the_same_time(r, best[1], changeable[-1]):
        kept = {key: value for key, value in changeable[-1].args.items() if key in {"period", "cost", "ai_only"}}
        return settled(r, best[1].fill(r, kept))
    if best is not None and best[1].name == "anomalies" and right_there(r) and changeable[-1].tool in SUMMED:
        return settled(r, best[1].fill(r, changeable[-1].args))
    if best is not None and best[1].name == "what_if" and not names(r) and changeable[-1].tool in SUMMED:
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
