"""A model's instructions are not for the reader: sentences of a reply that repeat them are left out."""

from __future__ import annotations

import re

from bot.agent.grounding.pieces import pieces, without

RUN = 7
"""So many words in a row that stand in the instructions make a sentence a repetition."""


def without_instructions(text: str, instructions: str) -> str:
    """`text` without each sentence and table row that has seven words in a row of the instructions."""
    theirs = _runs(instructions)
    return without(text, [piece for piece in pieces(text) if theirs & _runs(text[piece.start : piece.end])])


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
