"""Templates of questions: `[a|b]` is one of its parts, `<a;b;c>` are its clauses in any order, `{slot}` a value."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SHUFFLE = re.compile(r"<([^<>]*)>")


def written(template: str, slots: Mapping[str, str], chance: random.Random) -> str:
    """One wording of the template, its slots filled in."""
    text = template
    while found := CHOICE.search(text):
        text = text[: found.start()] + chance.choice(found[1].split("|")) + text[found.end() :]
    while found := SHUFFLE.search(text):
        clauses = found[1].split(";")
        chance.shuffle(clauses)
        joint = chance.choice((", ", " ", ", "))
        text = text[: found.start()] + joint.join(clauses) + text[found.end() :]
    return " ".join(text.format(**slots).split())
