"""The protocol over HTTP: each bearer token is one person."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Any

from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend
from mcp.server.auth.provider import AccessToken
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.middleware.authentication import AuthenticationMiddleware

from bot.mcp.desk import Caller
from bot.mcp.tokens import Tokens
from tools.errors import BadInput, ToolError

log = logging.getLogger("outlay.mcp")

PATH = "/mcp"
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Verifier:
    """Asks for the tokens at every request: one that is taken out of the file counts no more."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        self._tokens = tokens

    async def verify_token(self, token: str) -> AccessToken | None:
        try:
            known = self._tokens()
        except ToolError as error:
            log.error("%s", error)
            return None
        if not known.knows(token):
            return None
        user = known.user(token)
        return AccessToken(token="", client_id=user or "operator", scopes=[], subject=user)


def app(server: Server[Any], verifier: Verifier | None, names: Sequence[str]) -> Starlette:
    """`names` are the hosts, beside this machine's own, under which clients may address the server: a page in a
    browser cannot reach it under a name of its own. Without `verifier` whoever can connect is let in."""
    hosts = [host for name in (*LOCAL, *names) for host in (name, f"{name}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    )
    made = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=security,
        token_verifier=verifier,
    )
    if verifier is not None:
        made.add_middleware(AuthenticationMiddleware, backend=BearerAuthBackend(verifier))
    return made


def bearer(ctx: ServerRequestContext[Any, Any], channel: str | None) -> Caller:
    """Who the request's own token stands for."""
    return Caller(ctx.request.scope["user"].access_token.subject, channel)  # type: ignore[union-attr]


def is_local(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def run(made: Starlette, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. BadInput when the address cannot be used."""
    import uvicorn

    try:
        kind, *_, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(kind, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except (OSError, OverflowError) as error:
        raise BadInput(f"Cannot listen on {host}, port {port}: {getattr(error, 'strerror', None) or error}.") from None
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    say(f"Listening on http://{shown}:{listening.getsockname()[1]}{PATH}")
    config = uvicorn.Config(made, log_level="warning", access_log=False, server_header=False)

    async def serve() -> None:
        server = uvicorn.Server(config)
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(stop, setattr, server, "should_exit", True)
        await server._serve([listening])  # without its own handlers, which end the process by the signal afterwards

    try:
        asyncio.run(serve())
    finally:
        listening.close()
