"""A reply as Slack messages: rich blocks, simpler ones for when those are refused, plain text for the worst case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.reply import Reply
from bot.slack import chart_block
from bot.slack import tables as shapes
from bot.slack.buttons import MOST as BUTTONS
from bot.slack.buttons import choices, export, feedback
from bot.slack.markup import CUT, cut, escaped, mrkdwn, pieces, safe
from bot.slack.notes import SECTION, all_notes, small_notes, warnings
from tools.results import Chart, Table

TEXT = 12_000
MESSAGE = 12_900
CELLS = 9_900
NOTIFICATION = 2_900
ROWS_BESIDE_A_FILE = 25
IN_FILE = "Export CSV has them all."

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is mrkdwn, never empty, and stands for the blocks where they are not shown. `charts` are those that the
    blocks draw; others are for pictures."""

    text: str
    blocks: list[Block]
    charts: tuple[Chart, ...] = ()


def render(reply: Reply, key: str = "", thread: str = "", *, exports: bool = False) -> Message:
    """The richest form. `key` names the answer in its buttons; `thread` the conversation that an option button goes on
    with. Without a key there are no buttons for feedback; with `exports` there is one for the tables."""
    return renderings(reply, key, thread, exports=exports)[0]


def renderings(reply: Reply, key: str = "", thread: str = "", *, exports: bool = False) -> tuple[Message, ...]:
    """The same answer from the richest form to the plainest: send the next when one is refused."""
    text = cut(mrkdwn(_text(reply)), NOTIFICATION)
    exported = key if exports and any(len(table.rows) for table in reply.tables) else ""
    drawn = {chart: shown for chart in reply.charts if (shown := chart_block.block(chart))}
    charts = tuple(drawn)[: chart_block.MOST]
    with_charts = Message(text, _rich(reply, key, thread, exported, [drawn[chart] for chart in charts]), charts)
    return (
        *([with_charts] if charts else []),
        Message(text, _rich(reply, key, thread, exported, [])),
        Message(text, _simple(reply, thread, exported)),
        Message(plain(reply), []),
    )


def plain(reply: Reply) -> str:
    """Everything as one mrkdwn text, tables in fixed width."""
    parts = [mrkdwn(_text(reply)), *map(_code, _telling(reply.tables)[:3]), *all_notes(reply)]
    if reply.options:
        parts.append("You can answer: " + "; ".join(map(escaped, reply.options[:BUTTONS])))
    return cut("\n\n".join(parts), TEXT)


def _text(reply: Reply) -> str:
    text = safe(reply.text, [source.url for source in reply.sources])
    return text or "I have no answer to that."


def _rich(reply: Reply, key: str, thread: str, exported: str, charts: Sequence[Block]) -> list[Block]:
    after: list[Block] = []
    if told := warnings(reply):
        after.append(_section(told))
    after += [_context(note) for note in small_notes(reply)]
    after += choices(reply, thread)
    after += export(exported) if exported else []
    after += feedback(key) if key and reply.status == "answered" else []
    left = MESSAGE - _size(after) - sum(map(chart_block.characters, charts))
    text = cut(_text(reply), min(TEXT - 200, left))
    blocks, left = [{"type": "markdown", "text": text}, *charts], left - len(text)
    for number, table in enumerate(_telling(reply.tables)):
        shown = _table(table, number == 0, left, bool(exported))
        blocks, left = blocks + shown, left - _size(shown)
    return [*blocks, *after]


def _table(table: Table, first: bool, room: int, exported: bool) -> list[Block]:
    """Slack takes one table block a message: the others are shown in fixed width."""
    title = safe(shapes.title_shown(table), ())[:150]
    if room < 500:
        return [_context(f"The table {escaped(title)} did not fit into this message.")] if room > 250 else []
    if not first:
        return [_section(_code(table, min(SECTION, room), exported))]
    rows = ROWS_BESIDE_A_FILE if exported else shapes.ROWS - 1
    fit = shapes.fitted(table, min(CELLS, room - len(title) - 200), rows)
    shown: list[Block] = [{"type": "markdown", "text": f"**{title}**"}] if title else []
    return [*shown, shapes.block(fit), *([_context(_left_out(fit, exported))] if fit.note else [])]


def _left_out(fit: shapes.Fitted, exported: bool) -> str:
    return f"{fit.note} {IN_FILE}" if exported and fit.note else fit.note


def _simple(reply: Reply, thread: str, exported: str) -> list[Block]:
    after = [*map(_section, all_notes(reply)), *choices(reply, thread), *(export(exported) if exported else [])]
    room = MESSAGE - _size(after) - len(CUT)
    parts: list[str] = []
    tables = [_code(table, exported=bool(exported)) for table in _telling(reply.tables)[:3]]
    for part in [*pieces(mrkdwn(cut(_text(reply), TEXT)), SECTION), *tables]:
        if len(part) > room or len(parts) == 30:
            parts.append(CUT.strip())
            break
        parts.append(part)
        room -= len(part)
    return [*map(_section, parts), *after]


def _telling(tables: Sequence[Table]) -> list[Table]:
    """A table of one short row says nothing that the text has not said."""
    return [table for table in tables if len(table.rows) > 1 or len(table.columns) > 3][:10]


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3_000]}, "expand": True}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:3_000]}]}


def _code(table: Table, most: int = SECTION, exported: bool = False) -> str:
    """The table in a code block of at most `most` characters, the title above and what was left out below."""
    title, room = escaped(shapes.title_shown(table)[:150]), most - 300
    rows = ROWS_BESIDE_A_FILE if exported else len(table.rows)
    while True:
        fit = shapes.fitted(table, room, rows, columns=6)
        grid = escaped(shapes.fixed_width(fit))
        if len(grid) <= most - 300 or not fit.rows:
            break
        rows = min(rows, len(fit.rows)) * 3 // 4
    note = _left_out(fit, exported)
    return "\n".join(part for part in (f"*{title}*" if title else "", f"```\n{grid[:room]}\n```", note) if part)


def _size(value: Any) -> int:
    """Characters shown by blocks, as Slack adds them up."""
    if isinstance(value, list):
        return sum(map(_size, value))
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    return (len(text) if isinstance(text, str) else 0) + sum(map(_size, value.values()))
