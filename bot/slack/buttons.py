"""What can be pressed below an answer: an offered choice, the tables as CSV, a verdict."""

from __future__ import annotations

import json
from typing import Any

from bot.reply import Reply

MOST = 10
OPTION_ACTION = "outlay_option"
FEEDBACK_ACTION = "outlay_feedback"
EXPORT_ACTION = "outlay_export"

Block = dict[str, Any]


def choices(reply: Reply, thread: str) -> list[Block]:
    buttons = [
        {
            "type": "button",
            "action_id": f"{OPTION_ACTION}_{number}",
            "text": {"type": "plain_text", "text": option if len(option) <= 75 else option[:74] + "…"},
            "value": json.dumps({"option": option[:800], "thread": thread}, ensure_ascii=False),
        }
        for number, option in enumerate(reply.options[:MOST])
        if option.strip()
    ]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def export(key: str) -> list[Block]:
    button = {
        "type": "button",
        "action_id": EXPORT_ACTION,
        "text": {"type": "plain_text", "text": "Export CSV"},
        "value": key[:2_000],
    }
    return [{"type": "actions", "elements": [button]}]


def feedback(key: str) -> list[Block]:
    def button(text: str, verdict: str) -> dict[str, Any]:
        return {"text": {"type": "plain_text", "text": text}, "value": f"{verdict} {key}"[:2_000]}

    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK_ACTION,
        "positive_button": button("Good answer", "good"),
        "negative_button": button("Wrong or unhelpful", "bad"),
    }
    return [{"type": "context_actions", "elements": [element]}]
