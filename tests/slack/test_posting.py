"""What Slack refuses, loses or cannot show: the figure arrives all the same, once, or a sentence says why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.reply import Source
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import Colleague, Start, spend
from tools.errors import Unknown
from tools.results import Chart, Series, Table


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
