"""The models that a question names, from the catalogue's names and ids."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from bot.agent.planner.ledger_names import LedgerNames
from bot.agent.slots.lexing import touches
from tools.errors import ToolError
from tools.prices.catalogue import Catalogue
from tools.prices.mentions import Mention, mentions
from tools.prices.names import find_model

CODED = re.compile(r"(?<![\w.@/-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9.]*[A-Za-z0-9])+(?![\w@/])")
IN_PARTS = re.compile(
    r"(?<![\w.@/:-])[A-Za-z][\w-]*(?:[.:/@][\w-]+)*(?:[.:/][A-Za-z][\w-]*|:\d+)(?:[.:/@][\w-]+)*(?![\w@/-])"
)


def models_named(text: str, names: LedgerNames, catalogue: Catalogue) -> tuple[Mention, ...]:
    """The models named, those among them that are known only by their id in the catalogue (text-embedding-3-small)."""
    exact = _exact_ids(text, catalogue)
    taken = [(m.start, m.end) for m in exact]
    read = (_without_thousands(m, text) for m in mentions(text, catalogue, ignore=names.words))
    found = [*exact, *(m for m in read if not touches(m.start, m.end, taken))]
    for coded in CODED.finditer(text):
        if not touches(coded.start(), coded.end(), [(m.start, m.end) for m in found]):
            if coded[0].casefold() not in _ids(catalogue):
                continue
            try:
                found.append(Mention(coded.start(), coded.end(), coded[0], find_model(coded[0], catalogue)))
            except ToolError:
                continue
    return tuple(sorted(found, key=lambda mention: mention.start))


def _exact_ids(text: str, catalogue: Catalogue) -> list[Mention]:
    """The models named by an id that has a maker, a version or a path in it: amazon.nova-lite-v1:0."""
    found = []
    for said in IN_PARTS.finditer(text):
        if said[0].casefold() in _ids(catalogue):
            with suppress(ToolError):
                found.append(Mention(said.start(), said.end(), said[0], find_model(said[0], catalogue)))
    return found


@lru_cache(maxsize=2)
def _ids(catalogue: Catalogue) -> frozenset[str]:
    """The ids of all models, lower case."""
    return frozenset(entry.ref.model.casefold() for entry in catalogue)


def _without_thousands(mention: Mention, text: str) -> Mention:
    """The mention without the end of a number before it: `1,000 gpt-4o-mini calls`."""
    tail = re.match(r"\d{3}\s+(?=\D)", mention.text)
    if tail is None or not re.search(r"\d,$", text[: mention.start]):
        return mention
    return replace(mention, start=mention.start + tail.end(), text=mention.text[tail.end() :])
