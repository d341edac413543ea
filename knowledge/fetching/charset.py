"""The charset that text is really in, where what is declared may be wrong."""

from __future__ import annotations

import re

STATED = re.compile(r"""(?i)charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")


def charset_of(content_type: str) -> str:
    """The charset that a Content-Type names, empty where it names none."""
    found = STATED.search(content_type)
    return found.group(1) if found else ""


def in_utf8(content: bytes, stated: str) -> bytes:
    """`content` as UTF-8 where it is in the charset `stated`, else as it came. Bytes that are valid UTF-8 are hardly
    ever meant as anything else, whatever is stated."""
    if not stated or _decodes(content, "utf-8") is not None:
        return content
    text = _decodes(content, stated)
    return content if text is None else text.encode("utf-8", "replace")


def text_in(content: bytes, stated: str) -> str | None:
    """The text, by UTF-8 if it is that and by `stated` otherwise; None where it is neither."""
    text = _decodes(content, "utf-8-sig")
    return text if text is not None or not stated else _decodes(content, stated)


def _decodes(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None
