"""Who is answered where: guests, strangers, shared channels, and a Slack that does not say who asks."""

from __future__ import annotations

import pytest

from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import Colleague, Start


@pytest.mark.parametrize("user", ["U0GUEST", "U0STRANGER"])
async def test_guests_and_strangers_are_refused_politely_and_get_no_data(
    slack: FakeSlack, start: Start, colleague: Colleague, user: str
) -> None:
    slack.workspace.channels["C0GENERAL"].members.add("U0STRANGER")
    async with start():
        sent = slack.mention("C0GENERAL", user, "what did orion spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.message("C0GENERAL", user, "and now?", thread_ts=sent.ts)
        await slack.quiet()
    assert "full members of this workspace only" in reply.visible
    assert "42" not in reply.visible
    assert colleague.asked == []
    assert len(slack.posted) == 1


async def test_a_guests_follow_up_in_a_colleagues_thread_gets_nothing(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.message("C0GENERAL", "U0GUEST", "and support?", thread_ts=sent.ts)
        await slack.quiet()
    assert len(colleague.asked) == 1
    assert len(slack.posted) == 1


async def test_guests_are_answered_where_the_setting_allows_it(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start(allow_guests=True):
        sent = slack.mention("C0GENERAL", "U0GUEST", "what did orion spend?")
        assert "$42.00" in (await slack.wait_for_reply("C0GENERAL", sent.ts)).visible


async def test_no_costs_are_shown_in_a_channel_shared_with_another_company(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        sent = slack.mention("C0SHARED", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("C0SHARED", sent.ts)
    assert "shared with another company" in reply.visible
    assert colleague.asked == []


async def test_when_slack_does_not_say_who_asks_nothing_is_shown(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    slack.fail("users.info", "missing_scope", times=5)
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert "could not check with Slack who you are" in reply.visible
    assert colleague.asked == []
