"""Events as Slack delivers them: acked at once, sent again, forged, and settings that Slack refuses."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot.slack.app import Parts, running
from bot.slack.clients import SlackSettings
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Colleague, Start
from tools.errors import BadInput


async def test_a_redelivered_event_is_answered_once_even_after_a_restart(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        for delivery in sent.deliveries:
            slack.again(delivery)
        await slack.quiet()
    async with start():
        for delivery in sent.deliveries:
            slack.again(delivery)
        await slack.quiet()
    assert len(slack.posted) == 1
    assert len(colleague.asked) == 1


async def test_every_delivery_is_acked_at_once_while_the_answer_takes_its_time(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start(http=True):
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: all(delivery.acked for delivery in sent.deliveries))
        await slack.wait_until(lambda: [s.status for s in slack.statuses].count("Looking up October's spend"))
        assert all(len(d.attempts) == 1 and d.attempts[0].seconds < 1 for d in sent.deliveries)
        colleague.hold.set()
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.wait_until(lambda: slack.sessions["C0GENERAL", sent.ts].status == "active")
    assert slack.statuses[0].status == "processing"


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_a_question_that_could_not_be_secured_is_not_acked_so_that_slack_sends_it_again(
    slack: FakeSlack, start: Start, colleague: Colleague, state: State, monkeypatch: pytest.MonkeyPatch, http: bool
) -> None:
    secured, failures = State.claim, iter([sqlite3.OperationalError("disk is full")])

    def failing_once(self: State, key: str, *arguments: Any, **more: Any) -> Any:
        for failure in failures:
            raise failure
        return secured(self, key, *arguments, **more)

    monkeypatch.setattr(State, "claim", failing_once)
    slack.deliverer.ack_seconds = 0.5
    async with start(http=http):
        sent = slack.direct_message("U0ANN", "what did orion spend?")
        assert "$42.00" in (await slack.wait_for_reply(sent.channel, sent.ts)).visible
        await slack.quiet()
    assert [attempt.acked for attempt in sent.deliveries[0].attempts] == [False, True]
    assert len(slack.posted) == 1


async def test_http_events_with_a_wrong_or_old_signature_are_refused(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start(http=True):
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        forged = replace(sent.deliveries[0], payload={**sent.deliveries[0].payload, "event_id": "Ev9"})
        assert await slack.post_event(forged, secret="wrong") == 401
        assert await slack.post_event(forged, at=NOON.timestamp() - 3_600) == 401
    assert len(colleague.asked) == 1


async def test_settings_that_slack_refuses_are_told_in_a_sentence(slack: FakeSlack, state: State) -> None:
    parts = Parts(Colleague(), state, lambda: NOON)
    good = SlackSettings(slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url, port=0)
    for settings, sentence in (
        (replace(good, bot_token=""), "SLACK_BOT_TOKEN is not set"),
        (replace(good, bot_token="xoxb-wrong"), r"refuses SLACK_BOT_TOKEN \(invalid_auth\)"),
        (replace(good, app_token="xapp-wrong"), r"refuses SLACK_APP_TOKEN \(invalid_auth\)"),
        (replace(good, app_token="", signing_secret=""), "Set SLACK_APP_TOKEN"),
        (replace(good, api_url="http://127.0.0.1:9/api/"), "cannot be reached"),
    ):
        with pytest.raises(BadInput, match=sentence):
            async with running(settings, parts):
                pass
    assert "xoxb" not in repr(good)
