"""A reply as Slack messages: rich blocks, simpler ones for when those are refused, plain text for the worst case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.reply import Reply, Source
from bot.slack import tables as shapes
from bot.slack.markup import CUT, cut, escaped, linked, mrkdwn, pieces, safe
from tools.period import day_shown
from tools.results import Table

TEXT = 12_000
MESSAGE = 12_900
CELLS = 9_900
SECTION = 2_900
NOTIFICATION = 2_900
NOTES = 1_500
BUTTONS = 10
OPTION_ACTION = "outlay_option"
FEEDBACK_ACTION = "outlay_feedback"

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is mrkdwn, never empty, and stands for the blocks where they are not shown."""

    text: str
    blocks: list[Block]


def render(reply: Reply, key: str = "", thread: str = "") -> Message:
    """The richest form. `key` names the answer in its feedback buttons; `thread` the conversation that an option
    button goes on with. Without a key there are no feedback buttons."""
    return renderings(reply, key, thread)[0]


def renderings(reply: Reply, key: str = "", thread: str = "") -> tuple[Message, ...]:
    """The same answer from the richest form to the plainest: send the next when one is refused."""
    text = cut(mrkdwn(_text(reply)), NOTIFICATION)
    return (
        Message(text, _rich(reply, key, thread)),
        Message(text, _simple(reply, thread)),
        Message(plain(reply), []),
    )


def plain(reply: Reply) -> str:
    """Everything as one mrkdwn text, tables in fixed width."""
    parts = [mrkdwn(_text(reply)), *map(_code, _telling(reply.tables)[:3]), *_notes(reply)]
    if reply.options:
        parts.append("You can answer: " + "; ".join(map(escaped, reply.options[:BUTTONS])))
    return cut("\n\n".join(parts), TEXT)


def _text(reply: Reply) -> str:
    text = safe(reply.text, [source.url for source in reply.sources])
    return text or "I have no answer to that."


def _rich(reply: Reply, key: str, thread: str) -> list[Block]:
    after: list[Block] = []
    if warnings := _warnings(reply):
        after.append(_section(warnings))
    after += [_context(note) for note in _small_notes(reply)]
    after += _options(reply, thread)
    after += _feedback(key) if key and reply.status == "answered" else []
    left = MESSAGE - _size(after)
    text = cut(_text(reply), min(TEXT - 200, left))
    blocks, left = [{"type": "markdown", "text": text}], left - len(text)
    for number, table in enumerate(_telling(reply.tables)):
        shown = _table(table, number == 0, left)
        blocks, left = blocks + shown, left - _size(shown)
    return [*blocks, *after]


def _table(table: Table, first: bool, room: int) -> list[Block]:
    """Slack takes one table block a message: the others are shown in fixed width."""
    title = safe(table.title, ())[:150]
    if room < 500:
        return [_context(f"The table {escaped(title)} did not fit into this message.")] if room > 250 else []
    if not first:
        return [_section(_code(table, min(SECTION, room)))]
    fit = shapes.fitted(table, min(CELLS, room - len(title) - 100))
    shown: list[Block] = [{"type": "markdown", "text": f"**{title}**"}] if title else []
    return [*shown, shapes.block(fit), *([_context(fit.note)] if fit.note else [])]


def _simple(reply: Reply, thread: str) -> list[Block]:
    after = [*map(_section, _notes(reply)), *_options(reply, thread)]
    room = MESSAGE - _size(after) - len(CUT)
    parts: list[str] = []
    for part in [*pieces(mrkdwn(cut(_text(reply), TEXT)), SECTION), *map(_code, _telling(reply.tables)[:3])]:
        if len(part) > room or len(parts) == 30:
            parts.append(CUT.strip())
            break
        parts.append(part)
        room -= len(part)
    return [*map(_section, parts), *after]


def _telling(tables: Sequence[Table]) -> list[Table]:
    """A table of one short row says nothing that the text has not said."""
    return [table for table in tables if len(table.rows) > 1 or len(table.columns) > 3][:10]


def _notes(reply: Reply) -> list[str]:
    return [note for note in (_warnings(reply), *_small_notes(reply)) if note]


def _warnings(reply: Reply) -> str:
    return cut("\n".join(f":warning: {escaped(warning)}" for warning in reply.warnings), NOTES, " …")


def _small_notes(reply: Reply) -> list[str]:
    notes = []
    if reply.assumptions:
        listing = "\n".join(f"• {escaped(assumption)}" for assumption in reply.assumptions)
        notes.append(cut(f"*Assumptions*\n{listing}", NOTES, "\n• …"))
    if reply.sources:
        notes += _sources(reply.sources)
    said = reply.data_through is None or f"through {day_shown(reply.data_through)}" in reply.text
    if reply.data_through and not said:
        notes.append(f"Billing data through {reply.data_through.isoformat()}")
    return notes


def _sources(sources: Sequence[Source]) -> list[str]:
    parts: list[str] = []
    lines = ["*Sources*"]
    for number, source in enumerate(sources, 1):
        about = ", ".join(
            escaped(part)
            for part in (source.publisher, day_shown(source.published_on) if source.published_on else "no date")
            if part
        )
        line = f"[{number}] {linked(source.url, source.title[:200] or source.url[:200])} ({about})"
        if sum(map(len, lines)) + len(line) + len(lines) > SECTION:
            parts, lines = [*parts, "\n".join(lines)], []
        if len(parts) == 1 and not lines:
            lines = [f"and {len(sources) - number + 1} more sources"]
            break
        lines.append(line)
    return [*parts, "\n".join(lines)]


def _options(reply: Reply, thread: str) -> list[Block]:
    buttons = [
        {
            "type": "button",
            "action_id": f"{OPTION_ACTION}_{number}",
            "text": {"type": "plain_text", "text": option if len(option) <= 75 else option[:74] + "…"},
            "value": json.dumps({"option": option[:800], "thread": thread}, ensure_ascii=False),
        }
        for number, option in enumerate(reply.options[:BUTTONS])
        if option.strip()
    ]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _feedback(key: str) -> list[Block]:
    def button(text: str, verdict: str) -> dict[str, Any]:
        return {"text": {"type": "plain_text", "text": text}, "value": f"{verdict} {key}"[:2_000]}

    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK_ACTION,
        "positive_button": button("Good answer", "good"),
        "negative_button": button("Wrong or unhelpful", "bad"),
    }
    return [{"type": "context_actions", "elements": [element]}]


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3_000]}, "expand": True}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:3_000]}]}


def _code(table: Table, most: int = SECTION) -> str:
    """The table in a code block of at most `most` characters, the title above and what was left out below."""
    title, rows, room = escaped(table.title[:150]), len(table.rows), most - 300
    while True:
        fit = shapes.fitted(table, room, rows, columns=6)
        grid = escaped(shapes.fixed_width(fit))
        if len(grid) <= most - 300 or not fit.rows:
            break
        rows = min(rows, len(fit.rows)) * 3 // 4
    return "\n".join(part for part in (f"*{title}*" if title else "", f"```\n{grid[:room]}\n```", fit.note) if part)


def _size(value: Any) -> int:
    """Characters shown by blocks, as Slack adds them up."""
    if isinstance(value, list):
        return sum(map(_size, value))
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    return (len(text) if isinstance(text, str) else 0) + sum(map(_size, value.values()))
