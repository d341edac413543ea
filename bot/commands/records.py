"""`outlay audit` and `outlay forget`: the operator reads who asked what of whom, and erases a conversation."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated

import typer

from tools.errors import BadInput

DAYS_SHOWN = 30


def audit(
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help=f"First day; default: {DAYS_SHOWN} days ago.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object an entry.")] = False,
) -> None:
    """Print who asked when, which tools ran, and whose spend they read."""
    from contextlib import closing

    from bot.commands.ask import read_day
    from bot.wiring import load_settings, now_in, open_state

    settings = load_settings()
    now = now_in(settings)
    first = read_day(since, "--since")
    start = now - timedelta(days=DAYS_SHOWN) if first is None else datetime(*first.timetuple()[:3], tzinfo=now.tzinfo)
    with closing(open_state(settings)) as state:
        entries = state.audited(start)
    if as_json:
        for entry in entries:
            print(json.dumps(entry.to_json(), ensure_ascii=False))
        return
    if not entries:
        print(f"Nothing was asked since {start:%Y-%m-%d}.")
    for entry in entries:
        who, where = entry.person or "operator", entry.channel or "in private"
        tools, teams = ", ".join(entry.tools) or "no tool", ", ".join(entry.teams) or "nobody"
        print(f"{entry.at:%Y-%m-%d %H:%M:%S}  {who}  {where}  {entry.status}  {tools}  spend of {teams}")


def forget(
    thread: Annotated[str, typer.Option(metavar="ID", help="The conversation, as `ask --thread` names it.")],
) -> None:
    """Erase a conversation from Outlay's memory, for good."""
    from contextlib import closing

    from bot.wiring import load_settings, open_conversations, open_state

    if not thread.strip():
        raise BadInput("--thread is empty.")
    settings = load_settings()
    with closing(open_state(settings)) as state, open_conversations(settings, state) as conversations:
        views = conversations.forget(thread)
    if not views:
        raise BadInput(f"No conversation {thread!r} is remembered.")
    print(f"The conversation {thread!r} is erased.")
