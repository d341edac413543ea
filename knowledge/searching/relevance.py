"""Whether passages bear on a question at all: the guard before an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.answering.focus import is_theme
from knowledge.answering.internal import is_internal
from knowledge.documents import Passage
from knowledge.searching.alike import alike, wordings
from knowledge.searching.forms import forms
from knowledge.searching.lexical import LexicalIndex, words
from knowledge.searching.question import Question

# Questions of more terms than this speak of several things, of fewer than that of one.
LONG = 10
SHORT = 3
# A cosine above which a passage speaks of the same thing in other words, as long as it names those asked about.
MEANT = 0.52
SURELY_MEANT = 0.62
# And one above which words that belong together may stand apart.
CLOSE = 0.3
ASKS_A_FACT = ("who", "when", "where", "amount")
# The share of a question's names that may be said in other words.
NAMES_LACKING = 0.25
ANOTHER = re.compile(r"(?i)\b(second|third|fourth|fifth)\s+(?!quarter|half|fiscal)(\w{3,})")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term of a question tells: the rarer it is in the knowledge base, the more."""

    by_term: Mapping[str, float]

    @classmethod
    def of(cls, question: Question, lexical: LexicalIndex) -> Weights:
        def weight(term: str) -> float:
            return math.log(1 + max(lexical.size, 1) / (lexical.frequency(term) + 0.5))

        return cls({term: weight(term) for term in question.terms})

    def coverage(self, said: frozenset[str]) -> float:
        """The share of the question's weight that these stems say, 0 to 1; 0 for a question without terms."""
        total = sum(self.by_term.values())
        covered = sum(weight for term, weight in self.by_term.items() if says(said, term))
        return covered / total if total else 0.0

    def of_rest(self, names: Sequence[str], said: frozenset[str]) -> float:
        """The same for the terms that are no names; 1 where there are none."""
        rest = {term: weight for term, weight in self.by_term.items() if term not in names}
        return Weights(rest).coverage(said) if rest else 1.0


def stems(*texts: str) -> frozenset[str]:
    """A percent sign counts as the word."""
    signs = {"percent"} if any("%" in text for text in texts) else set()
    return frozenset(word for text in texts for word in words(text)) | signs


def stems_of(passage: Passage) -> frozenset[str]:
    return stems(passage.title, passage.publisher, passage.company, passage.text)


def says(said: frozenset[str], term: str) -> bool:
    """Whether these stems have the term, another form of the word, or another word of its meaning."""
    return term in said or not forms(term).isdisjoint(said) or any(other <= said for other in alike(term))


def bearing(question: Question, passages: Sequence[Passage], cosines: Sequence[float], weights: Weights) -> list[int]:
    """Which of `passages` bear on the question, in their order; empty where none does, or where together they lack a
    name that the question turns on. `cosines` compare each passage to the question."""
    if not question.terms:
        return []
    said = [stems_of(passage) for passage in passages]
    kept = [
        at
        for at, (here, cosine) in enumerate(zip(said, cosines, strict=True))
        if _bears(question, passages[at], here, cosine, weights)
    ]
    of_theme = {passages[at].article_id for at in kept if cosines[at] >= MEANT}
    kept = [
        at
        for at in range(len(passages))
        if at in kept or (passages[at].article_id in of_theme and cosines[at] >= MEANT - 0.1 and not question.own)
    ]
    together = frozenset[str]().union(*(said[at] for at in kept))
    lacking = [name for name in question.names if not says(together, name)]
    if len(lacking) > NAMES_LACKING * len(question.names):
        return []
    texts = [f"{passages[at].title}\n{passages[at].text}" for at in kept]
    stand = all(_stands(pair, texts) for pair in question.numbered)
    return kept if stand and all(_is_counted(one, texts) for one in ANOTHER.findall(question.text)) else []


def _is_counted(pair: tuple[str, str], texts: Sequence[str]) -> bool:
    """Whether a text speaks of the second plant, say, and not of a plant."""
    pattern = re.compile(rf"(?i)\b{pair[0]}[\s-]+(?:\w+[\s-]+)?{re.escape(pair[1].removesuffix('s'))}")
    return any(pattern.search(text) for text in texts)


def _bears(question: Question, passage: Passage, said: frozenset[str], cosine: float, weights: Weights) -> bool:
    coverage = weights.coverage(said)
    if question.own and not is_internal(passage):
        return question.asks not in ASKS_A_FACT and coverage >= 0.99 and cosine >= 0.4
    if len(question.terms) > LONG:
        return (coverage >= 0.2 and cosine >= 0.35) or cosine >= 0.6
    if passage.period and any(says(said, name) for name in question.names):
        return (coverage >= 0.25 and cosine >= 0.4) or (coverage >= 0.5 and cosine >= 0.3)
    lacking = [name for name in question.names if not says(said, name)]
    if len(lacking) > NAMES_LACKING * len(question.names) or not all(says(said, one) for one in question.focus):
        return False
    if _apart(question, passage, cosine):
        return False
    if question.asks == "yes or no" and len(question.names) > 1 and cosine >= SURELY_MEANT:
        return True  # whether two have done something: what is said of the two
    if coverage >= 0.99 and _said_together(question, passage):
        return True
    if weights.of_rest(question.names, said) < (0.2 if cosine >= MEANT else 0.3):
        return False
    if cosine >= MEANT and question.asks != "who":
        return True
    return (coverage >= 0.5 and cosine >= 0.3) or (coverage >= 0.4 and cosine >= 0.62)


def _apart(question: Question, passage: Passage, cosine: float) -> bool:
    """Whether two words that name one thing together, such as `share price`, stand apart in the passage."""
    if is_theme(question.text):
        return False
    short_and_far = len(question.terms) <= SHORT and cosine < CLOSE
    things = question.focus or (question.terms if short_and_far else ())
    return any(set(pair) <= set(things) and not _near(pair, passage) for pair in question.pairs)


def _said_together(question: Question, passage: Passage) -> bool:
    """Whether the whole of a short question stands in one place, as a name of two words does."""
    return len(question.terms) > 1 and all(_near(pair, passage) for pair in pairwise(question.terms))


def _near(pair: tuple[str, str], passage: Passage) -> bool:
    """Whether the two words, or others of the same meaning, stand within three words of each other."""
    spoken = words(f"{passage.title}. {passage.text}")
    one, other = wordings(pair[0]), wordings(pair[1])
    places = [at for at, word in enumerate(spoken) if word in one]
    return any(not other.isdisjoint(spoken[max(0, at - 3) : at + 4]) for at in places)


def _stands(pair: tuple[str, str], texts: Sequence[str]) -> bool:
    pattern = re.compile(rf"(?i)\b{re.escape(pair[0])}[\s-]*v?{re.escape(pair[1])}(?![\d]|\.\d)")
    return any(pattern.search(text) for text in texts)
