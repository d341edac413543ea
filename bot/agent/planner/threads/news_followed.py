"""What is asked after an answer from the news: `and in the first quarter?`, `what about lead times?`, `no, I meant the
airlines`, `why did it go down?`. Each way to read it as a whole question is tried on what is indexed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.together import answers
from bot.agent.planner.threads.history import Turn
from bot.agent.planner.understanding import Context
from knowledge.answering.headlines import subject_of

MOST_WORDS = 12
MEANT = re.compile(
    r"^\W*(?:(?:no|nope|sorry|wait|actually)\b[\s,.!-]*)*(?:(?:i|we)\s+(?:meant|mean|was\s+asking\s+about)|not\s+that\s+one,?|"
    r"make\s+(?:that|it))\s+(?P<what>[^?.!]{2,60})\W*$",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^\W*(?:(?:ok|okay|thanks|and|so|but|also)\b[\s,.!]*)*(?:(?:what|how)\s+about|and)?\s*"
    r"(?P<how>(?:on|at|for|about|of|in|from|with|during|since)\s+)?(?P<what>[^?.!,]{2,50})\?*\W*$",
    re.IGNORECASE,
)
OPENS = re.compile(r"^\W*(?:(?:ok|okay|thanks|so|but|also)\b[\s,.!]*)*(?:and|(?:what|how)\s+about)\b", re.IGNORECASE)
ASKS = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how|which|is|are|was|were|did|does|do|has|have|will)\b", re.IGNORECASE
)
A_TIME = re.compile(
    r"^(?:the\s+)?(?:(?:first|second|third|fourth|last|previous|next|this)\s+(?:quarter|month|year|half|week)|q[1-4]\b.*|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+20\d\d)?|20\d\d|"
    r"(?:quarter|month|year|one|reading|report)\s+before(?:\s+that)?|(?:first|second|third|fourth)\s+quarter\s+of\s+20\d\d)$",
    re.IGNORECASE,
)
WITHOUT_TIME = re.compile(
    r"\b(?:the\s+)?(?:newest|latest|current(?:ly)?|most\s+recent|now|today|at\s+(?:present|the\s+moment))\b\s*|\s+(?:in|for|during)\s+"
    r"(?:the\s+)?(?:(?:first|second|third|fourth|last|previous)\s+(?:quarter|month|year|half)|q[1-4]|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|20\d\d)(?:\s+(?:of\s+)?20\d\d)?",
    re.IGNORECASE,
)
PROPER = re.compile(
    r"\b(?!(?:What|Who|When|Where|Why|How|Which|Any|And|The|Is|Are|Did|Does|Has|Have|In|By|For|On)\b)"
    r"[A-Z][\w&.-]*(?:\s+(?:&\s+)?[A-Z][\w&.-]*)*"
)
PRONOUN = re.compile(r"\b(?:it|they|he|she|him|her|them|this\s+company|that\s+company)\b", re.IGNORECASE)


def news_followed(segment: str, r: Reading, before: Sequence[Turn], context: Context) -> list[Planned] | None:
    """The question that a few words after an answer from the news ask; None where they ask something else."""
    calls = answers(before)
    if not calls or calls[-1].tool != "search_knowledge" or len(segment.split()) > MOST_WORDS or r.has("ours", "spend"):
        return None
    asked = str(calls[-1].args.get("question", ""))
    ways = list(dict.fromkeys(_ways(asked, segment)))
    told = next((way for way in ways if context.told(way)), None)
    if told is None and not (ways and _only_a_time(segment)):
        return None
    return [Planned("search_knowledge", {"question": told or ways[0]})]


def _only_a_time(segment: str) -> bool:
    about = ABOUT.match(segment)
    return about is not None and A_TIME.match(about["what"].strip()) is not None


def _ways(asked: str, segment: str) -> Iterator[str]:
    names = PROPER.findall(asked)
    if meant := MEANT.match(segment):
        yield from _instead(asked, meant["what"].strip(), names)
        return
    if PRONOUN.search(segment) and ASKS.search(segment) and names:
        yield PRONOUN.sub(names[-1], segment, count=1)
        return
    about = ABOUT.match(segment)
    if about is None or ASKS.search(about["what"]) or not (OPENS.match(segment) or about["how"]):
        return
    what = about["what"].strip()
    bare = WITHOUT_TIME.sub(" ", asked).strip(" ?")
    if A_TIME.match(what):
        yield f"{bare} in {what}?"
    elif subject := subject_of(asked):
        yield f"any news on {what}?"
        yield asked.replace(subject, what)
    else:
        yield from _instead(asked, what, names)
        if names:
            yield f"What are the {what} of {' '.join(names)}?"
            yield f"What did {names[-1]} say about {what}?"


def _instead(asked: str, what: str, names: Sequence[str]) -> Iterator[str]:
    """The question with something else in the place of a name, where it names one of its kind."""
    if subject := subject_of(asked):
        yield f"any news on {what}?"
        yield asked.replace(subject, what)
    yield from (asked.replace(name, what) for name in names)
