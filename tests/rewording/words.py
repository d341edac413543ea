"""One word more or one less in a question."""

from __future__ import annotations

import random
import re

STRANGERS = ("zorblax", "Quvent", "brimly", "tavoque", "ondrelay")
"""Words that name nothing anywhere."""
SMALL = re.compile(r"(?<=\w )(?:the|our|us|me|do|does|did|is|was|were|be|have|in|of|for|on)(?= \w)", re.IGNORECASE)
"""Words without which a question asks the same, if clumsily; none that leaves out, adds, compares or says a rate."""


def with_a_stranger(question: str, chance: random.Random) -> str:
    """The question with a word that names nothing put between two others, or before or after all."""
    words = question.rstrip("?.! ").split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(STRANGERS))
    return " ".join(words) + "?"


def without_a_small_word(question: str, chance: random.Random) -> str:
    """The question without one of its small words; as it is where it has none."""
    places = list(SMALL.finditer(question))
    if not places:
        return question
    place = chance.choice(places)
    return question[: place.start()] + question[place.end() :].lstrip()
