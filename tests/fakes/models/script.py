"""What a scripted model is told to do, turn by turn, and what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer: `input` is what was not read from the cache, `cached` what was."""

    input: int = 100
    output: int = 20
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call. `arguments` as a string goes out as it is, so that it may be malformed JSON."""

    name: str
    arguments: Mapping[str, Any] | str = field(default_factory=dict)

    @property
    def raw(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer: text, calls (several are parallel calls), or both. `cut` ends it as if max_tokens were reached."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    usage: Usage = Usage()
    refused: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Fail:
    """An HTTP error, nothing said. 429 carries retry-after where `retry_after` (seconds) is given."""

    status: int = 500
    message: str = "The server had an error"
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer for that many seconds, then `turn`."""

    seconds: float
    turn: Turn = Turn("late")


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection breaks: after `events` events of a stream, or before any answer where none was asked for."""

    turn: Turn
    events: int = 3


@dataclass(frozen=True, slots=True)
class Break:
    """A stream that goes wrong midway: after `events` events comes an error event in place of the rest."""

    turn: Turn
    events: int = 3
    message: str = "Overloaded"


def says(text: str, usage: Usage = Usage()) -> Turn:
    return Turn(text, usage=usage)


def calls(*wanted: Call, text: str = "") -> Turn:
    return Turn(text, wanted)


def refuses(text: str = "I can't help with that.") -> Turn:
    return Turn(text, refused=True)


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `system` and `messages` are as sent; `tools` are the tools' names in order."""

    api: Literal["openai", "anthropic"]
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def model(self) -> str:
        return str(self.body.get("model"))

    @property
    def stream(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body.get("messages", []))

    @property
    def system(self) -> str:
        if self.api == "anthropic":
            return text_of(self.body.get("system", ""))
        return "\n".join(text_of(m.get("content")) for m in self.messages if m.get("role") in ("system", "developer"))

    @property
    def tools(self) -> list[str]:
        given = self.body.get("tools") or []
        return [tool["function"]["name"] if self.api == "openai" else tool["name"] for tool in given]

    @property
    def asked(self) -> str:
        """The text of the last thing a person said."""
        said = [text_of(m.get("content")) for m in self.messages if m.get("role") == "user"]
        return next((text for text in reversed(said) if text), "")

    @property
    def results(self) -> dict[str, str]:
        """What the tools answered, by call id, in order."""
        if self.api == "openai":
            return {m["tool_call_id"]: text_of(m.get("content")) for m in self.messages if m.get("role") == "tool"}
        parts = [part for m in self.messages if isinstance(m.get("content"), list) for part in m["content"]]
        return {p["tool_use_id"]: text_of(p.get("content")) for p in parts if p.get("type") == "tool_result"}


Step: TypeAlias = Turn | Fail | Hang | Drop | Break
Scripted: TypeAlias = Step | Callable[[Received], Step]


def text_of(content: Any) -> str:
    """The text of a message's content, which is a string or a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(part if isinstance(part, str) else part.get("text", "") for part in parts)
