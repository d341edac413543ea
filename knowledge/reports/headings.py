"""Under which heading of a report a line stands: a financial statement, a note, an item."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_LETTERS = 110
MOST_SHOWN = 50
STATEMENT = re.compile(
    r"(?i)^(?:table of contents\s+)?(?:[\w.,&’' ]{0,50}?\s)??((?:condensed |consolidated |combined |supplemental )*"
    r"(?:statements? of (?:consolidated )?(?:cash ?flows?|operations|income|earnings|financial position|"
    r"financial condition|comprehensive (?:income|loss)|changes in (?:stock|share)holders.{0,3} equity|"
    r"(?:stock|share)holders.{0,3} equity|profit or loss|profit and loss)(?: and comprehensive (?:income|loss))?|"
    r"cash ?flows? statements?|income statements?|balance sheets?)(?:\s*\(loss\))?)(?!\w)"
    r"[^a-z]{0,40}?(?:\W*\b(?:continued|unaudited|"
    r"(?:(?:u\.?s\.? )?(?:dollars|amounts) )?(?:in|expressed in) [^\n]{0,60}))?\W*$"
)
NOTE = re.compile(r"(?:NOTE|Note)\s+(\d{1,2}|[A-Z])\s*[.:—–-]*\s*([A-Z(][^\n]{2,70}?)\.?$")
NUMBERED = re.compile(r"(\d{1,2}|\([a-z0-9]\))[.)]\s+([A-Z][A-Z ,&’'/()-]{5,70})$")
ITEM = re.compile(r"(?i)^item\s+(\d{1,2}[ABC]?)\s*[.:—–-]*\s+([a-z][^\n]{4,90}?)\.?$")
CONTINUED = re.compile(r"(?i)\W*\b(?:\(?continued\)?|cont[’']?d)\W*$")
# Where so many lines of a page look like items and end with a number, it is a table of contents.
MOST_ITEMS = 5
CONTENTS = re.compile(r"(?im)^(?:item|note|part)\s+\S+.*\s[\dF-]+$")


def heading_of(line: str) -> str:
    """The heading that a line is, in one spelling; empty where it is none."""
    text = " ".join(line.split())
    if not 5 < len(text) <= MOST_LETTERS or text[-1].isdigit():
        return ""
    if found := STATEMENT.match(text):
        return found.group(1).lower().capitalize()
    if found := NOTE.match(text):
        return f"Note {found.group(1)}: {_cased(found.group(2))}"
    if found := NUMBERED.match(text):
        return f"Note {found.group(1)}: {_cased(found.group(2))}"
    if (found := ITEM.match(text)) and not re.search(r"(?i)\bof (?:this|our|the)\b.*report", text):
        return f"Item {found.group(1)}: {_cased(found.group(2))}"
    return ""


def is_contents(page: str) -> bool:
    return len(CONTENTS.findall(page)) > MOST_ITEMS


def last_heading(lines: Iterable[str], before: str) -> str:
    """The last heading among `lines`, or the one `before` them."""
    for line in lines:
        before = heading_of(line) or before
    return before


def is_statement(heading: str) -> bool:
    return bool(heading) and not heading.startswith(("Note", "Item"))


def _cased(words: str) -> str:
    text = CONTINUED.sub("", words).strip(" .—–-")
    if len(text) > MOST_SHOWN:
        text = text[:MOST_SHOWN].rsplit(" ", 1)[0]
    return text.capitalize() if text.isupper() else text
