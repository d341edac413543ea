"""Bytes to clean text, whatever wrote them."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from knowledge.errors import BadDocument

BINARY_SIGNATURES = (
    b"\x7fELF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"MZ\x90",
    b"%PDF-",
    b"SQLite format",
)
# Besides controls: zero-width and directional marks, and the tags and selectors that can spell out hidden text.
UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]|"
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


def decoded(content: bytes, name: str) -> str:
    """UTF-8 (or UTF-16 with a byte-order mark), else Windows-1252. Raises BadDocument for what is not text."""
    if content.startswith(BINARY_SIGNATURES):
        raise BadDocument(name, "this is a binary file, not text.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BadDocument(name, f"the text is not valid UTF-16 ({error.reason}).") from error
    if b"\x00" in content:
        raise BadDocument(name, "this is a binary file, not text.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        strange = sum(letter == "\ufffd" or (category(letter) == "Cc" and letter not in "\t\r\n") for letter in text)
        if strange > 0.01 * len(text):
            raise BadDocument(name, "the text is neither UTF-8 nor Windows-1252.") from error
        return text


def cleaned(text: str) -> str:
    """One kind of line end, no invisible characters, no runs of blanks or of blank lines."""
    text = UNSEEN.sub("", normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def one_line(value: object, most: int = 300) -> str:
    return cleaned(str(value or "")).replace("\n", " ")[:most].strip()
