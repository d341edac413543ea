"""`python -m tests.fakes.slack --port 8700`: a Slack on this machine to try the app against.

Prints the variables that the app needs. Then each line typed is said to the app: `#general ann how much ...` mentions
it in a channel, `ann how much ...` writes it a direct message. What the app posts is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.fakes.slack.server import FakeSlack


async def run(port: int, app_url: str | None) -> None:
    slack = FakeSlack(app_url)
    await slack.start(port)
    try:
        for name, value in slack.environment.items():
            _show(f"{name}={value}")
        printing = asyncio.create_task(_print_posts(slack))
        while line := await asyncio.to_thread(sys.stdin.readline):
            _say(slack, line.strip())
        await slack.quiet()
        printing.cancel()
    finally:
        await slack.close()


def _say(slack: FakeSlack, line: str) -> None:
    try:
        if line.startswith("#"):
            channel, user, text = line.split(maxsplit=2)
            slack.mention(slack.workspace.channel(channel).id, f"U0{user.upper()}", text)
        elif line:
            user, text = line.split(maxsplit=1)
            slack.direct_message(f"U0{user.upper()}", text)
    except Exception as error:
        _show(f"not sent: {error}")


async def _print_posts(slack: FakeSlack) -> None:
    while True:
        posted = await slack.wait_for_reply(timeout=1e9)
        _show(f"[{posted.channel} {posted.thread_ts or ''} {posted.method}]\n{posted.visible}")


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A fake Slack on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--app-url", help="the app's /slack/events address; without it, Socket Mode")
    options = parser.parse_args()
    asyncio.run(run(options.port, options.app_url))
