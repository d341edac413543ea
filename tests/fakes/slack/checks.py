"""The small checks that every Block Kit object is made of. Each yields problems as Slack words them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from tests.fakes.slack import limits

Problems = Iterator[str]
Check = Callable[[Any, str], Problems]


def at(message: str, pointer: str) -> str:
    return f"{message} [json-pointer:{pointer}]"


def fields(value: Any, pointer: str, need: Collection[str], may: Collection[str] = ()) -> Problems:
    """An object with the needed keys and none beside the ones it may have."""
    if not isinstance(value, Mapping):
        yield at("must be a object", pointer)
        return
    for key in need:
        if key not in value:
            yield at(f"missing required field: {key}", pointer)
    for key in value:
        if key not in need and key not in may:
            yield at(f"invalid additional property: {key}", pointer)


def string(value: Any, pointer: str, most: int, least: int = 1) -> Problems:
    if not isinstance(value, str):
        yield at("must be a string", pointer)
    elif len(value) < least:
        yield at(f"must be more than {least - 1} characters", pointer)
    elif len(value) > most:
        yield at(f"must be less than {most + 1} characters", pointer)


def items(value: Any, pointer: str, most: int, least: int = 1) -> Problems:
    if not isinstance(value, list):
        yield at("must be an array", pointer)
    elif len(value) > most:
        yield at(f"no more than {most} items allowed", pointer)
    elif len(value) < least:
        yield at(f"must contain at least {least} items", pointer)


def text_object(value: Any, pointer: str, most: int, plain_only: bool = False) -> Problems:
    """A `plain_text` or `mrkdwn` object of 1 to `most` characters."""
    kind = value.get("type") if isinstance(value, Mapping) else None
    if kind == "plain_text":
        yield from fields(value, pointer, ("type", "text"), ("emoji",))
    elif kind == "mrkdwn" and not plain_only:
        yield from fields(value, pointer, ("type", "text"), ("verbatim",))
    else:
        yield at("failed to match all allowed schemas", pointer)
        return
    if "text" in value:
        yield from string(value["text"], f"{pointer}/text", most)


def url(value: Any, pointer: str) -> Problems:
    yield from string(value, pointer, limits.URL)
    if isinstance(value, str) and not value.startswith(("http://", "https://", "mailto:", "slack://")):
        yield at("must be a valid url", pointer)


def number(value: Any, pointer: str) -> Problems:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield at("must be a number", pointer)
