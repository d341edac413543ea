"""Who holds a role now and who held it before: who comes and who goes, in a sentence."""

from __future__ import annotations

import re

from knowledge.cues import ROLE
from knowledge.question import Question

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
    if asks_before(asked):
        return COMING * (goes - 0.5 * (comes and not goes))
    return COMING * (comes - goes)
