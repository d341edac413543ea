"""What a text goes on to say of how a thing was done: the sentences after the one that says that it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.candidates import BOILERPLATE, DANGLING, JOINING, MOST_LETTERS, Candidate, refers_back
from knowledge.answering.cues import MEANS, NAME
from knowledge.answering.orders import gives_orders
from knowledge.answering.sentences import sentences
from knowledge.documents import Passage
from knowledge.searching.question import Question
from knowledge.searching.relevance import stems

MOST_FOLLOWING = 3
ASKS_HOW = re.compile(
    r"(?i)\b(?:(?:what|which) (?:\w+ )?(?:measures?|steps?|means|ways?|methods?|actions?|moves?|tricks?|tactics?)|"
    r"by what means|what (?:did|does|is|has|have|are|do) (?:[\w.&'’-]+ ){1,5}?(?:do|doing|done|try|trying|tried)\b|"
    r"how (?:did|does|do|is|are|has|have|was|were|could|can)\b)"
)
GOES_ON = re.compile(r"(?i)^(?:the \w+|its \w+|their \w+|also|in addition|further|next|second|third|finally|then)\b")


def asks_how(asked: Question) -> bool:
    return ASKS_HOW.search(asked.text) is not None and asked.asks in ("way", "what", "yes or no")


def elaborated(told: Candidate, passages: Sequence[Passage]) -> Candidate:
    """`told` with up to three sentences that follow it in its paragraph, until one names somebody new and does not go
    on with the same; the first of them in any case where `told` names no means."""
    line = next((line for line in passages[told.passage].text.split("\n") if told.text in line), "")
    after = sentences(line[line.find(told.text) + len(told.text) :]) if line else []
    whole = told.text
    known = set(NAME.findall(f"{passages[told.passage].title} {told.text}"))
    for at, sentence in enumerate(after[:MOST_FOLLOWING]):
        longer = f"{whole} {sentence}"
        if longer not in line or len(longer) > MOST_LETTERS or gives_orders(sentence) or BOILERPLATE.search(sentence):
            break
        unsaid = at == 0 and not MEANS.search(told.text)
        if not (unsaid or _goes_on(sentence, whole) or not (set(NAME.findall(sentence)) - known)):
            break
        whole = longer
    if whole == told.text:
        return told
    return replace(told, text=whole, said=stems(whole), parts=tuple(map(stems, sentences(whole))))


def _goes_on(sentence: str, before: str) -> bool:
    plain = JOINING.sub("", sentence)
    return bool(
        DANGLING.match(plain) or GOES_ON.match(plain) or MEANS.search(sentence) or refers_back(sentence, before)
    )
