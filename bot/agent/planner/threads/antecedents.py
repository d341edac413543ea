"""Words of a question that stand for what was told before: `did they spend`, `on it`, `that team`, `the latter`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.agent.planner.plan import Planned
from bot.agent.planner.threads.entities import (
    Entity,
    called,
    last_owner,
    last_sold,
    last_time,
    of_a_kind,
    the_pair,
)
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.planner.threads.taken_out import LEDGER
from bot.agent.planner.understanding import Context, understood
from bot.agent.planner.words.supposed_words import supposes
from bot.agent.slots.machines import INSTANCE
from bot.agent.toolbox.arguments import as_text

SPEND = r"(?:spen[dt]|spending|pay|paid|paying|use|used|using|burn\w*|consum\w*|rack(?:ed)?|run\s+up|go|went|cost)"
AUXILIARY = r"(?:did|do|does|have|has|had|will|would|are|were)"
# Whoever spends: `have they spent`, `their bill`, `those folks used`.
OWNERS = (
    re.compile(
        rf"\b{AUXILIARY}\s+(?P<who>they|these\s+(?:guys|folks|people)|those\s+(?:guys|folks|people))\s+(?:\w+\s+){{0,2}}?{SPEND}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<who>their)\s+(?:\w+\s+){0,2}?(?:spend\w*|bills?|costs?|usage|traffic|budgets?|invoices?|total|tokens?"
        r"|share|forecast|numbers?|models?|providers?|vendors?|top|biggest|largest)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:spen[dt]|used|burn\w*)\s+by\s+(?P<who>them|those\s+(?:guys|folks))\b", re.IGNORECASE),
)
# What is bought: `spend on it`, `pay them`, `uses it`.
SOLD = (
    re.compile(
        r"\b(?:spen[dt]\w*|pay|paid|paying|burn\w*|went|goes|go|cost\w*|use[ds]?)\s+(?:us\s+)?(?:\w+\s+){0,2}?(?:on|to|for|with)\s+"
        r"(?P<who>it|them|that(?:\s+one)?|this(?:\s+one)?|those|these)\b(?!\s+(?:\w+\s+)?(?:all|month|week|quarter|year|period|team))",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:pay|paid|paying|owe)\s+(?P<who>them|it)\b", re.IGNORECASE),
    re.compile(r"\b(?:us(?:e|es|ed|ing)|runs?|running)\s+(?P<who>it|them|that\s+one)\b(?!\s+(?:all|for)\b)", re.I),
    re.compile(
        r"\b(?:do|did|does|have|has)\s+(?P<who>they|it)\s+(?:\w+\s+)?(?:charged?|bill(?:ed)?|invoiced?)\b",
        re.IGNORECASE,
    ),
)
KIND = re.compile(
    r"\b(?P<who>(?:that|the\s+same|said|the\s+latter|the\s+former)\s+(?P<kind>team|squad|department|provider|vendor|supplier|model|llm"
    r"|service|region|project|account|gpu|chip|accelerator|company))\b(?!['’]?s\s+\w+\s+team)",
    re.IGNORECASE,
)
SAME_TIME = re.compile(
    r"\b(?:in|for|during|over|of|at)\s+(?P<who>(?:that|the\s+same|those|these)\s+(?:exact\s+)?(?:months?|quarter|week|day|year"
    r"|periods?|time(?:\s?frame|\s+period)?|date\s+range))\b(?!\s+(?:last|a\s+year|one\s+year|of))",
    re.IGNORECASE,
)
BESIDE = r"\b(?:on|with|for|from|to|by|of|did|does|is|about)\s+"
NO_TIME = r"\b(?!\s+(?:quarter|half|week|month|year|time|days?|\d))"
PAIRED = (
    (re.compile(rf"{BESIDE}(?P<who>the\s+(?:latter|second(?:\s+one)?)){NO_TIME}", re.I), 1),
    (re.compile(rf"{BESIDE}(?P<who>the\s+(?:former|first(?:\s+one)?)){NO_TIME}", re.I), 0),
)  # fmt: skip
TWO = re.compile(
    r"\b(?:which|what|who)(?:\s+one)?\s+(?P<who>(?:of|out\s+of|between|among)\s+(?:the\s+two|them|those(?:\s+two)?|these(?:\s+two)?|both|the\s+two\s+of\s+them))\b"
    r"|\b(?P<both>both\s+of\s+(?:them|those|these)|the\s+two\s+of\s+them|those\s+two|these\s+two)\b",
    re.IGNORECASE,
)
OVER_ALL = re.compile(
    r"\b(?:ever|overall|all[\s-]time|in\s+total|to\s+date|always|usually|now|per|a|each)\b", re.IGNORECASE
)
AHEAD = re.compile(r"\b(?:would|will|could|next|forecast\w*|budgets?|if)\b", re.IGNORECASE)
LEADS = re.compile(r"^\W*(?:(?:and|so|but|ok(?:ay)?|now|then|also)\b[\s,]*)+", re.IGNORECASE)
COST = re.compile(r"\bcost$", re.IGNORECASE)
SHORT = 4
WHOSE = "What does “{}” stand for here? Please name it."


@dataclass(frozen=True, slots=True)
class Told:
    """A question with what its words stand for written out; `unknown` is a word that stands for nothing told before;
    `short`: it may still be a change of the answer before."""

    text: str
    unknown: str = ""
    short: bool = False


def written_for(segment: str, before: Sequence[Turn], context: Context) -> Told | None:
    """`segment` with each word that points back replaced by the name that it stands for, and with the time of the
    answer that told the name, where it says none; None where nothing in it points back so."""
    text, unknown, times = segment, "", list[Earlier]()
    r = understood(segment, context)
    named = {value.dimension for value in r.values}
    things = bool(r.models or r.accelerators or INSTANCE.search(r.text))
    named |= {"model"} if things else set()

    def put(pattern: re.Pattern[str], find: Callable[[re.Match[str]], Entity | None], join: str = "") -> None:
        nonlocal text, unknown
        match = pattern.search(text)
        if match is None or (things and COST.search(match[0])):
            return
        who = next(group for group, said in match.groupdict().items() if said and group in {"who", "both"})
        found = find(match)
        if found is None:
            unknown = unknown or match[who]
            return
        ending = "'s" if match[who].lower() == "their" else ""
        text = f"{text[: match.start(who)]}{join}{found.name}{ending}{text[match.end(who) :]}"
        times.append(found.told)

    if not named & {"team", "project", "workspace", "sub_account", "account", "user"}:
        for pattern in OWNERS:
            put(pattern, lambda _: last_owner(before, context))
    if not named & {"provider", "service", "model"}:
        for pattern in SOLD:
            put(pattern, lambda match: last_sold(before, context, who="they" in match[0] or "them" in match[0]))
    put(KIND, lambda match: of_a_kind(match["kind"], before, context))
    for pattern, place in PAIRED:
        put(pattern, lambda _, place=place: called(place, before, context))  # type: ignore[misc]
    if pair := the_pair(before, context):
        put(TWO, lambda _: pair, join="of ")
    put(SAME_TIME, lambda _: last_time(before))
    if text == segment:
        return Told(segment, unknown) if unknown else None
    return Told(_with_its_time(LEADS.sub("", text), times, context), unknown, len(segment.split()) <= SHORT)


def stands_for(told: Told | None, calls: list[Planned]) -> list[Planned]:
    """The calls; where they are on own spend and a word of the question stands for nothing told before, nor for the
    model or the part that is supposed to change, a question back."""
    named = supposes(calls) and any(call.args.keys() & {"to_model", "part"} for call in calls)
    unsure = told is not None and told.unknown and any(call.tool.startswith(LEDGER) for call in calls) and not named
    return [Planned("ask_back", {"question": WHOSE.format(told.unknown)})] if told and unsure else calls


def _with_its_time(text: str, told: Sequence[Earlier], context: Context) -> str:
    """`text` in the time of the answer that told the name, where it asks for own spend and says no time."""
    r = understood(text, context)
    period = next((span for call in told if (span := base_period(call.args))), None)
    ledger = any(call.tool.startswith(LEDGER) for call in told)
    if period is None or not ledger or r.periods or OVER_ALL.search(text) or r.has("price") or AHEAD.search(text):
        return text
    end = text.rstrip(" ?.!")
    return f"{end} in {as_text(period)}{text[len(end) :]}"
