"""All that the fake knows and has seen. The Web API's methods read and write it; tests assert on its lists."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.slack import limits
from tests.fakes.slack.refusal import Refused
from tests.fakes.slack.values import Call, Posted, Prompts, Reaction, Refusal, Status, Uploaded, View
from tests.fakes.slack.workspace import APP, BOT, BOT_USER, Channel, Workspace

SUBSCRIPTIONS = frozenset(
    {
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "app_home_opened",
        "app_context_changed",
        "agent_session_stopped",
        "reaction_added",
        "reaction_removed",
        "member_joined_channel",
    }
)


class State:
    """Switches, and what happened. `subscriptions` are the event types that the app asked for; `scopes` None grants
    all; `refuse_blocks` names block types to be answered with `invalid_blocks`; `stream_seconds` is how long a stream
    lives; `echo` sends the app its own messages as events, as Slack does."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.workspace = Workspace(clock)
        self.bot_token, self.app_token = "xoxb-fake-token", "xapp-1-fake-token"
        self.signing_secret = "fake-signing-secret"
        self.scopes: frozenset[str] | None = None
        self.subscriptions: frozenset[str] = SUBSCRIPTIONS
        self.refuse_blocks: set[str] = set()
        self.stream_seconds = limits.STREAM_SECONDS
        self.one_message_a_second = False
        self.echo = True
        self.url = ""

        self.posted: list[Posted] = []
        self.updated: list[Posted] = []
        self.deleted: list[tuple[str, str]] = []
        self.reactions: list[Reaction] = []
        self.statuses: list[Status] = []
        self.prompts: list[Prompts] = []
        self.files: list[Uploaded] = []
        self.views: list[View] = []
        self.calls: list[Call] = []
        self.refused: list[Refusal] = []
        self.streams: dict[str, Stream] = {}
        self.uploads: dict[str, Uploaded] = {}
        self.triggers: dict[str, float | None] = {}
        self.sessions: dict[tuple[str, str], Status] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._posted_at: dict[str, float] = {}

    def emit(self, event: Mapping[str, Any]) -> None:
        """Send an event to the app; the server that is started replaces this."""

    def may_post_now(self, channel: Channel) -> bool:
        """About one message a second a channel, where that switch is on."""
        now, before = self.clock(), self._posted_at.get(channel.id)
        if self.one_message_a_second and before is not None and now - before < 1.0:
            return False
        self._posted_at[channel.id] = now
        return True

    def write_as_app(self, channel: Channel, text: str, thread_ts: str | None, **more: Any) -> dict[str, Any]:
        """A message from the app, stored and echoed as an event."""
        profile = {"id": BOT, "app_id": APP, "name": "outlay"}
        own = {"bot_id": BOT, "app_id": APP, "bot_profile": profile}
        message = self.workspace.write(channel, BOT_USER, text, thread_ts, **own, **more)
        if self.echo:
            self.emit(message_event(message, channel))
        return message

    def changed(self, channel: Channel, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Tell the app of an edit, its own edits included."""
        if self.echo or after.get("bot_id") != BOT:
            event = {"subtype": "message_changed", "message": dict(after), "previous_message": dict(before)}
            self.emit(message_event({"type": "message", "hidden": True, "ts": self.workspace.ts(), **event}, channel))

    def trigger(self) -> str:
        """A trigger_id, good for three seconds."""
        id = f"{len(self.triggers) + 1}.{int(self.clock())}.fake"
        self.triggers[id] = self.clock()
        return id

    def use_trigger(self, id: str) -> None:
        if id not in self.triggers:
            raise Refused("invalid_trigger_id")
        made_at = self.triggers[id]
        if made_at is None:
            raise Refused("exchanged_trigger_id")
        if self.clock() - made_at > limits.TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        self.triggers[id] = None

    def response_url(self, channel: str, user: str) -> str:
        id = f"R{len(self.response_urls) + 1:08d}"
        self.response_urls[id] = ResponseUrl(channel, user, self.clock())
        return f"{self.url}/response/{id}"


class ResponseUrl:
    """Five uses in thirty minutes."""

    def __init__(self, channel: str, user: str, made_at: float) -> None:
        self.channel, self.user, self.made_at, self.uses = channel, user, made_at, 0


class Stream:
    """A message being streamed. `tasks` by id, as last sent; `state` is streaming, stopped, or expired."""

    def __init__(self, message: dict[str, Any], channel: Channel, recipient: str | None, started: float) -> None:
        self.message, self.channel, self.recipient, self.started = message, channel, recipient, started
        self.ts: str = message["ts"]
        self.thread_ts: str = message["thread_ts"]
        self.text = ""
        self.blocks: list[dict[str, Any]] = []
        self.tasks: dict[str, dict[str, Any]] = {}
        self.plan: str | None = None
        self.state = "streaming"

    def open(self, now: float, life: float) -> bool:
        """Is it still streaming at this moment? One that is over its life is expired from then on."""
        if self.state == "streaming" and now - self.started > life:
            self.state = "expired"
        return self.state == "streaming"


def message_event(message: Mapping[str, Any], channel: Channel) -> dict[str, Any]:
    """A stored message as a `message` event."""
    kept = {k: v for k, v in message.items() if k not in ("reply_count", "latest_reply", "reactions")}
    if kept.get("thread_ts") == kept.get("ts"):
        kept.pop("thread_ts", None)
    return {
        **kept,
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": message["ts"],
    }
