"""Pytest fixtures: `from tests.fakes.slack.fixtures import slack`."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.fakes.slack.server import FakeSlack


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A running fake, redeliveries a few hundredths of a second apart."""
    async with FakeSlack() as running:
        running.deliverer.redeliveries = (0.0, 0.05, 0.1)
        yield running
