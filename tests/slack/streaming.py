"""What tests of streams share: a colleague that waits, and the stream that is open meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.slack.answering import Limits
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.state import Stream
from tests.fakes.slack.values import Posted
from tests.slack.conftest import Colleague, spend
from tools.results import Table

AT_ONCE = Limits(lease=timedelta(seconds=60), patience=0.0)
TABLE = Table("By model", ("Model", "Spend (USD)"), (("gpt-4o", Decimal("40.5")), ("o3", Decimal("1.5"))))
LOOKING = "Looking up October's spend"


@pytest.fixture
def waiting(colleague: Colleague) -> Colleague:
    """Holds every question until it is let go, and answers with a table."""
    colleague.hold.clear()
    colleague.answers["spend?"] = replace(spend("spend?"), tables=(TABLE,))
    return colleague


async def streaming(slack: FakeSlack) -> Stream:
    found: list[Stream] = await slack.wait_until(lambda: [s for s in slack.streams.values() if s.tasks])
    return found[-1]


def finished(slack: FakeSlack, stream: Stream) -> Posted:
    (answer,) = [posted for posted in slack.posted if posted.ts == stream.ts]
    return answer
