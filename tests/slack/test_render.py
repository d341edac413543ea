"""Replies as messages that Slack takes, checked by the strict fake's own rules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import Reply, Source
from bot.slack.chart_parts import shortened
from bot.slack.charts import draw
from bot.slack.manifest import manifest
from bot.slack.render import plain, render, renderings
from bot.slack.tables import cell_shown, fitted, fixed_width
from tests.fakes.slack import blocks as block_kit
from tools.errors import BadInput
from tools.results import Cell, Chart, Series, Table

REPLY = Reply(status="answered", question="q", text="orion spent **$42.00**.")


@pytest.mark.parametrize(
    ("cell", "column", "shown"),
    [
        (Decimal("12128.9964"), "EffectiveCost (USD)", "12,129.00"),
        (Decimal("0.0125"), "Rate (USD per GPU hour)", "0.0125"),
        (Decimal("0.0000025"), "Rate (USD per token)", "0.0000025"),
        (Decimal("-3"), "Credits (USD)", "-3.00"),
        (Decimal("33.3333333"), "Share (%)", "33.3"),
        (Decimal("7.774"), "Share (%)", "7.8"),
        (Decimal("0.01234"), "Share (%)", "0.012"),
        (Decimal("50"), "Share (%)", "50"),
        (Decimal("1E+9"), "Tokens", "1,000,000,000"),
        (Decimal("0E-9"), "Cost (USD)", "0.00"),
        (1234567, "Tokens", "1,234,567"),
        (2026, "Fiscal year", "2026"),
        (None, "Cost (USD)", "unknown"),
        (date(2026, 11, 2), "Day", "2026-11-02"),
        ("", "Team", "-"),
        ("a\nb", "Team", "a b"),
    ],
)
def test_a_cell_reads_as_a_person_reads_it(cell: Cell, column: str, shown: str) -> None:
    assert cell_shown(cell, column, money="USD" in column) == shown


def test_money_is_known_by_the_unit_or_by_a_currency_column() -> None:
    row = (Decimal("10.5"), Decimal("33.5"), "USD")
    apart = fitted(Table("t", ("Cost", "Share (%)", "Currency"), (row,)), 1_000)
    assert apart.rows == (("10.50", "33.5"),)
    named = fitted(Table("t", ("Cost (EUR)", "Share (%)", "Unit"), (row,)), 1_000)
    assert named.rows == (("10.50", "33.5", "USD"),)
    neither = fitted(Table("t", ("GPUs", "Share (%)", "Unit"), (row,)), 1_000)
    assert neither.rows == (("10.5", "33.5", "USD"),)


def test_a_table_past_slacks_size_keeps_its_first_rows_and_says_how_many_are_missing() -> None:
    table = Table("t", ("n",), tuple((n,) for n in range(250)))
    cut = fitted(table, 9_900)
    assert (len(cut.rows), cut.rows_left_out) == (99, 151)
    assert cut.note == "The first 99 of 250 rows are shown."
    wide = fitted(Table("t", tuple(f"c{n}" for n in range(25)), ((1,) * 25,)), 9_900)
    assert wide.note == "The first 20 of 25 columns are shown."


def test_a_fixed_width_table_lines_up() -> None:
    table = Table("t", ("Team", "Cost (USD)"), (("orion", Decimal(12)), ("a", Decimal("1234.5"))))
    assert fixed_width(fitted(table, 1_000)).splitlines() == [
        "Team   Cost (USD)",
        "-----  ----------",
        "orion       12.00",
        "a        1,234.50",
    ]


def test_warnings_assumptions_and_freshness_are_visible() -> None:
    reply = replace(
        REPLY, warnings=("Azure is missing.",), assumptions=("70% utilisation",), data_through=date(2026, 10, 31)
    )
    for message in renderings(reply):
        shown = json.dumps(message.blocks, ensure_ascii=False) + ("" if message.blocks else message.text)
        for part in (":warning: Azure is missing.", "70% utilisation", "Billing data through 2026-10-31"):
            assert part in shown


def test_hostile_names_in_titles_tables_and_warnings_mention_nobody() -> None:
    hostile = "<!channel> <@U1> <https://evil.example|x>"
    reply = replace(
        REPLY,
        text=hostile,
        tables=(Table(hostile, (hostile,), ((hostile,), (hostile,))),) * 2,
        warnings=(hostile,),
        assumptions=(hostile,),
        sources=(Source(hostile, hostile, "https://example.com/<!channel>", None, hostile),),
        options=(hostile,),
        status="clarify",
    )
    for message in renderings(reply):
        mrkdwn = [message.text]
        for block in message.blocks:
            mrkdwn += [part["text"] for part in [block.get("text"), *block.get("elements", ())] if _is_mrkdwn(part)]
            mrkdwn += [block["text"]] if block["type"] == "markdown" else []
        for text in mrkdwn:
            assert "<!" not in text
            assert "<@" not in text
            assert "<https://evil" not in text


def _is_mrkdwn(part: object) -> bool:
    return isinstance(part, dict) and part.get("type") == "mrkdwn"


def test_the_text_is_never_empty() -> None:
    for text in ("", "   ", "![](https://evil.example/x.png)"):
        for message in renderings(replace(REPLY, text=text)):
            assert message.text.strip()


def test_only_an_answer_that_can_be_named_asks_for_feedback() -> None:
    kinds = [block["type"] for block in render(REPLY, "C1:1.0").blocks]
    assert kinds == ["markdown", "context_actions"]
    assert [block["type"] for block in render(REPLY).blocks] == ["markdown"]


def test_a_plain_message_holds_everything() -> None:
    table = Table("By team", ("Team", "Cost (USD)"), (("orion", Decimal(42)), ("ads", None)))
    source = Source("Title", "Press", "https://example.com", date(2026, 11, 2), "q")
    text = plain(replace(REPLY, tables=(table,), sources=(source,), options=("yes", "no")))
    for part in ("*$42.00*", "orion       42.00", "<https://example.com|Title> (Press, 2 November 2026)", "yes; no"):
        assert part in text


words = st.text(alphabet="ab<>&|*`[]()!@#. \n", max_size=60)
long_words = st.builds(lambda word, times: word * times, words, st.sampled_from([1, 50, 400]))
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.decimals(-(10**9), 10**9, places=4), words, st.just("x" * 500)
)

amounts = st.none() | st.decimals(-(10**9), 10**9, places=4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.sampled_from([1, 3, 25]))
    rows = draw(st.lists(st.tuples(*[cells] * width), max_size=4)) * draw(st.sampled_from([1, 60]))
    return Table(draw(words), tuple(draw(words) for _ in range(width)), tuple(rows))


charts = st.builds(
    lambda kind, title, values: Chart(kind, title, "USD", ("a", "b"), tuple(Series(n, v) for n, v in values)),
    st.sampled_from(["line", "bar", "pie"]),
    words,
    st.lists(st.tuples(words, st.tuples(amounts, amounts)), max_size=3),
)
replies = st.builds(
    Reply,
    status=st.sampled_from(["answered", "clarify", "unknown"]),
    question=words,
    text=long_words,
    tables=st.lists(tables(), max_size=3).map(tuple),
    charts=st.lists(charts, max_size=3).map(tuple),
    sources=st.lists(
        st.builds(Source, long_words, words, words, st.none() | st.just(date(2026, 1, 2)), words), max_size=30
    ).map(tuple),
    assumptions=st.lists(long_words, max_size=12).map(tuple),
    warnings=st.lists(long_words, max_size=12).map(tuple),
    options=st.lists(long_words, max_size=30).map(tuple),
    data_through=st.none() | st.just(date(2026, 10, 31)),
)


@settings(max_examples=60, deadline=None)
@given(replies)
def test_slack_takes_every_form_of_every_reply(reply: Reply) -> None:
    for message in renderings(reply, "C1:1.0", "C1:1.0", exports=True):
        assert message.text.strip()
        assert len(message.text) <= 12_000
        block_kit.message_blocks(message.blocks)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1234567", "USD", "$1.23M"),
        ("-15000", "EUR", "-€15k"),
        ("0.0125", "USD per GPU hour", "$0.0125"),
        ("2500000000", "tokens", "2.5B"),
        ("35.5", "%", "35.5%"),
        ("0", "USD", "$0"),
        ("999", "USD", "$999"),
    ],
)
def test_an_axis_shortens_thousands(value: str, unit: str, shown: str) -> None:
    assert shortened(Decimal(value), unit) == shown


@pytest.mark.parametrize("kind", ["line", "bar", "pie"])
@pytest.mark.parametrize("values", [(None, None), (Decimal(-5), Decimal(3)), (Decimal(0), None)])
def test_every_kind_of_chart_is_drawn_with_gaps_zeros_and_credits(
    kind: str, values: tuple[Decimal | None, ...]
) -> None:
    series = (Series("one", values), Series("two", values))
    picture = draw(Chart(kind, "Title with $ and _", "USD", ("a", "b"), series))  # type: ignore[arg-type]
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    assert draw(Chart("line", "Nothing", "USD", (), ())).startswith(b"\x89PNG")


def test_the_manifest_keeps_slacks_limits_and_asks_for_what_is_used() -> None:
    made = manifest()
    view = made["features"]["agent_view"]
    assert len(view["agent_description"]) <= 300
    assert 1 <= len(view["suggested_prompts"]) <= 4
    assert made["settings"]["socket_mode_enabled"] is True
    assert {"app_mention", "message.channels", "message.im"} <= set(
        made["settings"]["event_subscriptions"]["bot_events"]
    )
    assert {"chat:write", "users:read", "channels:history"} <= set(made["oauth_config"]["scopes"]["bot"])


def test_the_manifest_for_http_points_at_the_public_address() -> None:
    made = manifest(address="https://outlay.example.com/")
    url = "https://outlay.example.com/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["features"]["slash_commands"][0]["url"] == url
    assert made["settings"]["socket_mode_enabled"] is False
    with pytest.raises(BadInput, match="https addresses only"):
        manifest(address="http://outlay.example.com")
