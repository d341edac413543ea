"""The words that point to what is asked, by group, from `cues.toml`; and which groups a text holds."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

WORD = re.compile(r"[A-Za-z]+(?:[-'’&/][A-Za-z]+)*")
# Nouns that share their stem with what they do not mean: what is projected, other businesses.
NOUNS = {
    "project": frozenset({"forecast"}),
    "projects": frozenset({"forecast"}),
    "business": frozenset({"others"}),
}
_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word.lower().replace("’", "'").removesuffix("'s")))


@dataclass(frozen=True, slots=True)
class Cue:
    group: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[str]], list[tuple[str, re.Pattern[str]]]]:
    """Stem -> groups for single words, and a pattern a group for phrases."""
    groups = tomllib.loads(files("bot.agent.planner.words").joinpath("cues.toml").read_text("utf-8"))
    words: dict[str, set[str]] = {}
    phrases: list[tuple[str, re.Pattern[str]]] = []
    for group, entries in groups.items():
        several = []
        for entry in entries:
            if re.fullmatch(r"[A-Za-z]+", entry):
                words.setdefault(stem(entry), set()).add(group)
            else:
                several.append(re.escape(entry).replace(r"\ ", r"\s+").replace(r"\-", r"[\s-]?"))
        if several:
            joined = "|".join(sorted(several, key=len, reverse=True))
            phrases.append((group, re.compile(rf"(?<![A-Za-z])(?:{joined})(?![A-Za-z])", re.IGNORECASE)))
    return {word: frozenset(found) for word, found in words.items()}, phrases


def cues(text: str) -> tuple[Cue, ...]:
    """Every cue in `text`, by start. A word that is part of a phrase counts for both."""
    words, phrases = _table()
    found = [Cue(group, m.start(), m.end()) for group, pattern in phrases for m in pattern.finditer(text)]
    for match in WORD.finditer(text):
        for part, at in _parts(match):
            groups = words.get(stem(part), frozenset()) - NOUNS.get(part.lower(), frozenset())
            found += [Cue(group, at, at + len(part)) for group in groups]
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _parts(match: re.Match[str]) -> list[tuple[str, int]]:
    """A word and, where it is joined by hyphens or slashes, each of its parts."""
    whole = [(match[0], match.start())]
    if re.search(r"[-/&]", match[0]):
        whole += [(m[0], match.start() + m.start()) for m in re.finditer(r"[A-Za-z']+", match[0])]
    return whole


@lru_cache(maxsize=1)
def cue_words() -> frozenset[str]:
    """Every single word of the table, lower case: what a misspelt word may have meant."""
    groups = tomllib.loads(files("bot.agent.planner.words").joinpath("cues.toml").read_text("utf-8"))
    return frozenset(
        word.lower() for entries in groups.values() for entry in entries for word in re.findall(r"[A-Za-z]{3,}", entry)
    )
