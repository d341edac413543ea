"""A tool's result or a reply as the protocol carries it: text for reading, and exact figures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import mcp_types as types

from bot.agent.grounding.links import clean_links
from bot.agent.turn import Call
from bot.reply import Reply, Source
from bot.terminal import cell_shown
from tools.errors import NeedsChoice, ToolError, Unknown
from tools.period import day_shown
from tools.results import Table

MOST_ROWS = 100
OF_A_QUESTION = ("question", "model", "cost_usd", "seconds", "steps")
"""What a reply says beyond what a single tool's result can."""


def of_call(call: Call) -> types.CallToolResult:
    """The call's result in the shape of a reply, or its error. Only links to the result's own sources are kept."""
    if call.error is not None or call.output is None:
        return refused(call.error or ToolError(f"The tool {call.tool} gave no result."))
    result, sources = call.output.result, call.output.sources
    reply = Reply(
        status="answered",
        question="",
        text=clean_links(result.summary, {source.url for source in sources if source.url})[0].strip(),
        figures=result.figures,
        tables=(result.table,) if result.table else (),
        charts=(result.chart,) if result.chart else (),
        sources=sources,
        assumptions=result.assumptions,
        warnings=result.warnings,
        data_through=result.data_through,
    )
    body = {key: value for key, value in reply.to_json().items() if key not in OF_A_QUESTION}
    return _result(_text(reply), body, is_error=False)


def of_reply(reply: Reply) -> types.CallToolResult:
    """A whole answer; one that gives no answer is marked as an error."""
    return _result(_text(reply), reply.to_json(), is_error=reply.status != "answered")


def refused(error: ToolError) -> types.CallToolResult:
    """The error's sentence, with the nearest names or the options that it offers."""
    body: dict[str, Any] = {"status": error.status, "text": str(error)}
    if isinstance(error, Unknown) and error.nearest:
        body["nearest"] = list(error.nearest)
    if isinstance(error, NeedsChoice) and error.options:
        body["options"] = list(error.options)
    return _result("\n".join([str(error), *_listed("You can answer", body.get("options", ()))]), body, is_error=True)


def _result(text: str, body: dict[str, Any], *, is_error: bool) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=text)]
    return types.CallToolResult(content=content, structured_content=body, is_error=is_error)


def _text(reply: Reply) -> str:
    parts = [reply.text, *map(_markdown, reply.tables)]
    parts += _listed("Assumed", reply.assumptions)
    parts += _listed("Warning", reply.warnings)
    parts += _listed("Source", dict.fromkeys(map(_cited, reply.sources)))
    parts += _listed("You can answer", reply.options)
    if reply.data_through:
        parts.append(f"Billing data through {day_shown(reply.data_through)}.")
    return "\n\n".join(part for part in parts if part)


def _listed(name: str, items: Iterable[str]) -> list[str]:
    lines = "\n".join(f"- {name}: {' '.join(item.split())}" for item in items)
    return [lines] if lines else []


def _cited(source: Source) -> str:
    dated = day_shown(source.published_on) if source.published_on else "undated"
    return " ".join(part for part in (f"{source.title} ({source.publisher}, {dated})", source.url) if part)


def _markdown(table: Table) -> str:
    """The table with its title, at most 100 rows; what is left out is said and stands in the structured content."""
    lines = [f"**{_cell(table.title)}**", ""] if table.title else []
    lines += [_line(table.columns), _line(["---"] * len(table.columns))]
    lines += [_line([cell_shown(cell) for cell in row]) for row in table.rows[:MOST_ROWS]]
    if len(table.rows) > MOST_ROWS:
        lines += ["", f"{len(table.rows) - MOST_ROWS} more rows are in the structured content."]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
