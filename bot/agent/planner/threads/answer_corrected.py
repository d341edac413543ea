"""A message that puts the question before right: `no, I meant atlas`, `not May but June`."""

from __future__ import annotations

import re

CORRECTS = re.compile(
    r"^\W*(?:(?:no|nope|sorry|oops|wait|actually|hm+|wrong|correction|i\s+(?:mean|meant)(?:\s+to\s+say)?|rather"
    r"|scratch\s+that|not\s+that"
    r"|(?:that|it)(?:['’]s|\s+is)\s+(?:wrong|not\s+right|not\s+what\s+i\s+(?:meant|asked)))\b[\s,.;:!-]*)+",
    re.IGNORECASE,
)
MEANT = re.compile(r"[\s,]*\b(?:i\s+(?:mean|meant)|rather|actually|sorry)\W*$", re.IGNORECASE)
NOT_BUT = re.compile(
    r"^not\s+(?:for\s+|in\s+|on\s+)?(?P<not>[\w.& -]{1,40}?)\s*(?:,|;|\bbut\b|\brather\b|-)\s*(?P<but>.+)$",
    re.IGNORECASE,
)
INSTEAD_OF = re.compile(r"\s+(?:instead\s+of|rather\s+than|(?:and\s+)?not)\s+(?:the\s+)?[\w.& -]{1,40}$", re.IGNORECASE)


def correction(segment: str) -> tuple[str, bool]:
    """`segment` without the words that only say that it corrects (`no, I meant`), and whether it had any."""
    text = CORRECTS.sub("", segment, count=1)
    text = MEANT.sub("", text)
    if found := NOT_BUT.match(text):
        return found["but"], True
    kept = INSTEAD_OF.sub("", text) if len(text.split()) <= 8 else text
    return kept, text != segment
