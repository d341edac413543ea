"""The protocol over standard input and output, one message a line."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import mcp_types as types
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server

LONGEST_WAIT = 300.0
READ = 65_536


class Wire:
    """Both ends of the connection. Nothing else in the process can write to it. What was read is answered before the
    end of input counts, for at most five minutes; a stop does not wait for the next line."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._open: set[str] = set()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, name="outlay-mcp-input", daemon=True).start()

    def __aiter__(self) -> AsyncIterator[str]:
        return self._messages()

    async def _messages(self) -> AsyncIterator[str]:
        while (line := await self._lines.get()) is not None:
            text = line.decode("utf-8", "replace")
            if text.strip() and await self._is_message(text):
                self._note(text, asked=True)
                yield text
        deadline = self._loop.time() + LONGEST_WAIT
        while self._open and self._loop.time() < deadline:
            await asyncio.sleep(0.02)

    async def write(self, text: str) -> None:
        left = memoryview(text.encode())
        while left:
            left = left[await asyncio.to_thread(os.write, self._writing, left) :]
        self._note(text, asked=False)

    async def flush(self) -> None:
        """What is written is on its way already."""

    async def _is_message(self, text: str) -> bool:
        """Whether a line is a JSON object; one that is not is answered with what is wrong with it."""
        try:
            if isinstance(json.loads(text), dict):
                return True
            error = {"code": types.INVALID_REQUEST, "message": "A message is one JSON object a line."}
        except (ValueError, RecursionError):
            error = {"code": types.PARSE_ERROR, "message": "This line is not JSON."}
        await self.write(json.dumps({"jsonrpc": "2.0", "id": None, "error": error}) + "\n")
        return False

    def _note(self, text: str, *, asked: bool) -> None:
        """Keep count of the requests that are not answered."""
        with suppress(ValueError, RecursionError):
            message = json.loads(text)
            if not isinstance(message, dict):
                return
            if message.get("method") == "notifications/cancelled":
                self._open.discard(_key((message.get("params") or {}).get("requestId")))
            elif message.get("id") is not None and ("method" in message) == asked:
                (self._open.add if asked else self._open.discard)(_key(message["id"]))

    def _read(self) -> None:
        rest = b""
        with suppress(RuntimeError):  # the loop is closed: nobody reads any more
            while piece := _piece(self._reading):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            self._loop.call_soon_threadsafe(self._lines.put_nowait, rest)
            self._loop.call_soon_threadsafe(self._lines.put_nowait, None)


async def serve(server: Server[Any]) -> None:
    """Serve one client until it closes the input, or until a signal stops the process."""
    writing = os.dup(1)
    os.dup2(2, 1)  # what anything else prints must not reach the client
    loop, this = asyncio.get_running_loop(), asyncio.current_task()
    assert this is not None
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, this.cancel)
    wire: Any = Wire(os.dup(0), writing)
    with suppress(asyncio.CancelledError, BrokenPipeError):
        async with stdio_server(wire, wire) as (read, write):
            await server.run(read, write, server.create_initialization_options())


def _piece(source: int) -> bytes:
    try:
        return os.read(source, READ)
    except OSError:
        return b""


def _key(value: object) -> str:
    return f"{type(value).__name__} {value}"
