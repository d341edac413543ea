"""An event in, a correct figure in a posted message out, on the fake Slack."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.reply import Reply, Source
from bot.slack.answering import Limits
from bot.slack.app import Parts, running
from bot.slack.clients import SlackSettings
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Colleague, Start, spend
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.results import Chart, Series, Table


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_a_mention_is_answered_in_its_thread_with_the_figure(
    slack: FakeSlack, start: Start, colleague: Colleague, http: bool
) -> None:
    async with start(http=http):
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "$42.00" in reply.visible
    assert "Billing data through 2026-10-31" in reply.visible
    assert len(slack.posted) == 1
    (question,) = colleague.asked
    assert question.text == "what did orion spend?"
    assert (question.asker, question.channel, question.thread) == ("U0ANN", "C0GENERAL", f"C0GENERAL:{sent.ts}")
    assert reply.arguments["unfurl_links"] is False
    assert reply.arguments["unfurl_media"] is False
    assert slack.refused == []


async def test_a_direct_message_is_the_askers_own_view(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    async with start():
        sent = slack.direct_message("U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply(sent.channel, sent.ts)
    assert "$42.00" in reply.visible
    assert colleague.asked[0].channel is None


async def test_a_follow_up_in_the_thread_needs_no_mention(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.message("C0GENERAL", "U0BEN", "and in November?", thread_ts=sent.ts)
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert [(q.text, q.asker, q.thread) for q in colleague.asked] == [
        ("what did orion spend?", "U0ANN", f"C0GENERAL:{sent.ts}"),
        ("and in November?", "U0BEN", f"C0GENERAL:{sent.ts}"),
    ]


async def test_threads_outlay_is_not_in_and_plain_messages_are_left_alone(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        other = slack.message("C0GENERAL", "U0ANN", "lunch?")
        slack.message("C0GENERAL", "U0BEN", "yes", thread_ts=other.ts)
        ours = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", ours.ts)
        slack.message("C0GENERAL", "U0BEN", "<@U0ANN> did you see this?", thread_ts=ours.ts)
        slack.message("C0GENERAL", "U0ROBOT", "deployed", thread_ts=ours.ts)
        slack.join("C0GENERAL", "U0STRANGER")
        slack.edit(ours, "<@U0OUTLAY> what did support spend?")
        slack.take_back(other)
        await slack.quiet()
    assert [question.text for question in colleague.asked] == ["what did orion spend?"]
    assert len(slack.posted) == 1


@pytest.mark.parametrize("mention_first", [False, True])
async def test_a_mention_inside_a_known_thread_arrives_twice_and_is_answered_once(
    slack: FakeSlack, start: Start, colleague: Colleague, mention_first: bool
) -> None:
    slack.mention_first = mention_first
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.mention("C0GENERAL", "U0ANN", "and support?", thread_ts=sent.ts)
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert [question.text for question in colleague.asked] == ["what did orion spend?", "and support?"]


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


async def test_where_no_status_is_offered_a_reaction_shows_that_it_is_working(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    for method in ("agents.sessions.setStatus", "assistant.threads.setStatus"):
        slack.fail(method, "unknown_method")
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: [mark.name for mark in slack.reactions] == ["eyes"])
        colleague.hold.set()
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.wait_until(lambda: slack.reactions == [])


async def test_today_is_the_askers_date(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    slack.workspace.add_user("U0KIR", "kir", tz="Pacific/Kiritimati")
    slack.workspace.channels["C0GENERAL"].members.add("U0KIR")
    async with start(now=lambda: NOON):
        sent = slack.mention("C0GENERAL", "U0KIR", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert colleague.asked[0].today == date(2026, 11, 24)


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


@pytest.mark.parametrize(
    ("refused", "kinds"),
    [
        ({"table"}, ("section", "section", "section")),
        ({"markdown", "table", "context_actions"}, ("section", "section", "section")),
        ({"markdown", "section"}, ()),
    ],
)
async def test_refused_blocks_fall_back_and_the_figure_still_arrives(
    slack: FakeSlack, start: Start, colleague: Colleague, refused: set[str], kinds: tuple[str, ...]
) -> None:
    table = Table("By model", ("Model", "Spend (USD)"), (("gpt-4o", Decimal("40.5")), ("o3", Decimal("1.5"))))
    colleague.answers["spend?"] = replace(spend("spend?"), tables=(table,))
    slack.refuse_blocks = refused
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.kinds == kinds
    for part in ("$42.00", "gpt-4o", "40.50", "Billing data through 2026-10-31"):
        assert part in reply.visible
    assert len(slack.posted) == 1


async def test_a_table_too_large_for_slack_arrives_cut_and_says_so(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    rows = tuple((f"project {n}", *(Decimal(n * 1000 + c) for c in range(24))) for n in range(150))
    table = Table("By project", ("Project", *(f"M{c} (USD)" for c in range(24))), rows)
    colleague.answers["spend?"] = replace(spend("spend?"), tables=(table,), text="Long. " * 3_000)
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "did not fit" in reply.visible
    assert slack.refused == []


async def test_a_429_is_waited_out_and_the_answer_comes_once(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    slack.rate_limit("chat.postMessage", times=1, retry_after=1)
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts, timeout=8)
        await slack.quiet()
    calls = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert [call.error for call in calls] == ["ratelimited", None]
    assert calls[1].at - calls[0].at >= 1.0
    assert "$42.00" in reply.visible


async def test_an_answer_whose_receipt_was_lost_is_not_posted_again(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    slack.web.lose_answer("chat.postMessage")
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet(seconds=1.5)
    assert len(slack.posted) == 1


async def test_a_server_error_of_slack_is_tried_again(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    slack.web.break_with("chat.postMessage", 500)
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        assert "$42.00" in (await slack.wait_for_reply("C0GENERAL", sent.ts)).visible
        await slack.quiet(seconds=1.2)
    assert len(slack.posted) == 1


async def test_errors_are_told_in_a_sentence_and_their_details_only_logged(
    slack: FakeSlack, start: Start, colleague: Colleague, caplog: pytest.LogCaptureFixture
) -> None:
    colleague.answers = {
        "crash": RuntimeError("connection string postgres://secret"),
        "orionn": Unknown("No spend is tagged 'orionn'. Teams seen: orion."),
    }
    async with start():
        crash = slack.mention("C0GENERAL", "U0ANN", "crash")
        told = await slack.wait_for_reply("C0GENERAL", crash.ts)
        unknown = slack.mention("C0GENERAL", "U0ANN", "orionn")
        named = await slack.wait_for_reply("C0GENERAL", unknown.ts)
    assert "error on my side" in told.visible
    assert crash.ts in told.visible
    assert "postgres" not in told.visible
    assert "postgres" in caplog.text
    assert "xoxb" not in caplog.text
    assert named.visible.startswith("No spend is tagged 'orionn'.")


async def test_an_answer_that_cannot_be_posted_is_explained_in_a_direct_message(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    slack.fail("chat.postMessage", "restricted_action")
    async with start():
        slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("D0ANN")
    assert reply.visible == "I had an answer to your question but could not post it: I may not write in that channel."


async def test_questions_of_a_thread_keep_their_order_and_threads_run_side_by_side(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        first = slack.mention("C0GENERAL", "U0ANN", "first")
        await slack.wait_until(lambda: colleague.asked)
        for text in ("second", "third"):
            slack.message("C0GENERAL", "U0ANN", text, thread_ts=first.ts)
        for number in range(12):
            slack.mention("C0ORION", "U0BEN", f"other {number}")
        await slack.wait_until(lambda: colleague.most_at_once == 4)
        await slack.wait_until(lambda: any(posted.ephemeral_to == "U0BEN" for posted in slack.posted))
        assert "second" not in [question.text for question in colleague.asked]
        colleague.hold.set()
        await slack.wait_until(lambda: len(colleague.asked) == 15)
        await slack.quiet()
    in_thread = [q.text for q in colleague.asked if q.thread == f"C0GENERAL:{first.ts}"]
    assert in_thread == ["first", "second", "third"]
    assert colleague.most_at_once == 4
    queued = [posted.text for posted in slack.posted if posted.ephemeral_to]
    assert all("Your question is queued" in text for text in queued)
    assert len([posted for posted in slack.posted if not posted.ephemeral_to]) == 15


async def test_a_question_cut_off_by_a_restart_is_asked_again_and_answered_once(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: colleague.asked)
        await slack.wait_until(lambda: all(delivery.acked for delivery in sent.deliveries))
    assert slack.posted == []
    colleague.hold.set()
    async with start():
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "$42.00" in reply.visible
    assert len(slack.posted) == 1
    assert [question.text for question in colleague.asked] == ["what did orion spend?"] * 2


async def test_a_process_that_died_after_posting_leaves_one_answer(
    slack: FakeSlack, start: Start, colleague: Colleague, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(State, "finish", lambda self, key: None)
        async with start():
            sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
            await slack.wait_for_reply("C0GENERAL", sent.ts)
            await slack.quiet()
    state.release(f"C0GENERAL:{sent.ts}")
    async with start():
        await slack.wait_until(lambda: len(colleague.asked) == 2)
        await slack.quiet()
    assert len(slack.posted) == 1
    assert state.unfinished(NOON.replace(year=2027), Limits().lease) == []


async def test_a_question_interrupted_twice_is_given_up_with_a_sentence(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: len(colleague.asked) == 1)
    async with start():
        await slack.wait_until(lambda: len(colleague.asked) == 2)
    async with start():
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    colleague.hold.set()
    assert "interrupted twice" in reply.visible
    assert len(colleague.asked) == 2


async def test_a_command_is_answered_to_its_asker_alone(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    async with start():
        slack.command("C0AWAY", "U0ANN", "/outlay", "what did orion spend?")
        working = await slack.wait_for_reply("C0AWAY")
        reply = await slack.wait_for_reply("C0AWAY")
    assert working.text == "Working on it: what did orion spend?"
    assert reply.ephemeral_to == "U0ANN"
    assert "$42.00" in reply.visible
    assert colleague.asked[0].channel == "C0AWAY"


async def test_an_empty_question_gets_help(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.command("C0GENERAL", "U0ANN", "/outlay", "")
        helped = await slack.wait_for_reply("C0GENERAL")
    assert "Ask me, for example" in reply.visible
    assert "Ask me, for example" in helped.visible
    assert colleague.asked == []


async def test_a_choice_is_offered_as_buttons_and_a_click_goes_on_in_the_thread(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.answers["cost of sonnet?"] = Reply(
        status="clarify", question="", text="Which one?", options=("Sonnet 4.5", "Sonnet 4")
    )
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "cost of sonnet?")
        asked_back = await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.click("U0BEN", asked_back, "outlay_option_0")
        slack.click("U0BEN", asked_back, "outlay_option_0")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert "$42.00" in reply.visible
    assert [(q.text, q.asker, q.thread) for q in colleague.asked[1:]] == [
        ("Sonnet 4.5", "U0BEN", f"C0GENERAL:{sent.ts}")
    ]
    assert slack.current(asked_back).visible.splitlines() == ["Which one?", "Chosen: Sonnet 4.5"]


async def test_an_error_that_needs_a_choice_offers_its_options(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    colleague.answers["cost of sonnet?"] = NeedsChoice("Which one?", ["Sonnet 4.5", "Sonnet 4"])
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "cost of sonnet?")
        asked_back = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert "actions" in asked_back.kinds


async def test_feedback_is_kept(slack: FakeSlack, start: Start, state: State) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        slack.click("U0ANN", reply, "outlay_feedback", f"bad C0GENERAL:{sent.ts}")
        await slack.wait_until(state.feedback)
    assert state.feedback() == [(f"C0GENERAL:{sent.ts}", "U0ANN", "bad")]


async def test_sources_are_numbered_and_linked_and_no_other_link_leaves(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    source = Source("GPU prices fall & more", "Example Press", "https://example.com/a?b=1&c=2", date(2026, 11, 2), "q")
    colleague.answers["news?"] = replace(
        spend("news?"), text="Prices fell [1]. See [this](https://evil.example/?d=42) <!channel>.", sources=(source,)
    )
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "news?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    linked = "<https://example.com/a?b=1&amp;c=2|GPU prices fall &amp; more>"
    assert f"[1] {linked} (Example Press, 2 November 2026)" in reply.visible
    for text in (reply.visible, reply.text):
        assert "evil.example" not in text
        assert "<!channel>" not in text


async def test_a_chart_that_blocks_cannot_show_follows_as_a_picture_and_its_failure_harms_nothing(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    chart = Chart("line", "Spend", "USD", ("Aug", "Sep", "Oct"), (Series("orion", (Decimal(40), None, Decimal(42))),))
    colleague.answers["chart?"] = replace(spend("chart?"), charts=(chart,))
    async with start():
        first = slack.mention("C0GENERAL", "U0ANN", "chart?")
        await slack.wait_for_reply("C0GENERAL", first.ts)
        await slack.wait_until(lambda: slack.files, timeout=15)
        slack.fail("files.getUploadURLExternal", "missing_scope")
        second = slack.mention("C0GENERAL", "U0BEN", "chart?")
        assert "$42.00" in (await slack.wait_for_reply("C0GENERAL", second.ts)).visible
        await slack.quiet()
    (picture,) = slack.files
    assert picture.content.startswith(b"\x89PNG")
    assert (picture.channel, picture.thread_ts, picture.title) == ("C0GENERAL", first.ts, "Spend")


async def test_the_home_tab_says_what_it_can_do_and_how_far_the_data_goes(slack: FakeSlack, start: Start) -> None:
    async with start(about=lambda: ["Billing data through 2026-10-31."]):
        slack.home_opened("U0ANN")
        slack.home_opened("U0GUEST")
        slack.home_opened("U0ANN", tab="messages")
        await slack.wait_until(lambda: len(slack.views) == 2 and slack.prompts)
    seen = {view.user: view.visible for view in slack.views}
    assert "Billing data through 2026-10-31." in seen["U0ANN"]
    assert "Ask me, for example" in seen["U0ANN"]
    assert "2026" not in seen["U0GUEST"]
    assert len(slack.prompts[0].prompts) == 4


def _status(slack: FakeSlack, thread: str) -> str | None:
    session = slack.sessions.get(("C0GENERAL", thread))
    return None if session is None else session.status


async def test_stop_gives_a_question_up_for_good(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    colleague.hold.clear()
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "what did orion spend?")
        await slack.wait_until(lambda: colleague.asked)
        slack.stop("U0ANN", "C0GENERAL", sent.ts)
        await slack.wait_until(lambda: _status(slack, sent.ts) == "active")
        colleague.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.visible == "Stopped, as you asked. I have not answered this question."
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


SERVING = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.reply import Reply
from bot.slack.app import Parts, serve
from bot.slack.clients import SlackSettings
from bot.state.store import State
import time

url, bot, app, home = sys.argv[1:]

def ask(question, *, listener=None):
    if "slow" in question.text:
        time.sleep(60)
    return Reply("answered", question.text, "42 USD")

parts = Parts(ask, State(Path(home) / "state.sqlite"), lambda: datetime.now(UTC))
asyncio.run(serve(SlackSettings(bot, app, api_url=url), parts, lambda said: print(said, flush=True)))
"""


async def test_a_served_app_stops_at_once_when_told_to_and_keeps_its_open_question(
    slack: FakeSlack, start: Start, tmp_path: Path, state: State
) -> None:
    command = [sys.executable, "-c", SERVING, slack.api_url, slack.bot_token, slack.app_token, str(tmp_path)]
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(*command, cwd=root, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"Outlay is outlay in Slack and receives events by Socket Mode.\n"
    await slack.wait_for_app()
    quick = slack.direct_message("U0ANN", "quick")
    assert "42 USD" in (await slack.wait_for_reply(quick.channel, quick.ts)).visible
    slow = slack.direct_message("U0ANN", "slow")
    await slack.wait_until(lambda: slow.deliveries[0].acked)
    began = time.monotonic()
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert time.monotonic() - began < 5
    async with start():
        assert "$42.00" in (await slack.wait_for_reply(slow.channel, slow.ts)).visible
