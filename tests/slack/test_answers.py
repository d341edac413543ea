"""An event in, a correct figure in a posted message out, on the fake Slack."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reply import Reply
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Colleague, Start
from tools.errors import NeedsChoice


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
