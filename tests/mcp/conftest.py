"""`outlay mcp` as a process, over pipes and over HTTP, and the SDK's own client to talk to it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.cli.conftest import environment, example, home, services

__all__ = ["environment", "example", "home", "services"]

OUTLAY = str(Path(sys.executable).parent / "outlay")
RULES = """
everyone = "nothing"
admins = ["U0CFO"]
[people]
U0ANN = ["orion"]
U0BEN = ["support"]
[channels]
C0ORION = ["orion"]
"""
TODAY = ("--today", "2026-11-23")
OCTOBER = {"period": "October 2026"}
CONVERSING: dict[str, str] = {"OUTLAY_MODEL": "", "OUTLAY_MCP_TOKEN": ""}


@pytest.fixture
def ruled(home: Path) -> Path:
    """An OUTLAY_HOME with orion's and support's charges, of which Ann sees orion's and Ben support's."""
    (home / "access.toml").write_text(RULES)
    return home


def over_stdio(home: Path, *options: str, mode: str = "auto") -> Client:
    environment = os.environ | CONVERSING | {"OUTLAY_HOME": str(home)}
    return Client(
        StdioServerParameters(command=OUTLAY, args=["mcp", *TODAY, *options], env=environment, cwd=home), mode=mode
    )


@dataclass(frozen=True, slots=True)
class Served:
    """A server over HTTP. `client(token)` talks to it."""

    url: str
    process: asyncio.subprocess.Process

    @asynccontextmanager
    async def client(self, token: str | None = None, **headers: str) -> AsyncIterator[Client]:
        sent = {**({"Authorization": f"Bearer {token}"} if token else {}), **headers}
        async with (
            httpx2.AsyncClient(headers=sent, timeout=60) as web,
            Client(streamable_http_client(self.url, http_client=web)) as client,
        ):
            yield client

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 20)


Serving = Callable[..., AbstractAsyncContextManager[Served]]


@asynccontextmanager
async def over_http(home: Path, *options: str, **variables: str) -> AsyncIterator[Served]:
    log = home.parent / "mcp.log"
    process = await asyncio.create_subprocess_exec(
        *(OUTLAY, "mcp", "--http", "--port", "0", *TODAY, *options),
        env=os.environ | CONVERSING | {"OUTLAY_HOME": str(home)} | variables,
        cwd=home.parent,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=log.open("wb"),
    )
    try:
        yield Served(await asyncio.wait_for(_address(log, process), 60), process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _address(log: Path, process: asyncio.subprocess.Process) -> str:
    while process.returncode is None:
        if found := re.search(r"Listening on (http://\S+)", log.read_text()):
            return found[1]
        await asyncio.sleep(0.05)
    raise AssertionError(log.read_text()[-2000:])
