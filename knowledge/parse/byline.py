"""What the first lines of a text say of it: its title, who published it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.parse.dates import day_from

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY = rf"(?:\d{{4}}-\d\d-\d\d|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH}\s+\d{{4}})"
DATED = re.compile(rf"(?i)(?<![\w-]){DAY}(?![\w-])")
# A press release opens with its place and day: "OSLO, 3 March 2026 - ...".
DATELINE = re.compile(
    rf"^(?:[A-Z][A-Z.'-]+(?:,? [A-Z][A-Za-z.'-]+){{0,4}},? )\(?(?P<day>(?i:{DAY}))\)?\s*(?:\([^)]*\)\s*)?[-–—:]"
)
LABELLED = re.compile(
    r"(?i)^\W*(?P<label>title|headline|source|publisher|publication|outlet|url|link|date|published(?: on| at)?"
    r"|posted(?: on)?|updated(?: on)?)\s*:\s*(?P<value>\S.*)$"
)
SEPARATOR = re.compile(r"\s+[-–—|·•/]+\s+|\s*[|·•]\s*|,\s+|\s{2,}")
UNNAMED = re.compile(
    r"(?i)^(?:by\b.*|published|posted|updated|last|date[d:]*|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:\d+ min(?:ute)?s? read)|\W*)$"
)
MOST_LINES, MOST_WORDS, MOST_TITLE = 6, 14, 25


@dataclass(frozen=True, slots=True)
class Byline:
    """Empty or None where nothing is said; `body` is the text without the lines that say it."""

    title: str
    publisher: str
    url: str
    published_on: date | None
    body: str


def byline_of(text: str, titled: bool = True) -> Byline:
    """Read from the short lines that stand before the first sentence. With `titled` the first of them that is no
    sentence and no byline is the title."""
    lines = text.split("\n")
    said: dict[str, str] = {}
    days: list[date] = []
    taken: set[int] = set()
    opening = [at for at, line in enumerate(lines) if line.strip()][:MOST_LINES]
    for at in opening:
        line = lines[at].strip().strip("*_#> ").strip()
        if labelled := LABELLED.match(line):
            _keep(labelled["label"].lower(), labelled["value"].strip(), said, days)
        elif (found := DATED.search(line)) and len(line.split()) <= MOST_WORDS and not line.endswith((".", ":")):
            days += [day for day in (day_from(found.group().title()),) if day]
            said.setdefault("publisher", _publisher(line.replace(found.group(), " | ")))
        elif titled and at == opening[0] and _is_title(line):
            said["title"] = line
        else:
            if (dateline := DATELINE.match(line)) and (day := day_from(dateline["day"].title())):
                days.append(day)
            break
        taken.add(at)
    body = "\n".join(line for at, line in enumerate(lines) if at not in taken).strip()
    first = days[0] if days else None
    return Byline(said.get("title", ""), said.get("publisher", ""), said.get("url", ""), first, body)


def _keep(label: str, value: str, said: dict[str, str], days: list[date]) -> None:
    if label.startswith(("date", "published", "posted", "updated")):
        if day := day_from(value):
            days.append(day)
    elif label in ("url", "link"):
        said["url"] = value if re.match(r"https?://\S+$", value) else ""
    else:
        said["title" if label in ("title", "headline") else "publisher"] = value


def _is_title(line: str) -> bool:
    return len(line.split()) <= MOST_TITLE and not line.endswith((".", "!", ";", ",", ":")) and line[:1].isalnum()


def _publisher(rest: str) -> str:
    """The first part that may be a name: capitals, few words, no digits, no "By ..."."""
    for part in SEPARATOR.split(rest):
        name = part.strip(" .()*_")
        if (
            name
            and not UNNAMED.match(name)
            and name[0].isupper()
            and len(name.split()) <= 6
            and not re.search(r"\d", name)
        ):
            return name
    return ""
