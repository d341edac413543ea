"""What to offer when a name is not clear: options that each name one model, and the nearest names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tools.prices.catalogue import Catalogue, Entry
from tools.prices.families import maker_of, with_family
from tools.prices.index import literals
from tools.prices.spelling import key, numbers, tokens, without_address
from tools.prices.vocabulary import MAKERS


def option(entry: Entry, catalogue: Catalogue) -> str:
    """A short answer that names this entry and nothing else; its id where the name tells no version."""
    versioned = filter(has_digit, (entry.name, entry.ref.model, *sorted(literals(entry.info.match), reverse=True)))
    name = next(versioned, entry.name)
    if maker_of(key(tokens(without_address(entry.name)))) == entry.ref.provider and entry.endpoint is None:
        return name
    return f"{name} on {entry.provider_name}" + (" regional" if entry.endpoint == "regional" else "")


def has_digit(name: str) -> bool:
    return any(letter.isdigit() for letter in name)


def nearest(said: str, catalogue: Catalogue, most: int = 5) -> list[str]:
    """Names of models at their makers' closest to what was said, of its family where it has one; may be empty."""
    from rapidfuzz import fuzz, process

    family = next((part for part in with_family(key(tokens(said))) if part in MAKERS and part.isalpha()), "")
    everyone = _makers_names(catalogue)
    names = {folded: name for folded, name in everyone.items() if family in folded} or everyone
    found = process.extract(said.casefold(), names.keys(), scorer=fuzz.ratio, limit=most, score_cutoff=60)
    return [names[name] for name, _, _ in found]


@lru_cache(maxsize=2)
def _makers_names(catalogue: Catalogue) -> dict[str, str]:
    return {
        entry.name.casefold(): entry.name
        for entry in catalogue
        if entry.kind == "text"
        and entry.endpoint is None
        and maker_of(key(tokens(entry.name))) == entry.ref.provider
        and not catalogue.withdrawn(entry)
    }


def options(entries: Iterable[Entry], catalogue: Catalogue) -> list[str]:
    """At most eight, current models before all others, newest first, one for each name."""
    unique = list({entry.ref: entry for entry in entries}.values())
    current = [entry for entry in unique if not catalogue.withdrawn(entry)] or unique
    plain = [entry for entry in current if not re.search(r":free|latest", entry.ref.model)] or current
    ordered = sorted(plain, key=lambda entry: (entry.endpoint == "regional", *_newest(entry)))
    return list(dict.fromkeys(option(entry, catalogue) for entry in ordered))[:8]


def _newest(entry: Entry) -> tuple[bool, tuple[int, ...], int, str]:
    found = [part for part in numbers(key(tokens(entry.name))) if re.fullmatch(r"\d+(\.\d+)*[a-z]?", part)]
    steps = max((tuple(int(step) for step in re.findall(r"\d+", part)) for part in found), default=())
    return not steps, tuple(-step for step in (*steps, 0, 0)[:3]), len(entry.name), entry.name
