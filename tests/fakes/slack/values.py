"""What a test can assert on: what the app did, and what the fake refused, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.tables import texts


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that people can see. `method` says how it came: chat.postMessage, chat.stopStream, response_url, ...
    `ephemeral_to` names the one person who sees it. `text` is `text`, or `markdown_text` where that was sent."""

    channel: str
    ts: str
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    thread_ts: str | None = None
    user: str = ""
    method: str = "chat.postMessage"
    ephemeral_to: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def visible(self) -> str:
        """All that a reader sees: the blocks' text one piece a line, or the text where there are no blocks."""
        return "\n".join(text for block in self.blocks for text in texts(block)) or self.text

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types of the blocks, in order."""
        return tuple(str(block["type"]) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Reaction:
    name: str
    channel: str
    ts: str
    user: str


@dataclass(frozen=True, slots=True)
class Status:
    """An assistant status ("is thinking...") or an agent session's status; `title` as the app set it."""

    method: str
    channel: str
    thread_ts: str | None
    status: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Prompts:
    channel: str
    thread_ts: str | None
    title: str | None
    prompts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Uploaded:
    id: str
    name: str
    content: bytes
    title: str = ""
    channel: str | None = None
    thread_ts: str | None = None
    alt_text: str | None = None
    initial_comment: str | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A published Home tab (`user` set) or an opened modal."""

    id: str
    kind: str
    user: str
    view: Mapping[str, Any]

    @property
    def visible(self) -> str:
        return "\n".join(text for block in self.view.get("blocks", []) for text in texts(block))


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call as it came in: `ok`, or `error` as answered. `at` is seconds on the fake's own clock."""

    method: str
    arguments: Mapping[str, Any]
    ok: bool
    error: str | None
    at: float


@dataclass(frozen=True, slots=True)
class Refusal:
    method: str
    error: str
    messages: tuple[str, ...]
    arguments: Mapping[str, Any] = field(compare=False, repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at handing an event to the app. `status` is the HTTP status, None over a socket or without an answer."""

    number: int
    acked: bool
    seconds: float
    status: int | None = None
    answer: Any = None


@dataclass(slots=True)
class Delivery:
    """An event, command or interaction and every attempt at handing it over."""

    kind: str
    payload: Mapping[str, Any]
    attempts: list[Attempt] = field(default_factory=list)
    done: bool = False

    @property
    def event_id(self) -> str | None:
        return self.payload.get("event_id")

    @property
    def event(self) -> Mapping[str, Any]:
        event: Mapping[str, Any] = self.payload.get("event", {})
        return event

    @property
    def acked(self) -> bool:
        return any(attempt.acked for attempt in self.attempts)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person did: the message's channel and ts, and the deliveries that it set off."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    deliveries: tuple[Delivery, ...] = ()

    @property
    def thread(self) -> str:
        """The thread that an answer to this message belongs to."""
        return self.thread_ts or self.ts
