"""The workspace behind the fake: people, channels, and the messages in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.refusal import Refused

TEAM, OTHER_TEAM = "T0HOME", "T0OTHER"
APP, BOT, BOT_USER = "A0OUTLAY", "B0OUTLAY", "U0OUTLAY"


@dataclass(frozen=True, slots=True)
class User:
    """`is_restricted` is a guest; `is_stranger` somebody of another company, met through Slack Connect."""

    id: str
    name: str
    team: str = TEAM
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    tz: str = "Europe/Berlin"
    locale: str = "en-US"

    def as_json(self) -> dict[str, Any]:
        guest = self.is_restricted or self.is_ultra_restricted
        profile = {"real_name": self.name.title(), "display_name": self.name, "team": self.team}
        if not guest and not self.is_stranger and not self.is_bot:
            profile["email"] = f"{self.name}@example.com"
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.name.title(),
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_restricted": guest,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "tz": self.tz,
            "locale": self.locale,
            "profile": profile,
        }


@dataclass(slots=True)
class Channel:
    """`kind` is channel, group (private), im or mpim. `messages` are in Slack's own shape, by ts."""

    id: str
    name: str = ""
    kind: str = "channel"
    members: set[str] = field(default_factory=set)
    is_ext_shared: bool = False
    is_archived: bool = False
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "is_member": BOT_USER in self.members,
            "context_team_id": TEAM,
            "num_members": len(self.members),
            **({"user": next(m for m in sorted(self.members) if m != BOT_USER)} if self.kind == "im" else {}),
        }

    def thread(self, ts: str) -> list[dict[str, Any]]:
        """The root and its replies, oldest first."""
        return [m for m in self.messages.values() if m["ts"] == ts or m.get("thread_ts") == ts]


class Workspace:
    """Starts with a few people and channels; `add_user` and `add_channel` make more, with any id."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, list[str]] = {}
        self._last = 0
        self.add_user(BOT_USER, "outlay", is_bot=True)
        for name in ("ann", "ben", "cfo"):
            self.add_user(f"U0{name.upper()}", name)
        self.add_user("U0GUEST", "guest", is_restricted=True)
        self.add_user("U0STRANGER", "stranger", team=OTHER_TEAM, is_stranger=True)
        self.add_user("U0ROBOT", "robot", is_bot=True)
        staff = ("U0ANN", "U0BEN", "U0CFO", "U0GUEST", "U0ROBOT")
        self.add_channel("C0GENERAL", "general", members=(BOT_USER, *staff))
        self.add_channel("C0ORION", "orion", members=(BOT_USER, *staff))
        self.add_channel("C0SHARED", "shared", members=(BOT_USER, "U0STRANGER", *staff), is_ext_shared=True)
        self.add_channel("C0AWAY", "away", members=staff)

    def add_user(self, id: str, name: str = "", **flags: Any) -> User:
        """`flags` are the fields of `User`: is_bot, is_restricted, is_stranger, team, ..."""
        self.users[id] = User(id, name or id.lower(), **flags)
        return self.users[id]

    def add_channel(self, id: str, name: str = "", members: Iterable[str] = (BOT_USER,), **flags: Any) -> Channel:
        """The bot is a member unless `members` leaves it out."""
        self.channels[id] = Channel(id, name or id.lower(), members=set(members), **flags)
        return self.channels[id]

    def ts(self) -> str:
        """The next message timestamp: unique, and greater than every one before."""
        self._last = max(self._last + 100, int(self.clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def direct(self, user: str) -> Channel:
        """The direct message channel of the app and this person, opened where it was not."""
        if user not in self.users:
            raise Refused("user_not_found")
        id = f"D{user[1:]}"
        return self.channels.get(id) or self.add_channel(id, "", (BOT_USER, user), kind="im")

    def channel(self, id: str) -> Channel:
        """By id, by #name, or a person's id for the direct message; raises `channel_not_found`. A private channel that
        the bot is not in is not found either."""
        if id in self.users:
            return self.direct(id)
        named = {f"#{channel.name}": channel for channel in self.channels.values() if channel.name}
        found = self.channels.get(id) or named.get(id)
        if found is None or (found.kind != "channel" and BOT_USER not in found.members):
            raise Refused("channel_not_found")
        return found

    def writable(self, id: str) -> Channel:
        """A channel that the bot may write to; raises `not_in_channel` or `is_archived`."""
        found = self.channel(id)
        if found.is_archived:
            raise Refused("is_archived")
        if BOT_USER not in found.members:
            raise Refused("not_in_channel")
        return found

    def message(self, channel: Channel, ts: Any) -> dict[str, Any]:
        if not isinstance(ts, str) or ts not in channel.messages:
            raise Refused("message_not_found")
        return channel.messages[ts]

    def write(
        self, channel: Channel, user: str, text: str, thread_ts: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Store a message and return it in Slack's shape; raises `thread_not_found` for a thread that is not there."""
        if thread_ts is not None:
            root = channel.messages.get(thread_ts)
            if root is None:
                raise Refused("thread_not_found")
            thread_ts = root.get("thread_ts", thread_ts)
        ts = self.ts()
        team = self.users[user].team
        message: dict[str, Any] = {"type": "message", "user": user, "text": text, "ts": ts, "team": team, **more}
        if thread_ts is not None:
            root = channel.messages[thread_ts]
            message |= {"thread_ts": thread_ts, "parent_user_id": root["user"]}
            root |= {"thread_ts": thread_ts, "reply_count": root.get("reply_count", 0) + 1, "latest_reply": ts}
        channel.messages[ts] = message
        return message
