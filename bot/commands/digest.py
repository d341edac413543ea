"""`outlay digest`: what a channel would be told this week."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(help="The weekly digest.", no_args_is_help=True, callback=lambda: None)


@app.command()
def preview(
    channel: Annotated[str, typer.Option(metavar="C", help="The channel whose digest to show.")],
    today: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that counts as today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what would be posted to a channel, without posting it."""
    from bot.commands.ask import read_day
    from bot.terminal import show
    from bot.wiring import build_digest, load_settings, today_in

    settings = load_settings()
    reply = build_digest(settings, channel, read_day(today) or today_in(settings))
    if as_json:
        print(json.dumps(reply.to_json(), ensure_ascii=False))
    else:
        show(reply)
