"""Misspelt words put right, where only one known word is near: digits and ordinary words are never touched."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from bot.agent.planner.left_over.unread import NAME_PLACES
from bot.agent.planner.spelling.spelling_in_place import put_right_after, put_right_before
from bot.agent.planner.spelling.spelling_targets import (
    MONTHS,
    open_models,
    plain_words,
    short_words,
    values,
    values_and_cues,
)
from bot.agent.planner.words.lexicon import stem
from bot.agent.slots.lexing import touches

WORD = re.compile(r"(?<![\w.@/-])[A-Za-z]{3,}(?![\w@/]|\.\w|-\d)")
ENDINGS = frozenset(("s", "es", "ed", "d", "ing", "er", "ers", "ies", "ied", "ly", "'s"))
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of the commonest keyboards' letters, each a bit to the right of the one above."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """`text` with `changes` made, each (as written, as read)."""

    text: str
    changes: tuple[tuple[str, str], ...]


SPANS = frozenset(("month", "months", "week", "weeks", "quarter", "quarters", "year", "years"))
BARE = re.compile(r"\b(?:in|during|for|since|until|of)\s+$", re.IGNORECASE)
# Shorter words are put right by `_small` alone.
SHORTEST = 4
# `recalculated`, `reprice`: done once more, whatever is done.
LONG_ENOUGH = 6


def corrected(text: str, english: Collection[str], names: Collection[str], others: Collection[str] = ()) -> Corrected:
    """`text` with each word that is neither English nor known replaced by the one known word nearest to it.

    `names` are single words the ledger or catalogues know; where one of `others` is as near, nothing is put right. One
    slip is put right in words of four to seven letters, two in longer ones; of three letters only what lacks one of a
    few common words. Of several known words as near, the one that a slip of the hand makes most easily is meant, unless
    another is a value (a month, a number, a name): then, and where none is near, the word stays. Where a name must
    stand, no ordinary word is read into it.
    """
    known = {name.lower(): name for name in names if name.isalpha() and len(name) >= 4}
    named = values_and_cues() | known.keys()
    every = named | plain_words()
    sure, before = put_right_before(text, english, {*every, *names})
    places = [match.span("name") for pattern in NAME_PLACES for match in pattern.finditer(sure)]
    said = frozenset(text.lower().split())
    shouted = text.isupper()
    changes: list[tuple[str, str]] = []

    def fix(match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if (
            low in english
            or (low.startswith("re") and low[2:] in english and len(low) > LONG_ENOUGH)
            or low in every
            or low in names
            or low in open_models()
            or any(_inflects(low, other) for other in _same_start(low, every))
        ):
            return word
        a_name = touches(*match.span(), places) or (
            word[0].isupper() and not shouted and not _opens(sure, match.start())
        )
        if len(low) == 3:
            right = None if word.isupper() else _small(low, every, a_name)
        else:
            right = _nearest(low, named if a_name else every, known)
            if right is not None and _nearest(low, {right, *others}, {*known, *others}) != right:
                return word
        if (
            right is None
            or (right in known and right in said)
            or (right in SPANS and BARE.search(sure[: match.start()]))
        ):
            return word  # nobody sets a name beside itself, or says `in month`: another was meant
        changes.append((word, known.get(right, right)))
        return known.get(right, right)

    spelt, after = put_right_after(WORD.sub(fix, sure), english)
    return Corrected(spelt, (*before, *changes, *after))


def _nearest(word: str, targets: Collection[str], names: Collection[str]) -> str | None:
    """The word that is meant, None where several may be."""
    most = 1 if len(word) < 8 else 2
    if len(word) < SHORTEST:
        return None
    near = [(DamerauLevenshtein.distance(word, other, score_cutoff=most), other) for other in targets]
    near = [(distance, other) for distance, other in near if distance <= most]
    least = min((distance for distance, _ in near), default=0)
    same = sorted((_effort(word, other), other) for distance, other in near if distance == least)
    if not same:
        return None
    best, right = same[0]
    if right[0] != word[0] and (least > 1 or len(word) == SHORTEST) and sorted(right) != sorted(word):
        return None  # `sech` is as well a name
    # A value is told only where nothing else may be meant; nothing else is where a value may be as well.
    told = right in values() or right in names
    rivals = [other for effort, other in same if told or effort == best]
    rivals += [other for effort, other in same if effort <= best + 1 and (other in values() or other in names)]
    return right if {stem(other) for other in rivals} == {stem(right)} else None


FIRST_LETTER = 4


def _effort(word: str, other: str) -> int:
    """How unlikely a hand writes `word` for `other`: letters swapped or doubled 0, left out or of the key beside 1,
    others 2; 4 where the first letter is another."""
    first = FIRST_LETTER if word[0] != other[0] else 0
    if len(word) == len(other):
        wrong = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
        if sorted(word) == sorted(other):
            return first
        return first + (1 if all(_beside(a, b) for a, b in wrong) else 2)
    doubled = len(word) > len(other) and any(
        word[:i] + word[i + 1 :] == other and word[i] == word[i - 1] for i in range(1, len(word))
    )
    return first + (0 if doubled else 1 if len(word) < len(other) else 2)


def _beside(one: str, other: str) -> bool:
    """Whether two letters' keys touch each other."""
    (row, at), (beside, there) = sorted(
        (r, keys.index(letter)) for letter in (one, other) for r, keys in enumerate(KEYS) if letter in keys
    )
    return abs(at - there) == 1 if row == beside else beside - row == 1 and at - there in {0, 1}


def _small(word: str, known: Collection[str], a_name: bool) -> str | None:
    """The common word of three letters that `word` is with two of them swapped, or of four letters that it is without
    one of them but the first."""
    if swapped := [one for one in short_words() if sorted(one) == sorted(word)]:
        return swapped[0] if len(swapped) == 1 else None
    if a_name:
        return None
    near = [one for one in known if len(one) == 4 and any(one[:i] + one[i + 1 :] == word for i in (1, 2, 3))]
    return near[0] if len(near) == 1 and near[0] in short_words() else None


def _opens(text: str, start: int) -> bool:
    """Whether a word is the first of a sentence."""
    before = text[:start].rstrip(" \"'(*_-")
    return not before or before[-1] in ".?!:;"


def _inflects(word: str, other: str) -> bool:
    """Whether `word` is a form of `other`: billings of billing; not mistrall of mistral."""
    ends = [word.removeprefix(other), *([word.removeprefix(other[:-1])] if other[-1] in "ey" else [])]
    return stem(word) == stem(other) and any(end in ENDINGS for end in ends)


def _same_start(word: str, targets: Collection[str]) -> list[str]:
    return [other for other in targets if other[:4] == word[:4] and other not in MONTHS]
