"""`outlay ask` and `outlay chat`."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date

from bot.reply import Question, Reply
from tools.errors import BadInput


def run(
    text: str, *, as_json: bool, today: str | None, asker: str | None, channel: str | None, thread: str | None
) -> None:
    """Print the reply; `-` asks each line of standard input and prints a line for each. Exit 1 when one failed."""
    from bot.terminal import live_steps
    from bot.wiring import build_agent, load_settings, today_in

    settings = load_settings()
    question = Question("", read_day(today) or today_in(settings), asker, channel, thread)
    if text != "-":
        if not text.strip():
            raise BadInput("The question is empty.")
        with build_agent(settings) as agent, live_steps() as listener:
            reply = agent.ask(replace(question, text=_readable(text)), listener=listener)
        _print_one(reply, as_json)
        if reply.status == "failed":
            sys.exit(1)
        return
    failed = False
    with build_agent(settings) as agent:
        for line in sys.stdin.buffer:
            reply = agent.ask(replace(question, text=line.decode("utf-8", "replace").strip()))
            failed |= reply.status == "failed"
            shown = json.dumps(reply.to_json(), ensure_ascii=False) if as_json else " ".join(reply.text.split())
            print(shown, flush=True)
    if failed:
        sys.exit(1)


def converse(*, today: str | None, asker: str | None, channel: str | None) -> None:
    """Questions and answers until `exit` or the end of input; each knows what was asked before."""
    from uuid import uuid4

    from bot.terminal import live_steps, show
    from bot.wiring import build_agent, load_settings, today_in

    settings = load_settings()
    on_terminal = sys.stdin.isatty()
    thread = f"chat-{uuid4()}"
    if on_terminal:
        print("Ask about AI costs; exit or Ctrl-D ends.")
    with build_agent(settings) as agent:
        while True:
            try:
                text = input("> " if on_terminal else "").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if text.lower() in {"exit", "quit", ":q"}:
                break
            if text:
                day = read_day(today) or today_in(settings)
                with live_steps() as listener:
                    reply = agent.ask(Question(text, day, asker, channel, thread), listener=listener)
                show(reply)


def read_day(text: str | None, option: str = "--today") -> date | None:
    """YYYY-MM-DD, or BadInput."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} takes a day such as 2026-11-23, not {text!r}.") from None
    if not 2000 <= day.year < 2100:
        raise BadInput(f"--today takes a day from 2000 to 2099, not {text!r}.")
    return day


def _readable(text: str) -> str:
    """A command-line argument whose bytes were not UTF-8, with those bytes marked as such."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _print_one(reply: Reply, as_json: bool) -> None:
    if as_json:
        print(json.dumps(reply.to_json(), ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))
    else:
        from bot.terminal import show

        show(reply)
