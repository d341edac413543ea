"""What people put around and into a question without meaning anything else: politeness, casing, typing, marks."""

from __future__ import annotations

import random
import re
from collections.abc import Collection

BEFORE = (
    *("", "", "", "", "", "please ", "pls ", "Hi, ", "hey - ", "Hello! ", "quick question: ", "Can you tell me: "),
    *("could you check ", "I'd like to know: ", "Morning all, ", "so ", "ok, ", "Sorry to bother you. ", "Outlay, "),
    *("One for the CFO: ", "for the board deck: ", "hmm, "),
)
AFTER = (
    *("", "", "", "", "", " please", " pls", " thanks", ", thanks!", " Thank you.", " (need it for a slide)", " asap"),
    *(" cheers", " - finance is asking", " Any idea?", " ??", "!"),
)
SYNONYMS = (
    (r"\bhow much\b", ("how much", "how much money", "what amount")),
    (r"\btokens\b", ("tokens", "toks")),
    (r"\bteam\b", ("team", "squad")),
    (r"\bcosts\b", ("costs", "is")),
    (r"\bWhat is\b", ("What's", "Tell me", "whats")),
    (r"\bWhat did\b", ("Tell me what", "Show me what")),
    (r"\band\b", ("and", "&")),
)
"""Words for which another stands well enough; the sentence may become clumsy, as people's are."""
WORD = re.compile(r"[A-Za-z]{4,}")


def disturbed(text: str, chance: random.Random, words: Collection[str], kept: Collection[str]) -> str:
    """The same question by somebody else. `words` are words of the language and the names that are known: no typing
    error makes one of them, since that would be another question. `kept` holds words, lower case, that stay as they
    are spelt."""
    for pattern, others in SYNONYMS:
        if chance.random() < 0.12:
            text = re.sub(pattern, chance.choice(others), text, count=1)
    if chance.random() < 0.3:
        for _ in range(chance.choice((1, 1, 2))):
            text = mistyped(text, chance, words, kept)
    text = chance.choice(BEFORE) + (text if chance.random() < 0.6 else text[:1].lower() + text[1:])
    text = marked(text, chance) + chance.choice(AFTER)
    cased = chance.random()
    if cased < 0.12:
        text = text.lower()
    elif cased < 0.16:
        text = text.upper()
    return text if chance.random() < 0.93 else text.replace(" ", "  ", 2)


def marked(text: str, chance: random.Random) -> str:
    """The sentence with another mark at its end, or none."""
    bare = text.rstrip("?.! ")
    return bare + chance.choice(("?", "?", "", ".", "??", " ?", "...", "?!"))


def mistyped(text: str, chance: random.Random, words: Collection[str], kept: Collection[str]) -> str:
    """One word with a letter left out, doubled, swapped with its neighbour or hit beside the key."""
    places = [found for found in WORD.finditer(text) if found[0].lower() not in kept]
    if not places:
        return text
    place = chance.choice(places)
    word = place[0]
    at = chance.randrange(1, len(word) - 1)
    made = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice(beside(word[at].lower())) + word[at + 1 :],
            word[:at] + chance.choice("etaoinsrhl") + word[at + 1 :],
        )
    )
    return text if made.lower() in words else text[: place.start()] + made + text[place.end() :]


KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def beside(letter: str) -> str:
    """The letters on the keys left and right of a letter's."""
    row = next(keys for keys in KEYS if letter in keys)
    at = row.index(letter)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
