"""How near passages are in meaning to a question: the passage as a whole, or the one sentence of it that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.answering.sentences import sentences
from knowledge.documents import Passage
from knowledge.searching.question import Question
from knowledge.searching.relevance import MEANT, Weights, stems, stems_of
from knowledge.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A passage that says so much of the question may hold many topics, of which one sentence is near: minutes do.
SAID = 0.6
# So many sentences are compared (5 to 15 ms each), each of at most so many words.
MOST, LONGEST = 3, 60


def nearness(
    store: Store, passages: Sequence[Passage], asked: Question, weights: Weights, vector: NDArray[np.float32]
) -> list[float]:
    """The cosine of each passage to the question's vector, -1 to 1, by the stored vectors; of one that says most of
    the question's words, that of its best sentence where it is nearer. A passage that is gone
    meanwhile counts as unlike."""
    numbers = store.registry.numbers_of([one.id for one in passages])
    found, vectors = store.registry.vectors(list(numbers.values()))
    by_number = dict(zip(found, (vectors @ vector).tolist() if found else [], strict=True))
    cosines = [by_number.get(numbers.get(one.id, -1), 0.0) for one in passages]
    telling = [
        (share, at, sentence)
        for at, one in enumerate(passages)
        if not one.period and cosines[at] < MEANT and weights.coverage(stems_of(one)) >= SAID
        for sentence in sentences(one.text)
        if len(sentence.split()) <= LONGEST and (share := weights.coverage(stems(sentence))) >= SAID / 2
    ]
    best = sorted(telling, key=lambda one: -one[0])[:MOST]
    if best:
        for (_, at, _), cosine in zip(best, store.vectors_of([one[2] for one in best]) @ vector, strict=True):
            cosines[at] = max(cosines[at], float(cosine))
    return cosines
