"""Checks of Block Kit elements: buttons, menus, pickers, images, rich text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.slack import limits
from tests.fakes.slack.checks import Check, Problems, at, fields, items, string, text_object, url

COMMON = ("action_id", "confirm", "focus_on_load", "placeholder")
PICKERS = ("users", "conversations", "channels")


def elements(value: Any, pointer: str, most: int, allowed: Sequence[str]) -> Problems:
    """A list of elements of the allowed types whose action_ids differ."""
    yield from items(value, pointer, most)
    if not isinstance(value, list):
        return
    for number, one in enumerate(value):
        yield from element(one, f"{pointer}/{number}", allowed)
    names = Counter(e["action_id"] for e in value if isinstance(e, Mapping) and isinstance(e.get("action_id"), str))
    for name, times in names.items():
        if times > 1:
            yield at(f"`action_id` must be unique: {name}", pointer)


def element(value: Any, pointer: str, allowed: Sequence[str]) -> Problems:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(kind, str) or kind not in allowed or kind not in CHECKS:
        yield at(f"unsupported type: {kind}", f"{pointer}/type")
        return
    if "action_id" in value:
        yield from string(value["action_id"], f"{pointer}/action_id", limits.IDENTIFIER)
    if "placeholder" in value:
        yield from text_object(value["placeholder"], f"{pointer}/placeholder", limits.PLACEHOLDER, plain_only=True)
    if "confirm" in value:
        yield from _confirm(value["confirm"], f"{pointer}/confirm")
    yield from CHECKS[kind](value, pointer)


def image(value: Any, pointer: str) -> Problems:
    yield from fields(value, pointer, ("type", "alt_text"), ("image_url", "slack_file", "block_id", "title"))
    if ("image_url" in value) == ("slack_file" in value):
        yield at("must provide one of image_url or slack_file", pointer)
    if "image_url" in value:
        yield from url(value["image_url"], f"{pointer}/image_url")
    if "alt_text" in value:
        yield from string(value["alt_text"], f"{pointer}/alt_text", limits.ALT_TEXT)


def rich_text(value: Any, pointer: str) -> Problems:
    """Each part is a section, list, quote or preformatted block; a text in it is never empty."""
    yield from fields(value, pointer, ("type", "elements"), ("block_id",))
    yield from _rich_parts(value.get("elements"), f"{pointer}/elements")


RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
RICH_LEAVES = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "channel": "channel_id",
    "emoji": "name",
    "usergroup": "usergroup_id",
    "date": "timestamp",
    "broadcast": "range",
    "color": "value",
    "team": "team_id",
}


def _rich_parts(value: Any, pointer: str) -> Problems:
    if not isinstance(value, list):
        yield at("must be an array", pointer)
        return
    for number, part in enumerate(value):
        here = f"{pointer}/{number}"
        kind = part.get("type") if isinstance(part, Mapping) else None
        if kind in RICH_PARTS:
            yield from _rich_parts(part.get("elements"), f"{here}/elements")
        elif kind in RICH_LEAVES:
            need = RICH_LEAVES[kind]
            if need not in part:
                yield at(f"missing required field: {need}", here)
            elif kind in ("text", "link"):
                yield from string(part[need], f"{here}/{need}", limits.MARKDOWN_TEXT)
        else:
            yield at(f"unsupported type: {kind}", f"{here}/type")


def _button(value: Any, pointer: str) -> Problems:
    more = ("url", "value", "style", "accessibility_label", "agent_prompt", *COMMON)
    yield from fields(value, pointer, ("type", "text"), more)
    if "text" in value:
        yield from text_object(value["text"], f"{pointer}/text", limits.BUTTON_TEXT, plain_only=True)
    if "value" in value:
        yield from string(value["value"], f"{pointer}/value", limits.BUTTON_VALUE)
    if "url" in value:
        yield from url(value["url"], f"{pointer}/url")
    if value.get("style", "primary") not in ("primary", "danger"):
        yield at("must be one of: primary, danger", f"{pointer}/style")


def _icon_button(value: Any, pointer: str) -> Problems:
    more = ("value", "accessibility_label", "visible_to_user_ids", *COMMON)
    yield from fields(value, pointer, ("type", "icon", "text"), more)
    if "text" in value:
        yield from text_object(value["text"], f"{pointer}/text", limits.BUTTON_TEXT, plain_only=True)


def _feedback(value: Any, pointer: str) -> Problems:
    sides = ("positive_button", "negative_button")
    yield from fields(value, pointer, ("type", *sides), ("action_id",))
    for side in sides:
        here = f"{pointer}/{side}"
        yield from fields(value.get(side), here, ("text", "value"), ("accessibility_label",))
        if isinstance(value.get(side), Mapping):
            yield from text_object(value[side].get("text"), f"{here}/text", limits.BUTTON_TEXT, plain_only=True)
            yield from string(value[side].get("value"), f"{here}/value", limits.BUTTON_VALUE)


def _option(value: Any, pointer: str, plain_only: bool) -> Problems:
    yield from fields(value, pointer, ("text", "value"), ("description", "url"))
    if isinstance(value, Mapping):
        yield from text_object(value.get("text"), f"{pointer}/text", limits.OPTION_TEXT, plain_only)
        yield from string(value.get("value"), f"{pointer}/value", limits.OPTION_VALUE)
        if "description" in value:
            yield from text_object(value["description"], f"{pointer}/description", limits.OPTION_TEXT, plain_only)


def _options(value: Any, pointer: str, most: int, plain_only: bool = True) -> Problems:
    yield from items(value, pointer, most)
    for number, option in enumerate(value if isinstance(value, list) else []):
        yield from _option(option, f"{pointer}/{number}", plain_only)


def _menu(value: Any, pointer: str) -> Problems:
    more = ("options", "option_groups", "initial_option", "initial_options", "max_selected_items", *COMMON)
    yield from fields(value, pointer, ("type",), more)
    if ("options" in value) == ("option_groups" in value):
        yield at("must provide one of options or option_groups", pointer)
    if "options" in value:
        yield from _options(value["options"], f"{pointer}/options", limits.OPTIONS)
    groups = value.get("option_groups", [])
    yield from items(groups, f"{pointer}/option_groups", limits.OPTIONS, least=0)
    for number, group in enumerate(groups):
        here = f"{pointer}/option_groups/{number}"
        yield from fields(group, here, ("label", "options"))
        yield from text_object(group.get("label"), f"{here}/label", limits.OPTION_TEXT, plain_only=True)
        yield from _options(group.get("options"), f"{here}/options", limits.OPTIONS)


def _overflow(value: Any, pointer: str) -> Problems:
    yield from fields(value, pointer, ("type", "options"), COMMON)
    yield from _options(value.get("options"), f"{pointer}/options", limits.OVERFLOW_OPTIONS)


def _choice(value: Any, pointer: str) -> Problems:
    yield from fields(value, pointer, ("type", "options"), ("initial_option", "initial_options", *COMMON))
    yield from _options(value.get("options"), f"{pointer}/options", limits.CHOICE_OPTIONS, plain_only=False)


def _confirm(value: Any, pointer: str) -> Problems:
    yield from fields(value, pointer, tuple(limits.CONFIRM), ("style",))
    for key, most in limits.CONFIRM.items():
        if isinstance(value, Mapping) and key in value:
            yield from text_object(value[key], f"{pointer}/{key}", most, plain_only=key != "text")


def _any(value: Any, pointer: str) -> Problems:
    yield from ()


CHECKS: dict[str, Check] = {
    "button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "image": image,
    "overflow": _overflow,
    "checkboxes": _choice,
    "radio_buttons": _choice,
    "static_select": _menu,
    "multi_static_select": _menu,
    **{f"{many}{kind}_select": _any for kind in PICKERS for many in ("", "multi_")},
    **dict.fromkeys(("external_select", "multi_external_select", "datepicker", "timepicker", "datetimepicker"), _any),
    **dict.fromkeys(("plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input"), _any),
    **dict.fromkeys(("rich_text_input", "workflow_button"), _any),
}
IN_CONTEXT_ACTIONS = ("icon_button", "feedback_buttons")
INPUTS = tuple(kind for kind in CHECKS if kind not in (*IN_CONTEXT_ACTIONS, "button", "image", "overflow"))
IN_ACTIONS = tuple(k for k in CHECKS if k not in (*IN_CONTEXT_ACTIONS, "image") and "_input" not in k)
IN_SECTION = (*IN_ACTIONS, "image")
