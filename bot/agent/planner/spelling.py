"""Misspelt words put right, where only one known word is near: digits and ordinary words are never touched."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from bot.agent.planner.known_words import DOMAIN, LEAVING_OUT, MONTHS, NUMBERS, ONES, PERIOD_WORDS, open_models
from bot.agent.planner.lexicon import cue_words, stem

TENS_AND_ONES = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty-)([a-z]{3,6})\b", re.IGNORECASE)
ASKING = frozenset(("average", "daily", "largest", "biggest", "many", "much", "most", "least", "what", "which"))
# Small words that a slip of three letters may have meant: teh, hte, adn, wht.
SMALL_WORDS = (
    "the",
    "and",
    "for",
    "our",
    "did",
    "how",
    "who",
    "why",
    "was",
    "are",
    "has",
    "what",
    "with",
    "from",
    "that",
)
THREE = re.compile(r"(?<![\w.@/-])[A-Za-z]?[a-z]{2}(?![\w@/]|\.\w|-\d)")
WHICH_TIME = ("last", "this", "past", "previous", "current")
SLIPS_OF_LAST = frozenset(("lat", "las", "lst"))
BEFORE_A_TIME = re.compile(
    rf"(?<![\w-])[a-z]{{3,9}}(?=\s+(?:days?|weeks?|months?|quarters?|years?|{'|'.join(sorted(MONTHS))})\b)",
    re.IGNORECASE,
)
WORD = re.compile(r"(?<![\w.@/-])[A-Za-z]{4,}(?![\w@/]|\.\w|-\d)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """`text` with `changes` made, each (as written, as read)."""

    text: str
    changes: tuple[tuple[str, str], ...]


def corrected(text: str, english: Collection[str], names: Collection[str]) -> Corrected:
    """`text` with each word that is neither English nor known replaced by the one known word nearest to it.

    `names` are single words the ledger or catalogues know. One slip is put right in words of four to seven letters, two
    in longer ones; where two known words are equally near, or none is, the word stays.
    """
    known = {name.lower(): name for name in names if name.isalpha() and len(name) >= 4}
    targets = PERIOD_WORDS | DOMAIN | NUMBERS | LEAVING_OUT | ASKING | cue_words() | known.keys()
    changes: list[tuple[str, str]] = []

    def fix(match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if (
            low in english
            or low in targets
            or low in open_models()
            or any(_inflects(low, other) for other in _same_start(low, targets))
        ):
            return word
        most = 1 if len(low) < 8 else 2
        near = [(DamerauLevenshtein.distance(low, other, score_cutoff=most), other) for other in targets]
        best = sorted((distance, other) for distance, other in near if distance <= most)
        # Of two words at the same distance the one with the same letters is meant: waht is what, not watt. Others are
        # told apart only where they are forms of one word.
        swapped = [pair for pair in best if pair[0] == best[0][0] and sorted(pair[1]) == sorted(low)]
        best = swapped if len(swapped) == 1 else best
        if not best or len({stem(other) for distance, other in best if distance == best[0][0]}) > 1:
            return word
        right = known.get(best[0][1], best[0][1])
        changes.append((word, right))
        return right

    def fix_which(match: re.Match[str]) -> str:
        word = match[0].lower()
        near = [
            right for right in WHICH_TIME if word not in WHICH_TIME and DamerauLevenshtein.distance(word, right) == 1
        ]
        if len(near) != 1 or (word in english and word not in SLIPS_OF_LAST):
            return match[0]
        changes.append((match[0], near[0]))
        return near[0]

    def fix_ones(match: re.Match[str]) -> str:
        word = match[2].lower()
        near = [one for one in ONES if word not in english and DamerauLevenshtein.distance(word, one) == 1]
        if len(near) != 1:
            return match[0]
        changes.append((match[2], near[0]))
        return match[1] + near[0]

    def fix_small(match: re.Match[str]) -> str:
        low = match[0].lower()
        if low in english or low in targets or low in {name.lower() for name in names}:
            return match[0]
        near = [word for word in SMALL_WORDS if sorted(word) == sorted(low)] or [
            word for word in SMALL_WORDS if len(word) == 4 and word[0] == low[0] and _drops_one(low, word)
        ]
        if len(near) != 1:
            return match[0]
        changes.append((match[0], near[0]))
        return near[0]

    spelt = BEFORE_A_TIME.sub(fix_which, WORD.sub(fix, THREE.sub(fix_small, text)))
    return Corrected(TENS_AND_ONES.sub(fix_ones, spelt), tuple(changes))


def _drops_one(word: str, other: str) -> bool:
    """Whether `word` is `other` without one of its letters."""
    return any(word == other[:i] + other[i + 1 :] for i in range(len(other)))


def _inflects(word: str, other: str) -> bool:
    """Whether `word` is a form of `other`: billings of billing; not mistrall of mistral."""
    ends = [word.removeprefix(other), *([word.removeprefix(other[:-1])] if other[-1] in "ey" else [])]
    return stem(word) == stem(other) and any(end in ENDINGS for end in ends)


def _same_start(word: str, targets: Collection[str]) -> list[str]:
    return [other for other in targets if other[:4] == word[:4] and other not in MONTHS]


ENDINGS = frozenset(("s", "es", "ed", "d", "ing", "er", "ers", "ies", "ied", "ly", "'s"))
