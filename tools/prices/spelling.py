"""How a model's name is taken apart: `Claude-3-5 Sonnet`, `claude 3.5 sonnet` and `sonnet 3.5` have one key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Key = tuple[str, ...]

_TOKEN = re.compile(
    r"(?P<date>20\d\d-[01]\d-[0-3]\d(?!\d)|20\d\d[01]\d[0-3]\d(?!\d)|(?<!\d)[01]\d-20\d\d(?!\d)"
    r"|(?<=preview-)[01]\d-[0-3]\d(?!\d))"
    r"|(?P<series>(?<![a-z0-9.])(?:[rkmo]\d+(?:\.\d+)*b?(?![a-z0-9])|o[134](?=mini|pro)))"
    r"|(?P<omni>4[ -]?o(?![a-z0-9]))"
    r"|(?P<size>\d+x\d+b)"
    r"|(?:(?<![a-z0-9])v(?=\d))?(?P<number>\d+(?:\.\d+)*(?:[a-z]{1,2}(?![a-z]))?)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<plus>(?<=r)\+)"
)
_PATH = re.compile(r"^.*/")
_DOTTED = re.compile(r"^(?:[a-z-]+\.)+(?=[a-z])")
_REVISION = re.compile(r"-v\d+:\d+$|(?<=\d)-v\d$|(?<=\d):\d$|@default$")
_MINOR = re.compile(r"\d")
_MAJOR = re.compile(r"\d{1,2}")

SOFT = frozenset({"instruct", "it", "preview", "latest", "versatile", "maas", "hf", "model", "api", "the"})
SOFT_FOR_OPEN_WEIGHTS = frozenset({"turbo", "fp8", "fp4", "fp16", "bf16", "awq", "instant", "chat"})
OPEN_WEIGHTS = frozenset({"llama", "qwen", "mixtral", "gemma", "oss"})


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a name, lower case, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def is_date(self) -> bool:
        return self.text.startswith("#")

    @property
    def is_number(self) -> bool:
        """Holds a digit: a version, a size, a series (`4.5`, `70b`, `4o`, `o3`). Such parts are never fuzzy."""
        return any(letter.isdigit() for letter in self.text)


def tokens(text: str) -> list[Token]:
    """The parts of a name or a sentence in order. `2024-08-06` and `20240806` are one date part each."""
    parts = []
    for match in _TOKEN.finditer(text.lower()):
        kind = match.lastgroup
        value = match[0].replace("-", "") if kind == "date" else "4o" if kind == "omni" else match[kind or 0]
        parts.append(
            Token("#" + value if kind == "date" else "plus" if kind == "plus" else value, match.start(), match.end())
        )
    return parts


def key(parts: Sequence[Token]) -> Key:
    """The parts sorted, versions joined: `3`, `5` is `3.5`, and `4.0` is `4`."""
    return _sorted(_joined(parts))


def soft_key(parts: Sequence[Token]) -> Key:
    """The key without dates, release codes and words that do not change which model is meant."""
    return key_and_soft_key(parts)[1]


def key_and_soft_key(parts: Sequence[Token]) -> tuple[Key, Key]:
    joined = _joined(parts)
    soft = SOFT | SOFT_FOR_OPEN_WEIGHTS if not OPEN_WEIGHTS.isdisjoint(joined) else SOFT
    kept = [part for part in joined if part not in soft and part[0] != "#" and not _is_release(part)]
    if "maverick" in kept or "scout" in kept:
        kept = [part for part in kept if not (part[-1] in "be" and part[:-1].isdigit())]
    return _sorted(joined), _sorted(kept)


def without_address(ident: str) -> str:
    """An API model id without path, region, maker prefix and revision: `eu.anthropic.claude-haiku-4-5-v1:0` is
    `claude-haiku-4-5`."""
    bare = _PATH.sub("", ident.lower().strip())
    return _REVISION.sub("", _DOTTED.sub("", bare))


def numbers(name: Key) -> frozenset[str]:
    """Versions and sizes of a key, without dates and release codes."""
    return frozenset(
        part
        for part in name
        if any(letter.isdigit() for letter in part) and not part.startswith("#") and not _is_release(part)
    )


def _is_release(part: str) -> bool:
    return part.isdigit() and (len(part) == 4 or (len(part) in (2, 3) and part[0] == "0"))


def _joined(parts: Sequence[Token]) -> list[str]:
    joined: list[str] = []
    previous: Token | None = None
    for part in parts:
        near = previous is not None and part.start - previous.end == 1
        if near and previous and _MAJOR.fullmatch(previous.text) and _MINOR.fullmatch(part.text):
            joined[-1] = f"{previous.text}.{part.text}"
            previous = None
            continue
        joined.append(part.text)
        previous = part
    return [part[:-2] if part.endswith(".0") and part[:-2].isdigit() else part for part in joined]


def _sorted(parts: Sequence[str]) -> Key:
    return tuple(sorted(parts, key=words_first))


def words_first(part: str) -> tuple[bool, str]:
    return not part.isalpha(), part
