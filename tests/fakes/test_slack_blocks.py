"""Blocks that Slack refuses are refused, with its words; blocks at the limit pass. Limits are from Slack's pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.server import FakeSlack


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        running.subscriptions = frozenset()
        yield running


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain("Press"), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def cell(text: str = "1") -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int = 1, text: str = "1") -> dict[str, Any]:
    return {"type": "table", "rows": [[cell(text)] * columns for _ in range(rows)]}


def data_table(rows: int, **more: Any) -> dict[str, Any]:
    return {"type": "data_table", "caption": "Spend", "rows": [[cell("team")], *[[cell()]] * rows], **more}


def pie(segments: int, title: str = "Spend", value: float = 1.0) -> dict[str, Any]:
    parts = [{"label": f"s{n}", "value": value} for n in range(segments)]
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": parts}}


def bar(series: int, categories: tuple[str, ...] = ("Oct", "Nov"), shown: tuple[str, ...] = ("Oct", "Nov")) -> Any:
    data = [{"label": label, "value": 1} for label in shown]
    chart = {"type": "bar", "axis_config": {"categories": list(categories)}}
    chart |= {"series": [{"name": f"s{n}", "data": data} for n in range(series)]}
    return {"type": "data_visualization", "title": "Spend", "chart": chart}


def option(text: str = "one", value: str = "1") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def select(*options: dict[str, Any]) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": list(options)}


def feedback(text: str = "Good", value: str = "good") -> dict[str, Any]:
    sides = {"positive_button": {"text": plain(text), "value": value}}
    sides["negative_button"] = {"text": plain("Bad"), "value": "bad"}
    return {"type": "feedback_buttons", "action_id": "f", **sides}


def context_actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "context_actions", "elements": list(elements)}


def context(count: int) -> dict[str, Any]:
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://example.com/a.png", **more}


def rich(text: str) -> dict[str, Any]:
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [part]}


def markdown(length: int) -> dict[str, Any]:
    return {"type": "markdown", "text": "m" * length}


REFUSED: dict[str, tuple[list[Any], str, str]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]"),
    "an unknown type": ([{"type": "grid"}], "invalid_blocks", "unsupported type: grid [json-pointer:/blocks/0/type]"),
    "no type": ([{"text": "x"}], "invalid_blocks", "unsupported type: None"),
    "a section of 3,001 characters": (
        [section("x" * 3001)],
        "invalid_blocks",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "an empty section": ([section("")], "invalid_blocks", "must be more than 0 characters"),
    "a section of nothing": ([{"type": "section"}], "invalid_blocks", "must define either text or fields"),
    "11 fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "invalid_blocks", "no more than 10 items"),
    "a field of 2,001": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "invalid_blocks", "less than 2001"),
    "a bare string as text": ([{"type": "section", "text": "x"}], "invalid_blocks", "failed to match all allowed"),
    "markdown as a text type": (
        [{"type": "section", "text": {"type": "markdown", "text": "x"}}],
        "invalid_blocks",
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
    ),
    "mrkdwn in a header": ([{"type": "header", "text": mrkdwn("x")}], "invalid_blocks", "failed to match"),
    "a header of 151": ([{"type": "header", "text": plain("x" * 151)}], "invalid_blocks", "less than 151 characters"),
    "an unknown key": ([section(colour="red")], "invalid_blocks", "invalid additional property: colour"),
    "11 context elements": ([context(11)], "invalid_blocks", "no more than 10 items"),
    "26 buttons": ([actions(*[button(f"a{n}") for n in range(26)])], "invalid_blocks", "no more than 25 items"),
    "no buttons": ([actions()], "invalid_blocks", "must contain at least 1 items"),
    "a button of 76": ([actions(button(text=plain("x" * 76)))], "invalid_blocks", "less than 76 characters"),
    "a button in mrkdwn": ([actions(button(text=mrkdwn("x")))], "invalid_blocks", "failed to match"),
    "a value of 2,001": ([actions(button(value="x" * 2001))], "invalid_blocks", "less than 2001 characters"),
    "an action_id of 256": ([actions(button("x" * 256))], "invalid_blocks", "less than 256 characters"),
    "one action_id twice": ([actions(button(), button())], "invalid_blocks", "`action_id` must be unique"),
    "a strange style": ([actions(button(style="blue"))], "invalid_blocks", "must be one of: primary, danger"),
    "a url that is none": ([actions(button(url="figures"))], "invalid_blocks", "must be a valid url"),
    "a block_id of 256": ([section(block_id="x" * 256)], "invalid_blocks", "less than 256 characters"),
    "one block_id twice": (
        [section(block_id="b"), section(block_id="b")],
        "invalid_blocks",
        "`block_id` must be unique",
    ),
    "101 options": ([actions(select(*[option()] * 101))], "invalid_blocks", "no more than 100 items"),
    "an option of 76": ([actions(select(option("x" * 76)))], "invalid_blocks", "less than 76 characters"),
    "an option value of 151": ([actions(select(option(value="x" * 151)))], "invalid_blocks", "less than 151"),
    "6 in an overflow": (
        [section(accessory={"type": "overflow", "action_id": "o", "options": [option()] * 6})],
        "invalid_blocks",
        "no more than 5 items",
    ),
    "an image without alt_text": ([image()], "invalid_blocks", "missing required field: alt_text"),
    "an image without image": ([{"type": "image", "alt_text": "x"}], "invalid_blocks", "must provide one of"),
    "6 context actions": (
        [context_actions(*[{**feedback(), "action_id": f"f{n}"} for n in range(6)])],
        "invalid_blocks",
        "no more than 5 items",
    ),
    "a button in context_actions": ([context_actions(button())], "invalid_blocks", "unsupported type: button"),
    "feedback among actions": ([actions(feedback())], "invalid_blocks", "unsupported type: feedback_buttons"),
    "a feedback text of 76": ([context_actions(feedback("x" * 76))], "invalid_blocks", "less than 76 characters"),
    "a feedback value of 2,001": ([context_actions(feedback(value="x" * 2001))], "invalid_blocks", "less than 2001"),
    "a markdown block of 12,001": ([markdown(12_001)], "invalid_blocks", "less than 12001 characters"),
    "two markdown blocks of 6,001": ([markdown(6_001)] * 2, "msg_blocks_too_long", ""),
    "13,201 characters in all": ([section("x" * 3000)] * 4 + [section("x" * 1201)], "msg_blocks_too_long", ""),
    "101 table rows": ([table(101)], "invalid_blocks", "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    "21 table columns": ([table(1, 21)], "invalid_blocks", "no more than 20 items allowed"),
    "two tables": ([table(1), table(1)], "invalid_attachments", "only_one_table_allowed"),
    "an empty cell": (
        [table(1, 1, "")],
        "invalid_blocks",
        "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]",
    ),
    "a bare cell": ([{"type": "table", "rows": [["1"]]}], "invalid_blocks", "failed to match any allowed schemas"),
    "10,001 characters of cells": ([table(73, 1, "x" * 137)], "invalid_blocks", "exceed 10000 characters"),
    "a data_table of 101 rows": ([data_table(101)], "invalid_blocks", "no more than 101 items"),
    "a data_table of a header": ([data_table(0)], "invalid_blocks", "must contain at least 2 items"),
    "a data_table without caption": (
        [{"type": "data_table", "rows": [[cell()], [cell()]]}],
        "invalid_blocks",
        "missing required field: caption",
    ),
    "a ragged data_table": (
        [{"type": "data_table", "caption": "x", "rows": [[cell()], [cell(), cell()]]}],
        "invalid_blocks",
        "same number of cells",
    ),
    "a rich header cell": (
        [{"type": "data_table", "caption": "x", "rows": [[rich("x")], [cell()]]}],
        "invalid_blocks",
        "unsupported type: rich_text",
    ),
    "a page of 101": ([data_table(2, page_size=101)], "invalid_blocks", "must be between 1 and 100"),
    "a chart title of 51": ([pie(2, "x" * 51)], "invalid_blocks", "less than 51 characters"),
    "a pie of 7": ([pie(7)], "invalid_blocks", "no more than 6 items"),
    "a pie with a zero": ([pie(2, value=0)], "invalid_blocks", "must be greater than 0"),
    "7 series": ([bar(7)], "invalid_blocks", "no more than 6 items"),
    "a series that lacks a category": ([bar(1, shown=("Oct",))], "invalid_blocks", "must match axis_config.categories"),
    "a long label": ([bar(1, ("x" * 21,), ("x" * 21,))], "invalid_blocks", "less than 21 characters"),
    "three charts": ([pie(1)] * 3, "invalid_blocks", "no more than 2 data_visualization blocks"),
    "an empty rich text": ([rich("")], "invalid_blocks", "must be more than 0 characters"),
    "a modal's block in a message": ([{"type": "alert", "text": plain("x")}], "invalid_blocks", "unsupported type"),
}

TAKEN: dict[str, list[Any]] = {
    "50 blocks": [{"type": "divider"}] * 50,
    "a section of 3,000": [section("x" * 3000)],
    "10 fields of 1,300": [{"type": "section", "fields": [mrkdwn("x" * 1300)] * 10}],
    "a header of 150": [{"type": "header", "text": plain("x" * 150)}],
    "10 context elements": [context(10)],
    "25 buttons": [actions(*[button(f"a{n}", value="x" * 2000) for n in range(25)])],
    "a menu": [actions(select(*[option("x" * 75, "y" * 150)] * 100))],
    "feedback": [context_actions(feedback("x" * 75, "y" * 2000))],
    "markdown of 12,000": [markdown(12_000)],
    "13,200 characters": [section("x" * 3000)] * 4 + [section("x" * 1200)],
    "a table of 100 x 20": [table(100, 20)],
    "a table of 10,000 characters": [table(100, 1, "x" * 100)],
    "a data_table of 100 rows": [data_table(100)],
    "a rich cell and a number": [{"type": "table", "rows": [[rich("x"), {"type": "raw_number", "value": 12.5}]]}],
    "a pie of 6": [pie(6, "x" * 50)],
    "6 series": [bar(6)],
    "an image": [image(alt_text="a chart")],
}


def client_of(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


@pytest.mark.parametrize("name", REFUSED)
async def test_a_message_that_slack_would_not_take_is_refused(slack: FakeSlack, name: str) -> None:
    blocks, error, message = REFUSED[name]
    with pytest.raises(SlackApiError) as refused:
        await client_of(slack).chat_postMessage(channel="C0GENERAL", text="fallback", blocks=blocks)
    answer = refused.value.response
    assert answer["error"] == error
    assert message in " ".join(answer.get("response_metadata", {}).get("messages", []))
    assert slack.posted == []
    assert [(r.method, r.error) for r in slack.refused] == [("chat.postMessage", error)]


@pytest.mark.parametrize("name", TAKEN)
async def test_a_message_at_the_limit_is_taken(slack: FakeSlack, name: str) -> None:
    await client_of(slack).chat_postMessage(channel="C0GENERAL", text="fallback", blocks=TAKEN[name])
    assert [list(posted.blocks) for posted in slack.posted] == [TAKEN[name]]


async def test_blocks_that_are_no_list_have_a_wrong_format(slack: FakeSlack) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await client_of(slack).chat_postMessage(channel="C0GENERAL", text="x", blocks='{"type": "divider"}')


async def test_a_block_type_that_the_workspace_lacks_is_refused_and_the_plain_message_is_taken(
    slack: FakeSlack,
) -> None:
    slack.refuse_blocks = {"table"}
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client_of(slack).chat_postMessage(channel="C0GENERAL", text="x", blocks=[section(), table(2)])
    await client_of(slack).chat_postMessage(channel="C0GENERAL", text="x", blocks=[section()])
    assert [posted.kinds for posted in slack.posted] == [("section",)]


async def test_what_a_reader_sees_is_the_text_of_the_blocks(slack: FakeSlack) -> None:
    blocks = [{"type": "header", "text": plain("Spend")}, table(1, 2, "$5.00")]
    await client_of(slack).chat_postMessage(channel="C0GENERAL", text="fallback", blocks=blocks)
    assert slack.posted[0].visible == "Spend\n$5.00\n$5.00"
