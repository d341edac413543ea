"""Who holds a role now and who held it before: who comes and who goes, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.candidates import Candidate
from knowledge.answering.cues import NAME, ROLE
from knowledge.documents import Passage, day_of
from knowledge.searching.question import Question
from knowledge.searching.relevance import says, stems

COMES = re.compile(
    r"(?i)\b(?:appoint\w*|nam(?:es|ed|ing)|hir(?:es|ed|ing)|join(?:s|ed|ing)?|becom(?:es?|ing)|became|succeed(?:s|ed|ing)?"
    r"|takes? over|took over|taking over|promot\w+|steps? in|stepp(?:ed|ing) (?:in|up)|replac(?:es|ed|ing)|poach\w*"
    r"|tapp?(?:s|ed)|elect(?:s|ed)|picks?|picked|chosen|new|runs|leads|heads|oversees|led by|now)\b"
)
GOES = re.compile(
    r"(?i)\b(?:leav(?:es?|ing)|left|depart\w*|steps? down|stepp(?:ed|ing) down|resign\w*|retir\w+|quits?|quitting"
    r"|outgoing|former(?:ly)?|previous(?:ly)?|predecessor|hand(?:s|ed|ing) over|oust\w*|dismiss\w*|fired|exits?"
    r"|exited)\b"
)
BEFORE = re.compile(
    r"(?i)\b(?:was|were|had|did|used to|before|former(?:ly)?|previous(?:ly)?|predecessor|preceded|earlier|prior|"
    r"originally|first|old|ex-?\w+|left|leave|leaving|replaced|succeeded|quit)\b"
)
# What somebody does who holds the role from then on.
TAKES = re.compile(
    r"(?i)\b(?:takes? (?:over|charge)|took (?:over|charge)|taking over|(?:will )?succeeds?|succeeded|replac(?:es|ed)|"
    r"(?:will )?replace|appointed|names|named|becomes?|became|(?:will )?step(?:s|ped)? (?:in|up)|fills? in|promoted|"
    r"interim|acting|hand(?:s|ed|ing)? (?:\w+ )*over to)\b"
)
# Who held it before is named as the one who is followed.
AFTER_WHOM = re.compile(
    r"\b(?:succeeds?|succeeded|succeeding|follows|followed|following|replaces?|replaced|replacing|takes over from|"
    r"took over from|taking over from|successor (?:to|of))\s+(?:\w+\s+){0,2}?[A-Z]"
)
COMING = 0.3


def asks_before(asked: Question) -> bool:
    """Whether a question of persons is about the past or about who went."""
    return bool(BEFORE.search(asked.text))


def asks_who_now(asked: Question) -> bool:
    """Whether it asks who holds a role, at present where nothing else is said."""
    return asked.asks == "who" and ROLE.search(asked.text) is not None and not asks_before(asked)


def told_of_change(sentence: str, asked: Question) -> float:
    """Added to the score of a sentence that answers "who": for who comes, or for who goes where that is asked."""
    if asked.asks != "who":
        return 0.0
    comes, goes = bool(COMES.search(sentence)), bool(GOES.search(sentence))
    if asks_before(asked) and AFTER_WHOM.search(sentence):
        return COMING
    if asks_before(asked):
        return COMING * (goes - 0.5 * (comes and not goes))
    return COMING * (comes - goes)


def gone_since(
    told: Candidate, candidates: Sequence[Candidate], passages: Sequence[Passage], asked: Question
) -> list[Candidate]:
    """Where a later text says that somebody whom `told` names went: its sentence on that, and the one that says
    who came, which leads where it says of what; empty where nobody went."""
    if asks_who_now(asked) and (successor := _successor(told, candidates)):
        return [successor, told]
    persons = {name.split()[-1] for name in NAME.findall(told.text) if not set(stems(name)) <= set(asked.names)}
    later = [
        one
        for one in candidates
        if day_of(passages[one.passage]) > day_of(passages[told.passage])
        and GOES.search(one.text)
        and any(re.search(rf"\b{re.escape(person)}\b", one.text) for person in persons)
    ]
    newest = max(later, key=lambda one: (day_of(passages[one.passage]), -one.place), default=None)
    if newest is None:
        return []
    beside = [one for one in candidates if one.passage == newest.passage and one.place != newest.place]
    came = [
        one for one in beside if COMES.search(one.text) and set(NAME.findall(one.text)) - set(NAME.findall(told.text))
    ]
    if came and all(says(came[0].said, term) for term in asked.terms if term not in asked.names):
        return [came[0], newest]
    return [newest, *came[:1]]


def _successor(told: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence beside one on somebody who goes that names another person who takes the role."""
    known = set(NAME.findall(told.text))
    if not GOES.search(told.text) or TAKES.search(told.text):
        return None
    beside = [
        one
        for one in candidates
        if one.passage == told.passage and TAKES.search(one.text) and set(NAME.findall(one.text)) - known
    ]
    return min(beside, key=lambda one: abs(one.place - told.place), default=None)
