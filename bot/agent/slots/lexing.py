"""One spelling for each character, so that the parsers see digits, minus signs and spaces in one form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

Span = tuple[int, int]

_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_JOINING_SPACES = "\u2007\u2008\u2009\u202f\u00a0"
_SAME = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_JOINING_SPACES, "\u00a0"),
        "\u2018": "'",
        "\u2019": "'",
        "\u00d7": "x",
        "\u066b": ".",
        "\u066c": ",",
        "\u066a": "%",
    }
)


class _Spelling(dict[int, int]):
    """A translate table filled as characters are met; every character maps to exactly one."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        if code in _SAME:
            plain = ord(_SAME[code])
        elif 0xFF01 <= code <= 0xFF5E:
            plain = code - 0xFEE0
        elif code > 127 and (digit := unicodedata.decimal(char, None)) is not None:
            plain = ord("0") + digit
        else:
            plain = code
        self[code] = plain
        return plain


_SPELLING = _Spelling()


def flatten(text: str) -> str:
    """`text` with digits of any script as 0-9, every hyphen and minus as "-", non-breaking and thin spaces as U+00A0.

    Has the same length, so an offset into it is an offset into `text`. Case is kept.
    """
    return text if text.isascii() else text.translate(_SPELLING)


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether start (inclusive) to end (exclusive) shares a character with any of `spans`."""
    return any(start < stop and first < end for first, stop in spans)


def blanked(text: str, spans: Iterable[Span], letter: str = " ") -> str:
    """`text` with `letter` in place of each character of `spans`: of `fraud-watch gpt-4o` no part of the team is one of
    the model, and a team called growth tells of no change."""
    for start, end in spans:
        text = text[:start] + letter * (end - start) + text[end:]
    return text
