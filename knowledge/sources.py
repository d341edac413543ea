"""The list of feeds and pages that `outlay knowledge sync` visits."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from knowledge.errors import BadDocument

SourceKind = Literal["rss", "atom", "jsonfeed", "sitemap", "html", "pdf", "sec"]
BUILT_IN = Path(__file__).parent / "sources.toml"
UNVERIFIED = "unverified"
TYPES: dict[str, type] = {
    "publisher": str,
    "match": str,
    "follow": bool,
    "most": int,
    "company": str,
    "checked": str,
    "enabled": bool,
    "note": str,
}
FIELDS = frozenset({"name", "url", "kind", "topic", "licence", *TYPES})


@dataclass(frozen=True, slots=True)
class Source:
    """`publisher` stands in citations. `follow` fetches the pages that a feed links to, else its own texts are taken; a
    sitemap is always followed. `match` is a pattern that a followed address must hold, `most` how many new pages are
    followed in one run. `licence` says on what terms the text may be kept for internal search and short quotes.
    `checked` is the ISO day on which the address was last found in use, or "unverified". One that is not `enabled` is
    left alone, for the reason in `note`."""

    name: str
    url: str
    kind: SourceKind
    topic: str
    licence: str
    publisher: str = ""
    match: str = ""
    follow: bool = False
    most: int = 20
    company: str = ""
    checked: str = UNVERIFIED
    enabled: bool = True
    note: str = ""


def sources_of(home: Path) -> list[Source]:
    """The built-in sources and those of `home`/sources.toml, which replace what has the same name or address. Raises
    BadDocument for what cannot be used."""
    own = read_sources(home / "sources.toml") if (home / "sources.toml").exists() else []
    taken = {one.name for one in own} | {one.url for one in own}
    return [*(one for one in read_sources() if not {one.name, one.url} & taken), *own]


def read_sources(file: Path = BUILT_IN) -> list[Source]:
    """In the file's order. Raises BadDocument, naming the entry, for what cannot be used."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("source", [])
    except FileNotFoundError as error:
        raise BadDocument(file.name, "there is no such file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadDocument(file.name, f"it is not valid TOML: {error}.") from error
    sources = [_source(table, at, file.name) for at, table in enumerate(tables, start=1)]
    for field in ("name", "url"):
        seen: set[str] = set()
        for source in sources:
            if (value := getattr(source, field)) in seen:
                raise BadDocument(file.name, f"two sources have the {field} {value!r}.")
            seen.add(value)
    return sources


def _source(table: Any, at: int, file: str) -> Source:
    where = f"source {at}" + (f" ({table['name']!r})" if isinstance(table, dict) and table.get("name") else "")
    if not isinstance(table, dict):
        raise BadDocument(file, f"{where} must be a table [[source]].")
    if unknown := sorted(set(table) - FIELDS):
        raise BadDocument(file, f"{where}: {unknown[0]!r} is not known; known are {', '.join(sorted(FIELDS))}.")
    for field in ("name", "url", "kind", "topic", "licence"):
        if not isinstance(table.get(field), str) or not table[field].strip():
            raise BadDocument(file, f"{where}: {field} is missing.")
    if table["kind"] not in get_args(SourceKind):
        raise BadDocument(file, f"{where}: kind must be one of {', '.join(get_args(SourceKind))}.")
    if urlsplit(table["url"]).scheme not in ("http", "https"):
        raise BadDocument(file, f"{where}: url must begin with https:// or http://.")
    for field, kind in TYPES.items():
        if type(table.get(field, kind())) is not kind:
            raise BadDocument(file, f"{where}: {field} must be of the type {kind.__name__}.")
    if not _is_checked(table.get("checked", UNVERIFIED)):
        raise BadDocument(file, f"{where}: checked must be a day such as 2026-11-20, or {UNVERIFIED!r}.")
    if table.get("enabled") is False and not table.get("note", "").strip():
        raise BadDocument(file, f"{where}: enabled = false needs a note that says why.")
    try:
        re.compile(table.get("match", ""))
    except re.error as error:
        raise BadDocument(file, f"{where}: match is not a valid pattern ({error}).") from error
    return Source(**table)


def _is_checked(text: str) -> bool:
    try:
        return text == UNVERIFIED or bool(date.fromisoformat(text))
    except ValueError:
        return False
