"""Which words may stand for a word of a question, from `alike.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.answering.nations import pairs
from knowledge.searching.forms import forms
from knowledge.searching.lexical import stem

FILE = Path(__file__).with_name("alike.toml")

# "bring its token costs down", "keep their bill low".
BROUGHT_DOWN = re.compile(
    r"(?i)\b(?:br(?:ing(?:s|ing)?|ought)|g(?:et(?:s|ting)?|ot)|dr(?:iv(?:e|es|ing)|ove)|push(?:e[sd]|ing)?|keep(?:s|ing)?|kept)\s+"
    r"(?P<what>(?:[\w’'-]+\s+){1,5}?)(?:down|low|lower|small)\b"
)


def alike(term: str) -> tuple[frozenset[str], ...]:
    """The other ways to say a stemmed term, each as the stems that must all be there."""
    return _table().get(term, ())


def wordings(term: str) -> frozenset[str]:
    """The stems that may stand for a stemmed term, those of several words each for itself."""
    return frozenset({term}).union(forms(term), *alike(term))


def plainly(text: str) -> str:
    """`text` with its turns of phrase put in plain words: "kept in check" as "kept contained"."""
    pattern, plain = _phrases()
    text = BROUGHT_DOWN.sub(lambda found: f"lower {found['what']}", text)
    return pattern.sub(lambda found: plain[found[0].casefold()], text)


@cache
def _phrases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    plain: Mapping[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))["phrases"]
    longest_first = "|".join(sorted(map(re.escape, plain), key=len, reverse=True))
    return re.compile(rf"(?i)\b(?:{longest_first})\b"), plain


@cache
def _table() -> Mapping[str, tuple[frozenset[str], ...]]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for group in read["groups"]:
        for word in group:
            if " " not in word:
                found[stem(word)].update(_stems(other) for other in group if other != word)
    for word, others in read["said_by"].items():
        found[stem(word)].update(map(_stems, others))
    for one, other in pairs():
        found[one].add(frozenset({other}))
        found[other].add(frozenset({one}))
    return {word: tuple(others) for word, others in found.items()}


def _stems(phrase: str) -> frozenset[str]:
    return frozenset(stem(word) for word in phrase.split())
