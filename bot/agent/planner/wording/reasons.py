"""Why somebody asks, said before the question: `need a number for the steering deck, how much has legal spent`."""

from __future__ import annotations

import re

from bot.agent.planner.left_over.weights import changes_the_figure
from bot.agent.planner.reading import Reading

ASK = (
    r"(?:(?:so|and|but|any idea|do you know|does anyone know|i wonder|wondering|(?:please\s+)?tell me"
    r"|(?:can|could|would|will)\s+(?:you|u|someone|anyone|we|i)(?:\s+please)?)\s+)*"
    r"(?:what|how\s+(?:much|many|far|is|are|does|do|did)|which|who|where|when|why|is|are|do|does|did|was|were|has"
    r"|have|will"
    r"|show|give|pull|list|tell|get|compare|break)\b"
)
BEFORE_IT = re.compile(
    rf"^(?P<why>[^?\n]{{6,160}}?)(?:\s*[,;:.!–—]+\s+|\s+-+\s+)(?P<ask>{ASK}.{{8,}})$", re.IGNORECASE | re.DOTALL
)
WHY = re.compile(
    r"\b(?:need(?:s|ed|ing)?|prepp?(?:ing)?|prepar\w+|putting together|working on|writing|building|filling|updating"
    r"|asking|asked|asks|wants?|wanted|wondering|chas(?:es|ed|ing)|ping(?:s|ed|ing)|bugging|quick (?:one|question|q)"
    r"|dumb question|question for you|sorry|got a sec"
    r"|(?:sanity|gut|reality|double|cross|quick)[\s-]check\w*|trying to|looking (?:at|into)|checking|curious|about to"
    r"|heading into|slides?|deck|qbr|review|meeting|standup|stand-up|retro|sync|mtg|call|planning|report|newsletter"
    r"|wiki)\b",
    re.IGNORECASE,
)
# Whose name only says who wants to know: `finance is chasing me`.
WHO_ASKS = re.compile(
    r"(?:['’]s)?\s+(?:team\s+)?(?:(?:is|are|has|have|was|were|keeps?)\s+)?(?:been\s+)?(?:asking|asked|asks|wants?"
    r"|wanted|needs?"
    r"|chas\w+|ping\w+|bugging|wondering|curious)\b",
    re.IGNORECASE,
)


SOON = re.compile(
    r"\b(?:in|at)\s+(?:\d{1,2}(?::\d\d)?\s*(?:mins?|minutes?|hours?|hrs?|h|am|pm|o['’]?clock)|an\s+hour|\d{1,2}"
    r"(?::\d\d)?$)",
    re.IGNORECASE,
)


def parted(segment: str) -> tuple[str, str] | None:
    """The reason, without the hour it tells, and the question, where a segment looks like the two."""
    found = BEFORE_IT.match(segment)
    return (SOON.sub("", found["why"]), found["ask"]) if found and WHY.search(found["why"]) else None


BY = re.compile(r"\b(?:by|per|each|every|split|across)\b", re.IGNORECASE)


def says_nothing_of_the_figure(why: Reading) -> bool:
    """Whether a reason names nothing that the question could be about: no time, amount, model, split or limit, and
    nobody but who wants to know."""
    split = why.groupings and BY.search(why.text)
    named = why.models or why.accelerators or why.periods or why.amounts or split
    others = [v for v in why.values if not WHO_ASKS.match(why.text, v.end)]
    return not (named or others or changes_the_figure(why.text))


OCCASION = re.compile(
    r"[\s,]*\b(?:before|ahead of|in time for|going into|for|in|at)\s+(?:the|my|our|today['’]s|tomorrow['’]s|this"
    r"|next|a|an)\s+(?:(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d)[a-z]*\b|\d)[a-z'’-]+\s+){0,3}?"
    r"(?:meeting|call|sync|stand-?up|qbr|1:1|one-on-one|all[\s-]hands|presentation|slides?|deck|board\s+(?:meeting"
    r"|pack|deck)|steerco|offsite)\b",
    re.IGNORECASE,
)


def without_occasion(text: str) -> str:
    """`text` without what it is asked for: `before the Monday finance meeting`, `for my slides`."""
    rest = OCCASION.sub("", text)
    return rest if len(rest.split()) > 1 else text
