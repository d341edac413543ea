"""Is this list of blocks one that Slack would take?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from tests.fakes.slack import elements, limits, tables
from tests.fakes.slack.checks import Check, Problems, at, fields, items, string, text_object, url
from tests.fakes.slack.refusal import Refused

MESSAGES_ONLY = (
    "markdown",
    "table",
    "data_table",
    "data_visualization",
    "context_actions",
    "task_card",
    "plan",
    "file",
)
VIEWS_ONLY = ("alert",)


def message_blocks(value: Any, refuse: Collection[str] = (), pointer: str = "/blocks") -> list[dict[str, Any]]:
    """The blocks of a message, decoded; raises what chat.postMessage answers for blocks that it does not take."""
    blocks = decoded(value)
    problems = [*_list(blocks, pointer, limits.MESSAGE_BLOCKS, (*VIEWS_ONLY, *refuse))]
    if problems:
        raise Refused("invalid_blocks", problems)
    _message_totals(blocks)
    return blocks


def view_problems(value: Any, pointer: str, modal: bool, refuse: Collection[str] = ()) -> Problems:
    """Problems of the blocks of a Home tab or a modal."""
    not_here = (*MESSAGES_ONLY, *refuse) if modal else (*MESSAGES_ONLY, *VIEWS_ONLY, *refuse)
    yield from _list(value, pointer, limits.VIEW_BLOCKS, not_here)


def decoded(value: Any) -> list[dict[str, Any]]:
    """Form bodies carry blocks as a JSON string; anything but an array of objects is `invalid_blocks_format`."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise Refused("invalid_blocks_format") from None
    if not isinstance(value, list) or not all(isinstance(block, dict) for block in value):
        raise Refused("invalid_blocks_format")
    return value


def size(blocks: list[dict[str, Any]]) -> int:
    """Characters shown by the blocks together."""
    return sum(len(text) for block in blocks for text in tables.texts(block))


def _message_totals(blocks: list[dict[str, Any]]) -> None:
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] > 1:
        raise Refused("invalid_attachments", ["only_one_table_allowed"])
    if kinds["data_visualization"] > limits.CHARTS:
        raise Refused("invalid_blocks", [at(f"no more than {limits.CHARTS} data_visualization blocks", "/blocks")])
    cells = sum(tables.characters(block) for block in blocks if block["type"] in ("table", "data_table"))
    if cells > limits.TABLE_CHARACTERS:
        raise Refused("invalid_blocks", [at(f"table cells exceed {limits.TABLE_CHARACTERS} characters", "/blocks")])
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > limits.MARKDOWN_TEXT or size(blocks) > limits.MESSAGE_SIZE:
        raise Refused("msg_blocks_too_long")


def _list(blocks: Any, pointer: str, most: int, not_here: Collection[str]) -> Problems:
    yield from items(blocks, pointer, most, least=0)
    if not isinstance(blocks, list):
        return
    for number, block in enumerate(blocks):
        yield from _block(block, f"{pointer}/{number}", not_here)
    names = Counter(b["block_id"] for b in blocks if isinstance(b, Mapping) and isinstance(b.get("block_id"), str))
    for name, times in names.items():
        if times > 1:
            yield at(f"`block_id` must be unique: {name}", pointer)


def _block(block: Any, pointer: str, not_here: Collection[str]) -> Problems:
    kind = block.get("type") if isinstance(block, Mapping) else None
    if not isinstance(kind, str) or kind not in CHECKS or kind in not_here:
        yield at(f"unsupported type: {kind}", f"{pointer}/type")
        return
    if "block_id" in block:
        yield from string(block["block_id"], f"{pointer}/block_id", limits.IDENTIFIER)
    yield from CHECKS[kind](block, pointer)


def _section(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type",), ("block_id", "text", "fields", "accessory", "expand"))
    if "text" not in block and "fields" not in block:
        yield at("must define either text or fields", pointer)
    if "text" in block:
        yield from text_object(block["text"], f"{pointer}/text", limits.SECTION_TEXT)
    if "fields" in block:
        yield from items(block["fields"], f"{pointer}/fields", limits.SECTION_FIELDS)
        for number, one in enumerate(block["fields"] if isinstance(block["fields"], list) else []):
            yield from text_object(one, f"{pointer}/fields/{number}", limits.FIELD_TEXT)
    if "accessory" in block:
        yield from elements.element(block["accessory"], f"{pointer}/accessory", elements.IN_SECTION)


def _header(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "text"), ("block_id",))
    yield from text_object(block.get("text"), f"{pointer}/text", limits.HEADER_TEXT, plain_only=True)


def _divider(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type",), ("block_id",))


def _markdown(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "text"), ("block_id",))
    yield from string(block.get("text"), f"{pointer}/text", limits.MARKDOWN_TEXT)


def _context(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "elements"), ("block_id",))
    value, here = block.get("elements"), f"{pointer}/elements"
    yield from items(value, here, limits.CONTEXT_ELEMENTS)
    for number, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, Mapping) and one.get("type") == "image":
            yield from elements.image(one, f"{here}/{number}")
        else:
            yield from text_object(one, f"{here}/{number}", limits.SECTION_TEXT)


def _actions(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "elements"), ("block_id",))
    yield from elements.elements(block.get("elements"), f"{pointer}/elements", limits.ACTIONS, elements.IN_ACTIONS)


def _context_actions(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "elements"), ("block_id",))
    inner, allowed = block.get("elements"), elements.IN_CONTEXT_ACTIONS
    yield from elements.elements(inner, f"{pointer}/elements", limits.CONTEXT_ACTIONS, allowed)


def _image(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from elements.image(block, pointer)
    if "title" in block:
        yield from text_object(block["title"], f"{pointer}/title", limits.IMAGE_TITLE, plain_only=True)


def _input(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "label", "element"), ("block_id", "hint", "optional", "dispatch_action"))
    yield from text_object(block.get("label"), f"{pointer}/label", limits.LABEL, plain_only=True)
    yield from elements.element(block.get("element"), f"{pointer}/element", elements.INPUTS)
    if "hint" in block:
        yield from text_object(block["hint"], f"{pointer}/hint", limits.LABEL, plain_only=True)


def _task_card(block: Mapping[str, Any], pointer: str) -> Problems:
    more = ("block_id", "status", "details", "output", "sources")
    yield from fields(block, pointer, ("type", "task_id", "title"), more)
    if block.get("status", "pending") not in ("pending", "in_progress", "complete", "error"):
        yield at("must be one of: pending, in_progress, complete, error", f"{pointer}/status")


def _plan(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "title"), ("block_id", "tasks"))


def _alert(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "text"), ("block_id",))


def _video(block: Mapping[str, Any], pointer: str) -> Problems:
    need = ("type", "alt_text", "title", "thumbnail_url", "video_url")
    more = ("block_id", "author_name", "description", "provider_icon_url", "provider_name", "title_url")
    yield from fields(block, pointer, need, more)
    if "video_url" in block:
        yield from url(block["video_url"], f"{pointer}/video_url")


def _file(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "external_id", "source"), ("block_id",))


CHECKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "markdown": _markdown,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "image": _image,
    "input": _input,
    "rich_text": elements.rich_text,
    "table": tables.table,
    "data_table": tables.data_table,
    "data_visualization": tables.chart,
    "task_card": _task_card,
    "plan": _plan,
    "alert": _alert,
    "video": _video,
    "file": _file,
}
