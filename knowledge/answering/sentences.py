"""Where a text's sentences begin and end."""

from __future__ import annotations

import re

END = re.compile(r"([.!?]['\"”’)\]]*)\s+(?=['\"“‘(\[]*[A-Z0-9$€£•])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|No|Nos|Inc|Corp|Ltd|Co|Cos|approx|est|Fig|Sec|Art|pp|Gen|Sen|Rep|Gov|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]|[A-Z]\.[A-Z]|U\.S|U\.K|e\.g|i\.e|a\.m|p\.m)\.$"
)

# "ab 1. Januar".
GERMAN_DAY = re.compile(r"\b\d{1,2}\.$")
GERMAN_MONTH = re.compile(
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Halbjahr)\b"
)


def sentences(text: str) -> list[str]:
    """The sentences in order, each found word for word in `text`. A dot after an abbreviation or an initial ends none;
    a blank line or the next item of a list does."""
    parts, start = [], 0
    for found in END.finditer(text):
        until = found.end(1) if found.group(1) else found.start()
        if found.group(1) and ABBREVIATION.search(text[start:until]):
            continue
        if found.group(1) == "." and GERMAN_DAY.search(text[start:until]) and GERMAN_MONTH.match(text[found.end() :]):
            continue
        parts.append(text[start:until].strip())
        start = found.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
