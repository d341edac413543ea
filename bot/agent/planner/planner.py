"""The built-in planner: reads each question of a message, routes it by meaning and by what it names, fills in calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.derived.derive import derived
from bot.agent.planner.intents.own import spend
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.reports import knowledge
from bot.agent.planner.intents.supposed.scenario import WHOLE_OR_PART
from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.elsewhere import cannot, is_order, may_be_news, without_strangers
from bot.agent.planner.routing.news_applied import news_applied
from bot.agent.planner.routing.of_the_world import of_the_world
from bot.agent.planner.routing.ours import may_be_ours, taken_as_ours, unknown_word
from bot.agent.planner.routing.stated import is_for_texts, wants_a_reason, with_reason
from bot.agent.planner.several.enumerated import under_a_head
from bot.agent.planner.several.segments import segments
from bot.agent.planner.several.shared_time import in_the_same_time, of_the_same
from bot.agent.planner.several.told_already import told_already
from bot.agent.planner.several.told_whole import left_aside, tells_sums, told_whole
from bot.agent.planner.threads.acts import small_talk
from bot.agent.planner.threads.antecedents import stands_for, written_for
from bot.agent.planner.threads.follow_ups import change, follow_up
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.understanding import LAST_RESORTS, SURE, Context, Ranked, ranked, understood
from bot.agent.planner.wording.chat_marks import as_spoken
from bot.agent.planner.wording.reasons import parted, says_nothing_of_the_figure, without_occasion
from bot.agent.planner.wording.told_only import told_beside, without_telling

__all__ = ["Context", "carried", "plan"]

# Evidence of one's own spend below which a question that can't be placed is looked up instead of asked about.
BARELY_OURS = 0.25
# A reading that accounts for everything is preferred to a better-scored one that does not, up to this much below it.
NEAR = 0.6
NEWS = re.compile(r"\b(?:news|headlines?|articles?|reports?|reported|according to|analysts?)\b", re.IGNORECASE)
# Somebody's view of what comes: "given Orrin's forecast for GPU rents".
VIEW = re.compile(
    r"(?<=\s)[A-Z][\w.&-]+(?:\s+[A-Z][\w.&-]+)*['’]s?\s+(?:\w+\s+)?(?:forecast|outlook|prediction|view|survey|study|estimate)\b"
)
SAYS = re.compile(
    r"\b(?:does|did|do)\s+(?:the\s+)?(?!we\b|our\b|us\b)[\w.&-]+(?:\s+[\w.&-]+){0,2}\s+(?:say|report|write|expect"
    r"|find|predict|estimate)\b"
    r"|\baccording\s+to\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(?:given|considering|with|after|in view of|based on|in light of|seeing|because of|taking into account)\s+",
    re.I,
)


# Opens like a change of an answer, where there is none.
OPENS = re.compile(r"^\W*(?:and|or|but|same|also|instead|vs|versus)\b", re.IGNORECASE)
# Asks what a word costs that stands for something told before.
POINTS = re.compile(
    r"\W*(?:(?:and|so)\s+)?(?:what|how much)\s+(?:did|does|do|is|was|were|will|would)\s+"
    r"(?:it|that|this|they|those|these)(?:\s+(?:all\s+)?(?:costs?|be|come to|cost us))?\W*",
    re.IGNORECASE,
)
SHORT = 3
UNANSWERED = frozenset({"search_knowledge", "say_unknown", "about_outlay"})
NOTHING_BEFORE = "I have no earlier question here that this could change. What would you like to know?"


def plan(text: str, context: Context, before: Sequence[Turn] = ()) -> list[Planned]:
    """The calls that answer `text`, in order, read with the turns before. Never empty: the last resort asks the
    knowledge base."""
    calls: list[Planned] = []
    turns = list(before)
    spoken = as_spoken(text)
    if tells_sums(spoken) and (whole := told_whole(understood(spoken, context))):
        return [whole]  # what is told in one sentence and asked in the next is one question
    if applied := news_applied(spoken, context):
        return applied
    items = under_a_head(spoken)
    told = items or segments(spoken)
    asked = [one for one in told if not small_talk(one)] or told[:1]
    asked = [one for one in asked if not told_beside(one, lambda text: understood(text, context))] or asked
    for segment in asked:
        if told_already(segment, calls):
            continue
        found = in_the_same_time(_plan_one(segment, context, before if items else turns), calls, segment)
        found = of_the_same(found, calls, segment)
        if aside := left_aside(found, segment, told):
            return [aside]
        calls += _not_yet(found, calls)
        turns.append(tuple(Earlier(call.tool, call.args, asked=segment) for call in found))
    return calls


def _not_yet(found: Sequence[Planned], calls: Sequence[Planned]) -> list[Planned]:
    """The calls that are not planned yet, and those whose headline the next one of them takes."""
    needed = {at - 1 for at, call in enumerate(found) if call.amount_from is not None and call not in calls}
    return [call for at, call in enumerate(found) if call not in calls or at in needed]


def _plan_one(segment: str, context: Context, before: Sequence[Turn]) -> list[Planned]:
    if said := follow_up(segment, context, before):
        return _replanned(said, context, before)
    if not before and (POINTS.fullmatch(segment) or (OPENS.match(segment) and len(segment.split()) <= SHORT)):
        return [Planned("ask_back", {"question": NOTHING_BEFORE})]
    aside, segment = _news_aside(without_occasion(_without_reason(segment, context)))
    told = written_for(segment, before, context)
    if told is not None and told.text != segment:
        return stands_for(told, _plan_one(told.text, context, before if told.short else ()))
    segment = _with_antecedents(segment, before[-1] if before else ())
    if is_order(segment):
        return cannot()
    if is_for_texts(segment) and context.stated(segment):
        return [Planned("search_knowledge", {"question": segment})]

    def alone(rest: str) -> list[Planned]:
        return _plan_one(rest, context, ())

    spelt = understood(segment, context).text
    if aside is None and (sure := derived(spelt, alone, context.today)):
        return sure
    found = stands_for(told, _of_one_kind(segment, context, before))
    part = any(call.args.get("question") == WHOLE_OR_PART for call in found)
    if (asks_back(found) and not part) or found[0].tool in UNANSWERED:
        found = derived(spelt, alone, context.today, unread=True) or found
    return [*found, Planned("search_knowledge", {"question": aside})] if aside else found


def _of_one_kind(segment: str, context: Context, before: Sequence[Turn]) -> list[Planned]:
    """The calls of the kind of question that fits best, as a change of the answer before where it is read so."""
    r = understood(segment, context)
    ranking = without_strangers(r, ranked(r, context.router))
    if before and (found := change(segment, context, before, ranking, r)):
        return _replanned(found, context, before)
    if not ranking or ranking[0][0] < SURE or (of_the_world(r, ranking[0][1]) and context.told(r.original)):
        found = list(knowledge.INTENTS[0].fill(r, {}))
    else:
        found = _filled(r, ranking)
    if may_be_ours(r) and (asks_back(found) or (_looks_up(found) and (r.of("team") or not context.told(r.original)))):
        found = taken_as_ours(r, context.router) or found
    if may_be_news(r, found) and context.told(r.original):
        found = list(knowledge.INTENTS[0].fill(r, {}))
    if not _looks_up(found) and (asks_back(found) or wants_a_reason(r.text)) and context.stated(r.original):
        found = with_reason(r, [] if asks_back(found) else found)
    if _looks_up(found) and (slip := unknown_word(r, context.english)):
        asked = f"I could not place “{slip}” in this question. Could you say it in other words?"
        return [Planned("ask_back", {"question": asked})]
    return found


def _looks_up(calls: Sequence[Planned]) -> bool:
    return all(call.tool == "search_knowledge" for call in calls)


def _replanned(calls: list[Planned], context: Context, before: Sequence[Turn]) -> list[Planned]:
    """The calls; where they say that an earlier question is to be read again in other words, those that answer it."""
    if len(calls) == 1 and calls[0].tool == "again":
        turns = int(calls[0].args.get("turns", len(before) - 1))
        return _plan_one(str(calls[0].args["question"]), context, before[:turns])
    return calls


def _filled(r: Reading, ranking: Ranked) -> list[Planned]:
    """The calls of the best intent that leaves nothing of the question out; where none near the best does, a question
    back that names what the best would leave out."""
    best = ranking[0][0]
    near = [ranking[0][1]]
    near += [i for score, i in ranking[1:] if score >= max(best - NEAR, SURE) and i.name not in LAST_RESORTS]
    attempts = [settled(r, intent.fill(r, {})) for intent in near]
    whole = next((calls for calls in attempts if not asks_back(calls)), None)
    if whole is None and SAYS.search(r.text) and not r.of("team"):
        return list(knowledge.INTENTS[0].fill(r, {}))
    if whole is None and ranking[0][1] in spend.INTENTS and own(r) < BARELY_OURS:
        return list(knowledge.INTENTS[0].fill(r, {}))
    return attempts[0] if whole is None else whole


def _without_reason(segment: str, context: Context) -> str:
    """The question of a segment without why it is asked."""
    found = parted(segment)
    rest = found[1] if found and says_nothing_of_the_figure(understood(found[0], context)) else segment
    return without_telling(rest, lambda text: understood(text, context))


def _news_aside(segment: str) -> tuple[str | None, str]:
    """The clause of a mixed question that asks what the news says, and the rest; None and the whole where it is not
    mixed: the rest must ask something too."""
    clauses = re.split(r"(?<=[,;])\s+|\s+-\s+", segment)
    told = [clause for clause in clauses if ASIDE.match(clause) and (NEWS.search(clause) or VIEW.search(clause))]
    rest = [clause for clause in clauses if clause not in told]
    if not told or not any(len(clause.split()) > 2 for clause in rest):
        return None, segment
    return ASIDE.sub("", told[0]).rstrip(",; "), " ".join(rest)


def _with_antecedents(segment: str, earlier: Sequence[Earlier]) -> str:
    """`64 of them` after a question on H100s as `64 H100`; `it` and `that` only where the model or chip was one."""
    named = next((str(name) for call in reversed(earlier) if (name := call.args.get("accelerator"))), None)
    if named is None:
        return segment
    return re.sub(r"\b(?:of\s+)?(?:them|those|these)\b", named, segment, count=1, flags=re.IGNORECASE)


def carried(call: Planned, amount: str, currency: str) -> Planned:
    """`call` with the headline amount of the call before in the argument that waits for it."""
    unit = {"currency": currency} if call.amount_from in {"amount", "budget"} else {}
    return replace(call, args={**call.args, str(call.amount_from): amount, **unit}, amount_from=None)
