"""A model told by the part of its name that differs from the model before: `and the mini?` after gpt-4.1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tools.errors import ToolError
from tools.prices.catalogue import Catalogue
from tools.prices.names import find_model

VARIANTS = (
    *("mini", "nano", "flash-lite", "flash lite", "lite", "flash", "pro", "turbo", "micro"),
    *("opus", "sonnet", "haiku", "small", "medium", "large", "scout", "maverick"),
)
NAMED = re.compile(
    rf"\b(?:the\s+)?(?P<variant>{'|'.join(VARIANTS)})\b(?:\s+(?:model|version|one|variant))?(?![\w.-]*\d)",
    re.IGNORECASE,
)
PARTS = re.compile(r"[^\W_]+(?:\.\d+)*")


def in_place_of_variant(
    text: str, args: Mapping[str, Any], catalogue: Catalogue, ours: frozenset[str] = frozenset()
) -> str | None:
    """`text` with the full name of the model that it tells by its variant alone, of the family and version of the call
    before's; None where it tells none, or where no single model has that name. `ours` are words of the ledger's
    names, none of which is a variant."""
    before = args.get("to_model") or args.get("model")
    before = before[0] if isinstance(before, list | tuple) and len(before) == 1 else before
    found = list(NAMED.finditer(text))
    if not isinstance(before, str) or len(found) != 1 or found[0]["variant"].casefold() in ours:
        return None
    at = found[0]
    if re.search(
        r"[\w.]-$|\b(?:gpt|claude|gemini|mistral|llama|qwen|nova|grok|o\d)[\w.\s-]*$", text[: at.start()], re.I
    ):
        return None  # part of a whole name
    name = sibling(before.split(" on ")[0], at["variant"], catalogue)
    return f"{text[: at.start()]} {name} {text[at.end() :]}".strip() if name else None


def sibling(model: str, variant: str, catalogue: Catalogue) -> str | None:
    """The model that is `model` with `variant` in place of the variant that it has, or added to it."""
    try:
        known = find_model(model, catalogue).model
    except ToolError:
        return None
    own = [part.casefold() for part in PARTS.findall(known)]
    said = [part.casefold() for part in PARTS.findall(variant)]
    kinds = {part for name in VARIANTS for part in PARTS.findall(name)}
    if own[-1:] == ["latest"] or said == [part for part in own if part in kinds]:
        return None
    wanted = sorted([*(part for part in own if part not in kinds), *said])
    names = {name for parts, name in _names(catalogue) if list(parts) == wanted}
    same = {name for name in names if name.split("-")[0] == known.split("-")[0]} or names
    return min(same, key=len) if same else None


@lru_cache(maxsize=2)
def _names(catalogue: Catalogue) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The parts of each model's name in order of the alphabet, and the name as a question would have it."""
    names = {entry.ref.model.casefold() for entry in catalogue}
    plainly = {name for name in names if re.fullmatch(r"[\w.-]+", name)}
    return tuple((tuple(sorted(PARTS.findall(name))), name) for name in sorted(plainly))
