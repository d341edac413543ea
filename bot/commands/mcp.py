"""`outlay mcp`: the tools for other assistants, over the Model Context Protocol."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.mcp.desk import Desk
    from bot.settings import Settings

NO_TOKEN = (
    "On {host} others could reach Outlay: set OUTLAY_MCP_TOKEN, or give each person a token with "
    "`outlay mcp --new-token USER`."
)
OPEN = "No token is set: whoever can connect from this machine sees what {who} may see."


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP; default: standard input and output.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on; beyond this machine only with a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8765,
    as_user: Annotated[
        str | None, typer.Option("--as", metavar="USER", help="Answer as this person; default: the operator.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option(metavar="CHANNEL", help="Show at most what this channel may show.")
    ] = None,
    today: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that counts as today.")] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host name under which clients reach it; repeatable.")
    ] = None,
    new_token: Annotated[
        str | None, typer.Option(metavar="USER", help="Print a new token for this person, and stop.")
    ] = None,
) -> None:
    """Offer the same tools to other assistants, over the Model Context Protocol."""
    from bot.wiring import load_settings

    settings = load_settings()
    if new_token is not None:
        from bot.mcp.tokens import new_token as make

        print(make(settings.home, new_token))
        return
    with _desk(settings, today) as desk:
        if http:
            _http(desk, settings, host, port, as_user, channel, name or [])
        else:
            _stdio(desk, as_user, channel)


def _stdio(desk: Desk, asker: str | None, channel: str | None) -> None:
    from bot.mcp.desk import Caller
    from bot.mcp.server import build
    from bot.mcp.stdio import serve

    caller = Caller(asker, channel)

    async def run() -> None:
        await serve(build(desk, lambda ctx: caller))

    import asyncio

    asyncio.run(run())


def _http(
    desk: Desk,
    settings: Settings,
    host: str,
    port: int,
    asker: str | None,
    channel: str | None,
    names: list[str],
) -> None:
    from bot.mcp.desk import Caller
    from bot.mcp.http import Verifier, app, bearer, is_local, run
    from bot.mcp.server import build
    from bot.mcp.tokens import Tokens, load_tokens
    from tools.errors import BadInput

    own = settings.mcp_token.get_secret_value() if settings.mcp_token else None

    def tokens() -> Tokens:
        return load_tokens(settings.home, own, asker)

    if tokens():
        server = build(desk, lambda ctx: bearer(ctx, channel))
        made = app(server, Verifier(tokens), [*names, host])
    elif is_local(host):
        print(OPEN.format(who=asker or "the operator"), file=sys.stderr)
        made = app(build(desk, lambda ctx: Caller(asker, channel)), None, names)
    else:
        raise BadInput(NO_TOKEN.format(host=host))
    run(made, host, port, lambda sentence: print(sentence, file=sys.stderr, flush=True))


@contextmanager
def _desk(settings: Settings, today: str | None) -> Iterator[Desk]:
    from bot.commands.ask import read_day
    from bot.mcp.desk import Desk
    from bot.wiring import build_agent, today_in

    fixed = read_day(today)
    with build_agent(settings) as agent:
        yield Desk(agent, lambda: fixed or today_in(settings))
