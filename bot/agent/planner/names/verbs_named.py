"""Names of the ledger that are verbs, too, where a question uses them as such."""

from __future__ import annotations

import re

# `How many hours did the p5 run in July`: what it did, and no name.
VERBS = frozenset(("run", "train", "serve", "burn", "build"))
DOES = re.compile(
    r"\b(?:did|do|does|has|have|had|will|to)\b[^,.;?]*(?<! on)(?<! for)(?<! of)(?<! by)(?<! the)(?<! in)\s$", re.I
)
GOES_ON = re.compile(
    r"\s*(?:$|[?.,;]|\b(?:in|on|during|for|last|this|over|since|through|between|at|and|per|each|up)\b)", re.IGNORECASE
)


def is_verb(text: str, match: re.Match[str]) -> bool:
    """Whether a name of the ledger stands as the verb of a question."""
    return (
        match[0] in VERBS
        and DOES.search(text[: match.start()]) is not None
        and GOES_ON.match(text, match.end()) is not None
    )
