"""`outlay calc`: every tool by its name, with its arguments as options."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.commands.tool_options import Option, complaint, options_of, values_of
from tools.errors import BadInput
from tools.results import listed

if TYPE_CHECKING:
    from bot.agent.toolbox.tool import Tool
    from bot.reply import Reply

HELP = frozenset({"--help", "-h"})
OF_TALK = frozenset({"ask_back", "say_unknown", "about_outlay", "search_knowledge"})
"""Tools that only a conversation needs; the knowledge base has a command of its own."""
SHARED = (
    Option("json", "Print one JSON object, as outlay ask --json does.", flag=True),
    Option("today", "The day that counts as today, YYYY-MM-DD."),
    Option("as", "As this person sees it; default: the operator."),
    Option("channel", "As this channel may see it; default: in private."),
)


def run(words: Sequence[str]) -> None:
    """Calls the tool that the first word names with the options after it and prints its reply. BadInput for what cannot
    be used; exit 2 with the sentence on standard error where the tool asks back, does not know or may not tell."""
    tools = {tool.name: tool for tool in _tools()}
    if not words or words[0] in HELP:
        print(_all(tools.values()))
        return
    name = words[0].replace("-", "_")
    if name not in tools:
        raise BadInput(f"There is no calculation {words[0]!r}. Nearest: {listed(_nearest(name, tools))}.")
    tool = tools[name]
    options = (*options_of(tool.arguments), *SHARED)
    if HELP.intersection(words[1:]):
        print(_one(tool, options))
        return
    given = values_of(options, words[1:])
    shared = {option.name: given.pop(option.name, None) for option in SHARED}
    reply = _reply(tool, given, shared, " ".join(words))
    if shared["json"]:
        print(json.dumps(reply.to_json(), ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))
    elif reply.status == "answered":
        from bot.terminal import show

        show(reply)
    if reply.status != "answered":
        options_said = f" For example: {listed(reply.options)}." if reply.options else ""
        print(f"{reply.text}{options_said}", file=sys.stderr)
        sys.exit(1 if reply.status == "failed" else 2)


def _reply(tool: Tool[Any], given: dict[str, Any], shared: dict[str, Any], asked: str) -> Reply:
    """The checked reply of one call. BadInput names the first option that cannot be used."""
    import time

    from pydantic import ValidationError

    from bot.agent import compose
    from bot.agent.turn import Turn
    from bot.commands.ask import read_day
    from bot.reply import Question
    from bot.wiring import audience_of, build_services, load_settings, today_in

    try:
        tool.arguments.model_validate(given)
    except ValidationError as error:
        raise BadInput(complaint(error)) from None
    settings = load_settings()
    today = read_day(shared["today"]) or today_in(settings)
    question = Question(asked, today, shared["as"], shared["channel"])
    started = time.perf_counter()
    turn = Turn(question, audience_of(settings)(question.asker, question.channel))
    tool.call(build_services(settings), turn, given)
    (call,) = turn.calls
    if isinstance(call.error, BadInput):
        raise call.error
    reply = compose.reply(turn, call.output.result.summary if call.output else str(call.error))
    return replace(reply, seconds=time.perf_counter() - started)


def _tools() -> list[Tool[Any]]:
    from bot.agent.toolbox.catalogue import all_tools

    return [tool for tool in all_tools() if tool.name not in OF_TALK]


def _nearest(name: str, tools: dict[str, Tool[Any]]) -> list[str]:
    from rapidfuzz import process

    return [found for found, _, _ in process.extract(name, list(tools), limit=4)]


def _all(tools: Any) -> str:
    lines = [f"  {tool.name:<20} {tool.description}" for tool in tools]
    head = (
        "Usage: outlay calc NAME [OPTIONS]\n\nOne calculation, price or sum by name. outlay calc NAME --help shows its"
    )
    return "\n".join([f"{head} options.\n", *lines])


def _one(tool: Tool[Any], options: Sequence[Option]) -> str:
    width = min(max(len(option.usage) for option in options), 34)
    lines = []
    for option in options:
        notes = [option.about] if option.about else []
        notes += ["Needed."] if option.needed else []
        notes += [f"Default: {option.default}."] if option.default else []
        gap = "\n" + " " * (width + 4) if len(option.usage) > width else "  " + " " * (width - len(option.usage))
        lines.append(f"  {option.usage}{gap if notes else ''}{' '.join(notes)}")
    return "\n".join([f"Usage: outlay calc {tool.name} [OPTIONS]\n\n{tool.description}\n", *lines])
