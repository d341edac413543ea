"""`outlay serve` as a process against a Slack on this machine, by Socket Mode and by signed HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import WEEKDAYS
from tests.fakes.slack.fixtures import slack
from tests.fakes.slack.server import FakeSlack

__all__ = ["slack"]

RULES = """
everyone = "nothing"
admins = ["U0CFO"]
[people]
U0ANN = ["orion"]
[channels]
C0ORION = ["orion"]
C0GENERAL = "all"
"""
ORION = "What did orion spend in October 2026?"
READY = b"receives events"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(slack: FakeSlack, home: Path, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process once it says that events can come; killed at the end if it is still there."""
    (home / "access.toml").write_text(RULES)
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("OUTLAY_", "SLACK_"))}
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "outlay",
        "serve",
        env=mine | slack.environment | {"OUTLAY_HOME": str(home)} | variables,
        cwd=home.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=(home.parent / "serve.log").open("ab"),
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert READY in line, (line, (home.parent / "serve.log").read_text()[-2000:])
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def stopped(process: asyncio.subprocess.Process) -> int:
    process.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(process.wait(), 20)


@pytest.mark.slow
async def test_a_mention_over_the_socket_gets_the_sum_and_the_process_stops_cleanly(
    slack: FakeSlack, home: Path
) -> None:
    """Orion in October: 100.25 + 41.75 = 142.00."""
    async with serving(slack, home) as process:
        await slack.wait_for_app()
        sent = slack.mention("C0GENERAL", "U0ANN", ORION)
        reply = await slack.wait_for_reply("C0GENERAL", sent.thread, timeout=60)
        other = slack.mention("C0GENERAL", "U0ANN", "What did support spend in October 2026?")
        refused = await slack.wait_for_reply("C0GENERAL", other.thread, timeout=60)
        await slack.quiet()
        code = await stopped(process)
    assert "$142.00" in reply.visible
    assert "900" not in refused.visible
    assert code == 0
    assert "Traceback" not in (home.parent / "serve.log").read_text()


@pytest.mark.slow
async def test_a_mention_over_http_gets_the_sum_and_a_forged_one_nothing(slack: FakeSlack, home: Path) -> None:
    port = free_port()
    slack.app_url = f"http://127.0.0.1:{port}/slack/events"
    async with serving(slack, home, SLACK_APP_TOKEN="", OUTLAY_PORT=str(port)) as process:
        await slack.wait_for_app()
        sent = slack.mention("C0GENERAL", "U0CFO", ORION)
        reply = await slack.wait_for_reply("C0GENERAL", sent.thread, timeout=60)
        await slack.quiet()
        before = len(slack.posted)
        assert await slack.post_event(sent.deliveries[0], secret="wrong") == 401
        await slack.quiet()
        assert len(slack.posted) == before
        code = await stopped(process)
    assert "$142.00" in reply.visible
    assert code == 0


@pytest.mark.slow
async def test_a_digest_that_is_due_is_posted_once_whatever_restarts(slack: FakeSlack, home: Path) -> None:
    now = datetime.now(UTC)
    due = {
        "OUTLAY_DIGEST_CHANNELS": "C0ORION",
        "OUTLAY_DIGEST_WEEKDAY": WEEKDAYS[now.weekday()],
        "OUTLAY_DIGEST_HOUR": str(now.hour),
    }
    async with serving(slack, home, **due) as process:
        await slack.wait_for_app()
        digest = await slack.wait_for_reply("C0ORION", timeout=60)
        assert await stopped(process) == 0
    async with serving(slack, home, **due) as process:
        await slack.wait_for_app()
        await asyncio.sleep(2)
        await slack.quiet()
        assert await stopped(process) == 0
    assert len(slack.posted) == 1
    assert "Spend, week of" in digest.visible
    assert "support" not in digest.visible


async def test_a_token_that_slack_refuses_is_told_in_a_sentence(slack: FakeSlack, home: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "outlay",
        "serve",
        env=os.environ | slack.environment | {"OUTLAY_HOME": str(home), "SLACK_BOT_TOKEN": "xoxb-wrong"},
        cwd=home.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    assert b"SLACK_BOT_TOKEN" in err
    assert b"Traceback" not in out + err
