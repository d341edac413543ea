"""Several questions in one message, one by one."""

from __future__ import annotations

import re

STARTS = r"what|how|who|which|when|where|why|is|are|do|does|did|can|could|would|should|will|compare|show|give|list|tell"
# A new question begins after ? ; or a line break, or after "and"/"also" when a question word follows.
BREAK = re.compile(
    rf"(?<=[?;])\s+|[\n\r]+|(?:,|\.)?\s+(?:and\s+also|and|also|plus|then)\s+(?=(?:{STARTS})\b[^?;\n]*\?)",
    re.IGNORECASE,
)
SENTENCE = re.compile(rf"(?<=[a-z0-9])\.\s+(?=(?:also|and|{STARTS})\b)", re.IGNORECASE)
ASKS = re.compile(rf"^\W*(?:(?:hi|hey|hello|please|pls|so|ok|and|also)\W+)*(?:{STARTS})\b", re.IGNORECASE)
THANKS = re.compile(
    r"\W*(?:many\s+)?(?:thanks?(?:\s+you)?(?:\s+(?:a lot|so much|very much|in advance))?|thx|cheers|please|pls)\W*",
    re.IGNORECASE,
)


def segments(text: str) -> list[str]:
    """The questions of a message in order, each as written but for doubled spaces; a message with one question is that question.

    A piece with no letters, or a greeting's comma, does not become a question of its own.
    """
    kept: list[str] = []
    flat = re.sub(r"[^\S\n]+", " ", text.strip())
    for piece in filter(None, (piece.strip(" -•*") for piece in BREAK.split(flat))):
        if kept and not re.search(r"[A-Za-z]{2}", piece):
            kept[-1] = f"{kept[-1]} {piece}"
            continue
        if kept and THANKS.fullmatch(piece):
            continue
        told = ""
        for sentence in SENTENCE.split(piece):
            told = f"{told}. {sentence}" if told else sentence
            if _asks(told):
                kept.append(told)
                told = ""
        if told:
            kept.append(told)
    return kept or [flat]


def _asks(piece: str) -> bool:
    """Whether a piece asks something by itself; what is only told belongs to the question after it."""
    return piece.endswith("?") or ASKS.search(piece) is not None
