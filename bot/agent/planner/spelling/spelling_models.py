"""Misspelt names of models, written in parts: `claude-sonent-4-5`."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import DamerauLevenshtein

IN_PARTS = re.compile(r"(?<![\w.@/-])[A-Za-z]+(?=[\w.-]*\d)(?:[-_][A-Za-z0-9.]*[A-Za-z0-9])+(?![\w@/])")
LONG = 5
"""Letters of a part in which one slip is put right."""


def models_spelt(text: str, models: Collection[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """`text` with each name in parts that is none of `models` (lower case), but one of them with one slip in one long
    part of letters, written so; and the changes. Digits and short parts are as in the model's name; of several models
    none is meant."""
    changes: list[tuple[str, str]] = []

    def fix(match: re.Match[str]) -> str:
        said = match[0].lower().replace("_", "-")
        if said in models:
            return match[0]
        near = [name for name in models if _one_slip(said.split("-"), name.split("-"))]
        if len(near) != 1:
            return match[0]
        changes.append((match[0], near[0]))
        return near[0]

    return IN_PARTS.sub(fix, text), tuple(changes)


def _one_slip(said: list[str], name: list[str]) -> bool:
    other = [(one, meant) for one, meant in zip(said, name, strict=False) if one != meant]
    if len(said) != len(name) or len(other) != 1:
        return False
    ((one, meant),) = other
    return meant.isalpha() and len(meant) >= LONG and DamerauLevenshtein.distance(one, meant, score_cutoff=1) == 1
