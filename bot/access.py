"""Who may see whose spend, as `access.toml` in Outlay's home says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.errors import BadInput
from tools.ledger.audience import EVERYTHING, NOTHING, Audience

WORDS = {"all": EVERYTHING, "totals": Audience.of(totals=True), "nothing": NOTHING}
SECTIONS = ("everyone", "admins", "people", "groups", "members", "channels")


@dataclass(frozen=True, slots=True)
class Access:
    """The rules in force, keyed by Slack id in upper case. `groups` are what members of a user group see, `members`
    what members of a private channel see, both beside what is theirs already."""

    everyone: Audience = EVERYTHING
    admins: frozenset[str] = frozenset()
    people: Mapping[str, Audience] = field(default_factory=dict)
    channels: Mapping[str, Audience] = field(default_factory=dict)
    groups: Mapping[str, Audience] = field(default_factory=dict)
    members: Mapping[str, Audience] = field(default_factory=dict)

    def audience(self, asker: str | None, channel: str | None, belongs: Collection[str] = ()) -> Audience:
        """What a reply may show: what the asker may see and, in a channel, what that channel may show.

        `asker` None is the operator, who sees all; `channel` None is a direct message or the command line. A channel
        that is not listed may show what everyone sees. The channel's limit holds for admins too. `belongs` are the
        user groups and private channels that Slack says the asker is in; without Slack there are none.
        """
        own = self.own(asker)
        for place, teams in (*self.groups.items(), *self.members.items()):
            own = own.also(teams) if place in belongs else own
        return own if channel is None else own.within(self.channels.get(channel.upper(), self.everyone))

    def own(self, asker: str | None) -> Audience:
        """What the asker may see by what the file says of everyone and of them, without Slack."""
        if asker is None or asker.upper() in self.admins:
            return EVERYTHING
        return self.everyone.also(self.people.get(asker.upper(), NOTHING))


OPEN = Access()


def load_access(home: Path) -> Access:
    """The rules of `access.toml` in Outlay's home; without that file everyone sees everything.

    A file that cannot be read or understood raises BadInput naming file and line: then nobody sees anything.
    A file without `everyone` shows nothing to anybody who is not listed.
    """
    path = home / "access.toml"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if path.is_symlink():
            raise BadInput("The link points to a file that does not exist.", file=str(path)) from None
        return OPEN
    except UnicodeDecodeError as error:
        raise BadInput("The file must be UTF-8 text.", file=str(path)) from error
    except OSError as error:
        raise BadInput(f"The file cannot be read ({error.strerror}).", file=str(path)) from error
    return parse_access(text, str(path))


def parse_access(text: str, file: str) -> Access:
    """`load_access` of a text; `file` is named in errors."""
    try:
        rules = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        why = re.sub(r" \(at .*\)$", "", str(error))
        raise BadInput(f"The file is not TOML: {why}.", file=file, line=line) from error
    source = _Source(text, file)
    for key in rules:
        if key not in SECTIONS:
            raise source.bad(key, f"{key!r} is not a setting; there are {', '.join(SECTIONS)}.")
    return Access(
        everyone=source.shown("everyone", rules.get("everyone", "nothing")),
        admins=frozenset(_upper(source.names("admins", rules.get("admins", []), "Slack user ids"))),
        people=source.teams("people", rules),
        groups=source.teams("groups", rules),
        members=source.teams("members", rules),
        channels={
            channel.upper(): source.shown(channel, shown)
            for channel, shown in source.table("channels", rules.get("channels", {})).items()
        },
    )


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    file: str

    def bad(self, key: str, why: str) -> BadInput:
        mention = re.compile(rf"""^\s*(\[\s*)?["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
        lines = (number for number, line in enumerate(self.text.splitlines(), 1) if mention.match(line))
        return BadInput(why, file=self.file, line=next(lines, None))

    def shown(self, key: str, value: object) -> Audience:
        if isinstance(value, str):
            if value in WORDS:
                return WORDS[value]
            raise self.bad(key, f'{key} = "{value}" is none of "all", "totals", "nothing" or a list of teams.')
        return Audience.of(*self.names(key, value, "teams"))

    def names(self, key: str, value: object, what: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            raise self.bad(key, f'{key} must be a list of {what}, such as ["..."].')
        return [name.strip() for name in value]

    def teams(self, key: str, rules: Mapping[str, object]) -> dict[str, Audience]:
        listed = self.table(key, rules.get(key, {}))
        return {name.upper(): Audience.of(*self.names(name, teams, "teams")) for name, teams in listed.items()}

    def table(self, key: str, value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self.bad(key, f"{key} must be a section, [{key}], with one Slack id a line.")
        seen: set[str] = set()
        for name in value:
            if name.upper() in seen:
                raise self.bad(name, f"{name} is listed twice under [{key}], in upper and in lower case.")
            seen.add(name.upper())
        return value


def _upper(ids: list[str]) -> list[str]:
    return [name.upper() for name in ids]
