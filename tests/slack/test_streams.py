"""Steps streamed while a question is worked on, the finished message, and Stop."""

from __future__ import annotations

from bot.agent.progress import Ended, Listener, Said, Started, Stopped
from bot.reply import Question, Reply
from bot.slack.render import render
from bot.state.store import State
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import Colleague, Start, spend
from tests.slack.streaming import AT_ONCE, LOOKING, finished, streaming, waiting

__all__ = ["waiting"]


async def test_steps_are_streamed_and_the_finished_message_is_the_one_that_would_be_posted(
    slack: FakeSlack, start: Start, waiting: Colleague
) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        assert [(task["title"], task["status"]) for task in stream.tasks.values()] == [(LOOKING, "in_progress")]
        assert stream.text == ""
        waiting.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert (reply.method, reply.ts, len(slack.posted)) == ("chat.stopStream", stream.ts, 1)
    wanted = render(waiting.answers["spend?"], f"C0GENERAL:{sent.ts}", f"C0GENERAL:{sent.ts}")  # type: ignore[arg-type]
    assert list(reply.blocks) == wanted.blocks
    assert [(task["title"], task["status"]) for task in stream.tasks.values()] == [(LOOKING, "complete")]
    (begun,) = slack.calls_of("chat.startStream")
    assert (begun["recipient_user_id"], begun["recipient_team_id"]) == ("U0ANN", "T0HOME")
    assert slack.refused == []


async def test_a_quick_answer_is_posted_at_once_without_a_stream(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.quiet()
    assert reply.method == "chat.postMessage"
    assert slack.streams == {}


async def test_in_a_direct_message_no_recipient_is_named(slack: FakeSlack, start: Start, waiting: Colleague) -> None:
    async with start(limits=AT_ONCE):
        sent = slack.direct_message("U0ANN", "spend?")
        stream = await streaming(slack)
        waiting.hold.set()
        reply = await slack.wait_for_reply(sent.channel, sent.ts)
    assert reply.ts == stream.ts
    assert "recipient_user_id" not in slack.calls_of("chat.startStream")[0]


async def test_nothing_but_steps_is_streamed_before_the_reply_is_there(
    slack: FakeSlack, start: Start, colleague: Colleague
) -> None:
    """The text of the reply is what counts, even where somebody says something else on the way."""

    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        listener(Started("step-1", "spend_total", LOOKING))
        listener(Said("support spent $999."))
        assert colleague.hold.wait(20)
        listener(Ended("step-1", "spend_total", LOOKING, 0.1, False))
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        colleague.hold.set()
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert "$42.00" in reply.visible
    assert not any("999" in str(call.arguments) for call in slack.calls)
    assert [task["status"] for task in stream.tasks.values()] == ["error"]


async def test_stop_ends_the_work_and_says_so_in_the_streamed_message(
    slack: FakeSlack, start: Start, colleague: Colleague, state: State
) -> None:
    worked: list[str] = []

    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        try:
            listener(Started("step-1", "spend_total", LOOKING))
            assert colleague.hold.wait(20)
            listener(Started("step-2", "forecast", "Carrying spend on"))
            worked.append("on")
        except Stopped:
            worked.append("stopped")
            raise
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        slack.stop("U0ANN", "C0GENERAL", sent.ts)
        await slack.wait_until(lambda: slack.updated)
        colleague.hold.set()
        await slack.wait_until(lambda: worked)
        await slack.quiet()
    assert worked == ["stopped"]
    assert slack.current(finished(slack, stream)).visible == "Stopped, as you asked. I have not answered this question."
    assert slack.sessions["C0GENERAL", sent.ts].status == "active"
    assert "42" not in str([posted.visible for posted in slack.posted])


async def test_steps_with_the_same_words_share_a_line(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    def ask(question: Question, *, listener: Listener | None = None) -> Reply:
        assert listener is not None
        for number in range(3):
            listener(Started(f"step-{number}", "price", "Checking prices"))
            listener(Ended(f"step-{number}", "price", "Checking prices", 0.1, True))
        listener(Started("step-9", "news", "Reading the news"))
        assert colleague.hold.wait(20)
        return spend(question.text)

    colleague.hold.clear()
    async with start(limits=AT_ONCE, ask=ask):
        sent = slack.mention("C0GENERAL", "U0ANN", "spend?")
        stream = await streaming(slack)
        await slack.wait_until(lambda: len(stream.tasks) == 2)

        def shown() -> list[tuple[str, str]]:
            return [(task["title"], task["status"]) for task in stream.tasks.values()]

        assert shown() == [("Checking prices", "complete"), ("Reading the news", "in_progress")]
        colleague.hold.set()
        await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert shown() == [("Checking prices", "complete"), ("Reading the news", "complete")]
