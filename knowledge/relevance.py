"""Whether passages bear on a question at all: the guard before an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.documents import Passage
from knowledge.lexical import LexicalIndex, stem, words
from knowledge.question import Question

# Questions of more terms than this speak of several things, of fewer than that of one.
LONG = 10
SHORT = 3
# The share of a question's names that may be said in other words.
NAMES_LACKING = 0.25
# A term counts as said where all the words of another way to say it are there.
SAME_MEANING: dict[str, tuple[str, ...]] = {
    "capex": ("capital spending", "capital expenditure", "property equipment"),
    "cfo": ("chief financial officer", "finance chief"),
    "ceo": ("chief executive",),
    "cto": ("chief technology officer",),
    "coo": ("chief operating officer",),
    "llm": ("language model",),
    "ai": ("artificial intelligence",),
    "firm": ("company",),
    "rent": ("rental", "hire"),
    "rental": ("rent",),
    "pay": ("paid", "price", "cost"),
    "price": ("cost", "pricing"),
    "pricing": ("price",),
    "electricity": ("energy", "power"),
    "energy": ("electricity", "power"),
    "spend": ("spending", "expenditure"),
    "job": ("role",),
    "responsible": ("responsibility", "duties"),
    "responsibility": ("duties", "responsible"),
    "duties": ("responsibility", "responsible"),
    "contain": ("control", "reduce"),
    "control": ("contain", "reduce"),
    "reduce": ("cut", "lower"),
    "cut": ("reduce", "lower", "contain", "control"),
    "save": ("reduce", "lower", "cheap", "cut"),
    "high": ("expensive",),
    "expensive": ("cost",),
    "rise": ("rising", "rose", "grow", "increase"),
    "grow": ("growth", "rise", "increase"),
    "fall": ("fell", "decline", "drop"),
    "apply": ("application", "applies", "effect"),
    "start": ("began", "since", "begin"),
    "revenue": ("sales",),
    "sales": ("revenue",),
    "r&d": ("research development",),
    "profit": ("income",),
    "income": ("earnings", "profit"),
    "acquisition": ("acquire", "acquired", "merger"),
    "divestiture": ("sold", "sale", "divest"),
    "boss": ("chief",),
    "lead": ("head", "run"),
    "head": ("lead", "chief"),
    "run": ("lead", "head", "manage"),
    "buy": ("purchase", "bought"),
}


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
    return frozenset(word for text in texts for word in words(text))


def stems_of(passage: Passage) -> frozenset[str]:
    return stems(passage.title, passage.publisher, passage.company, passage.text)


def says(said: frozenset[str], term: str) -> bool:
    return term in said or any(other <= said for other in _ALIKE.get(term, ()))


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
    together = frozenset[str]().union(*(said[at] for at in kept))
    lacking = [name for name in question.names if not says(together, name)]
    if len(lacking) > NAMES_LACKING * len(question.names):
        return []
    texts = [f"{passages[at].title}\n{passages[at].text}" for at in kept]
    return kept if all(_stands(pair, texts) for pair in question.numbered) else []


def _bears(question: Question, passage: Passage, said: frozenset[str], cosine: float, weights: Weights) -> bool:
    coverage = weights.coverage(said)
    if question.own:
        return coverage >= 0.99 and cosine >= 0.4
    if len(question.terms) > LONG:
        return (coverage >= 0.2 and cosine >= 0.35) or cosine >= 0.6
    if passage.period and any(says(said, name) for name in question.names):
        return (coverage >= 0.25 and cosine >= 0.4) or (coverage >= 0.5 and cosine >= 0.3)
    lacking = [name for name in question.names if not says(said, name)]
    if len(lacking) > NAMES_LACKING * len(question.names) or weights.of_rest(question.names, said) < 0.3:
        return False
    if len(question.terms) <= SHORT and any(not _near(pair, passage) for pair in question.pairs):
        return False
    return (coverage >= 0.5 and cosine >= 0.3) or (coverage >= 0.4 and cosine >= 0.62)


def _near(pair: tuple[str, str], passage: Passage) -> bool:
    """Whether the two words, or others of the same meaning, stand within three words of each other."""
    spoken = words(f"{passage.title}. {passage.text}")
    one, other = _wordings(pair[0]), _wordings(pair[1])
    places = [at for at, word in enumerate(spoken) if word in one]
    return any(not other.isdisjoint(spoken[max(0, at - 3) : at + 4]) for at in places)


def _wordings(term: str) -> frozenset[str]:
    return frozenset({term}).union(*(alike for alike in _ALIKE.get(term, ()) if len(alike) == 1))


def _stands(pair: tuple[str, str], texts: Sequence[str]) -> bool:
    pattern = re.compile(rf"(?i)\b{re.escape(pair[0])}[\s-]*v?{re.escape(pair[1])}(?![\d]|\.\d)")
    return any(pattern.search(text) for text in texts)


_ALIKE: dict[str, tuple[frozenset[str], ...]] = {
    stem(word): tuple(frozenset(stem(part) for part in other.split()) for other in others)
    for word, others in SAME_MEANING.items()
    if " " not in word
}
