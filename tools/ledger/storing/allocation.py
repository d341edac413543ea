"""Which team bears what: rules as `allocation.toml` in Outlay's home sets them, the first that fits a row counts.

    [[rule]]
    sub_account = "search-*"          # also resource, api_key, project, workspace, provider, service, model, sku
    tag = "cost-center=1007"          # KEY=VALUE; * and ? stand for any letters, in all of these
    team = "search"

    [[rule]]
    resource = ["gateway", "proxy-*"]
    split = "evenly"                  # or "by spend": as the teams' own effective cost of that month
    between = ["search", "support"]   # "by spend" may leave it out: all teams

    [[rule]]
    service = "Support plan"
    split = "fixed"
    shares = {search = 60, support = 40}

A rule is for rows without a team; with `retag = true` for tagged rows too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from tools.errors import BadInput
from tools.ledger.storing.rules_file import parsed, text_of
from tools.money import plain

FILE = "allocation.toml"
FIELDS = ("sub_account", "resource", "api_key", "project", "workspace", "provider", "service", "model", "sku", "region")
SETTINGS = (*FIELDS, "tag", "team", "split", "between", "shares", "retag")
SPLITS = ("evenly", "by spend", "fixed")
Way = Literal["evenly", "by spend", "fixed"]
_HEADER = re.compile(r"^\s*\[\[\s*rule\s*\]\]")


@dataclass(frozen=True, slots=True)
class Match:
    """A row fits when the field, or the tag called `tag`, is like one of the patterns, in any case."""

    field: str
    patterns: tuple[str, ...]
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows that fit all of `matches` go to `team`, or are split: `shares` are parts that add up to 1; `by_spend` splits
    as the spend of the teams in `between`, of all where that is empty."""

    matches: tuple[Match, ...]
    team: str | None = None
    shares: tuple[tuple[str, Decimal], ...] = ()
    by_spend: bool = False
    between: tuple[str, ...] = ()
    retag: bool = False


def load_allocation(home: Path) -> tuple[Rule, ...]:
    """The rules of a home folder in their order; none without the file. BadInput, with the line, where it cannot be
    used: a bill is never allocated by half of its rules."""
    text = text_of(home / FILE)
    return () if text is None else parse_allocation(text, str(home / FILE))


def parse_allocation(text: str, file: str = FILE) -> tuple[Rule, ...]:
    """`load_allocation` of a text; `file` is named in errors."""
    found = parsed(text, file)
    source = _Source(text, file)
    if unknown := next((key for key in found if key != "rule"), None):
        raise source.bad(unknown, None, f"{unknown!r} is not a setting; each rule is a section of its own, [[rule]].")
    entries = found.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise source.bad("rule", None, "Each rule is a section of its own, [[rule]].")
    return tuple(source.rule(place, entry) for place, entry in enumerate(entries))


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    file: str

    def bad(self, key: str, place: int | None, why: str) -> BadInput:
        lines = self.text.splitlines()
        heads = [number for number, line in enumerate(lines) if _HEADER.match(line)]
        start = 0 if place is None or place >= len(heads) else heads[place]
        mention = re.compile(rf"""^\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
        at = next((n for n in range(start, len(lines)) if mention.match(lines[n])), start)
        return BadInput(why, file=self.file, line=at + 1)

    def rule(self, place: int, entry: Mapping[str, Any]) -> Rule:
        for key in entry:
            if key not in SETTINGS:
                raise self.bad(key, place, f"{key!r} is not a setting of a rule; there are {', '.join(SETTINGS)}.")
        matches = [Match(name, self.words(place, name, entry[name])) for name in FIELDS if name in entry]
        for word in self.words(place, "tag", entry["tag"]) if "tag" in entry else ():
            key, equals, pattern = word.partition("=")
            if not equals or not key.strip() or not pattern.strip():
                raise self.bad("tag", place, f'A tag is given as "key=value", not {word!r}.')
            matches.append(Match("tag", (pattern.strip(),), key.strip().casefold()))
        if not matches:
            raise self.bad("team", place, "The rule says no row that it is for.")
        retag = entry.get("retag", False)
        if not isinstance(retag, bool):
            raise self.bad("retag", place, "retag is true or false.")
        if ("team" in entry) == ("split" in entry):
            raise self.bad("team", place, "A rule needs either a team or a split.")
        if "team" in entry:
            if extra := next((key for key in ("between", "shares") if key in entry), None):
                raise self.bad(extra, place, f"{extra} belongs to a split.")
            return Rule(tuple(matches), self.words(place, "team", entry["team"], one=True)[0], retag=retag)
        return self.split(place, entry, tuple(matches), retag)

    def split(self, place: int, entry: Mapping[str, Any], matches: tuple[Match, ...], retag: bool) -> Rule:
        way = entry["split"]
        if way not in SPLITS:
            raise self.bad("split", place, f"split is one of {', '.join(SPLITS)}, not {way!r}.")
        if ("shares" in entry) != (way == "fixed"):
            raise self.bad("shares", place, "shares, in percent, belong to a fixed split and only to that.")
        if way == "fixed":
            if "between" in entry:
                raise self.bad("between", place, "A fixed split names its teams in shares.")
            return Rule(matches, shares=self.shares(place, entry["shares"]), retag=retag)
        teams = self.words(place, "between", entry["between"]) if "between" in entry else ()
        if way == "by spend":
            return Rule(matches, by_spend=True, between=teams, retag=retag)
        if not teams:
            raise self.bad("split", place, "An even split needs the teams in between.")
        return Rule(matches, shares=tuple((team, Decimal(1) / len(teams)) for team in teams), retag=retag)

    def shares(self, place: int, given: object) -> tuple[tuple[str, Decimal], ...]:
        if not isinstance(given, dict) or not given:
            raise self.bad("shares", place, "shares is a table of percents, such as {search = 60, support = 40}.")
        parts = []
        for team, percent in given.items():
            if isinstance(percent, bool) or not isinstance(percent, int | Decimal) or not 0 < percent <= 100:
                raise self.bad("shares", place, f"{team}'s share is a percent above 0, not {percent!r}.")
            parts.append((team, Decimal(percent) / 100))
        whole = sum((part for _, part in parts), Decimal(0)) * 100
        if whole != 100:
            raise self.bad("shares", place, f"The shares add up to {plain(whole)}%, not 100%.")
        self.words(place, "shares", list(given))
        return tuple(parts)

    def words(self, place: int, key: str, given: object, one: bool = False) -> tuple[str, ...]:
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, list) or not values or (one and len(values) > 1):
            raise self.bad(key, place, f"{key} is a name in quotes{'' if one else ', or a list of them'}.")
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.bad(key, place, f"{key} is a name in quotes{'' if one else ', or a list of them'}.")
        words = [value.strip() for value in values]
        if len({word.casefold() for word in words}) < len(words):
            raise self.bad(key, place, f"{key} names one twice.")
        return tuple(words)
