"""Tables as CSV files: by the button, for the one who clicks and where they click."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from bot.agent.again import tables_again
from bot.agent.ask import Agent
from bot.reply import Reply, Step
from bot.slack.table_file import file_name, table_file
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import Colleague, Start
from tests.slack.test_real_ledger import agent
from tools.results import Chart, Series, Table

__all__ = ["agent"]

BY_TEAM = "What did we spend in October 2026, by team?"
EXPORT = "outlay_export"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_a_file_holds_every_row_with_exact_decimals_and_no_zero_for_unknown() -> None:
    long = tuple((f"team {n}", Decimal("0.1234567890123"), None, date(2026, 10, 31), n) for n in range(300))
    table = Table("Spend by team, October 2026", ("Team", "Cost (USD)", "Share (%)", "Day", "Charges"), long)
    read = rows(table_file(table))
    assert len(read) == 301
    assert read[0] == ["Team", "Cost (USD)", "Share (%)", "Day", "Charges"]
    assert read[1] == ["team 0", "0.1234567890123", "", "2026-10-31", "0"]
    assert file_name(table) == "spend-by-team-october-2026.csv"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_a_name_that_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert rows(table_file(Table("t", (text, "n"), ((text, Decimal(-1)),)))) == [[f"'{text}", "n"], [f"'{text}", "-1"]]


async def test_the_button_puts_the_tables_into_the_thread(slack: FakeSlack, start: Start, agent: Agent) -> None:
    """October: orion 100.25 + 41.75 = 142.00, support 900.00."""
    async with start(ask=agent.ask, tables_again=partial(tables_again, agent)):
        sent = slack.direct_message("U0CFO", BY_TEAM)
        reply = await slack.wait_for_reply(sent.channel, sent.ts, timeout=60)
        slack.click("U0CFO", reply, EXPORT)
        slack.click("U0CFO", reply, EXPORT)
        await slack.wait_until(lambda: slack.files, timeout=20)
        await slack.quiet()
    (file,) = slack.files
    assert (file.channel, file.thread_ts, file.name[-4:]) == (sent.channel, sent.ts, ".csv")
    cells = {row[0]: row for row in rows(file.content)}
    assert "142" in cells["orion"]
    assert "900" in cells["support"]


async def test_who_clicks_gets_what_they_may_see_and_not_what_the_asker_saw(
    slack: FakeSlack, start: Start, agent: Agent
) -> None:
    access = agent.services.home / "access.toml"
    access.write_text(
        'everyone = "nothing"\nadmins = ["U0CFO"]\n[people]\nU0ANN = ["orion"]\n[channels]\nC0ORION = "all"\n'
    )
    async with start(ask=agent.ask, tables_again=partial(tables_again, agent)):
        sent = slack.mention("C0ORION", "U0CFO", BY_TEAM)
        reply = await slack.wait_for_reply("C0ORION", sent.ts, timeout=60)
        assert "$900.00" in reply.visible
        slack.click("U0BEN", reply, EXPORT)
        refused = await slack.wait_for_reply("C0ORION", timeout=20)
        slack.click("U0GUEST", reply, EXPORT)
        guest = await slack.wait_for_reply("C0ORION", timeout=20)
        assert slack.files == []
        slack.click("U0ANN", reply, EXPORT)
        await slack.wait_until(lambda: slack.files, timeout=20)
        await slack.quiet()
    assert (refused.ephemeral_to, guest.ephemeral_to) == ("U0BEN", "U0GUEST")
    assert "full members of this workspace only" in guest.visible
    for told in (refused, guest):
        assert "900" not in told.visible
    (file,) = slack.files
    assert b"142" in file.content
    assert b"900" not in file.content
    assert b"support" not in file.content


async def test_the_answer_to_a_command_is_exported_to_its_asker_alone(
    slack: FakeSlack, start: Start, agent: Agent
) -> None:
    (agent.services.home / "access.toml").unlink()
    async with start(ask=agent.ask, tables_again=partial(tables_again, agent)):
        slack.command("C0GENERAL", "U0ANN", "/outlay", BY_TEAM)
        await slack.wait_for_reply("C0GENERAL")
        reply = await slack.wait_for_reply("C0GENERAL", timeout=60)
        slack.click("U0ANN", reply, EXPORT)
        await slack.wait_until(lambda: slack.files, timeout=20)
        told = await slack.wait_until(lambda: [p for p in slack.posted if "direct message" in p.visible])
    assert [file.channel for file in slack.files] == ["D0ANN"]
    assert told[0].ephemeral_to == "U0ANN"


async def test_an_upload_that_fails_is_told_to_the_clicker(slack: FakeSlack, start: Start, agent: Agent) -> None:
    async with start(ask=agent.ask, tables_again=partial(tables_again, agent)):
        sent = slack.direct_message("U0CFO", BY_TEAM)
        reply = await slack.wait_for_reply(sent.channel, sent.ts, timeout=60)
        slack.fail("files.getUploadURLExternal", "missing_scope")
        slack.click("U0CFO", reply, EXPORT)
        told = await slack.wait_for_reply(sent.channel, timeout=20)
    assert "could not export" in told.visible


async def test_where_tables_cannot_be_made_again_there_is_no_button(
    slack: FakeSlack, start: Start, agent: Agent, tmp_path: Path
) -> None:
    async with start(ask=agent.ask):
        sent = slack.direct_message("U0CFO", BY_TEAM)
        reply = await slack.wait_for_reply(sent.channel, sent.ts, timeout=60)
    with pytest.raises(LookupError):
        slack.click("U0CFO", reply, EXPORT)


def again(form: str) -> Reply:
    """What the agent answers to "export it" or "show it as a chart"."""
    table = Table("By model", ("Model", "Cost (USD)"), (("gpt-4o", Decimal("40.125")), ("o3", Decimal("1.5"))))
    bars = Chart("bar", "By model", "USD", ("gpt-4o", "o3"), (Series("cost", (Decimal("40.125"), Decimal("1.5"))),))
    steps = (Step("spend_groups", {}, 0.1), Step("show_again", {"form": form}, 0.0))
    return Reply("answered", "", "As you asked.", tables=(table,), charts=(bars,), steps=steps)


async def test_export_it_in_words_uploads_the_exact_table(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    colleague.answers["export it"] = again("csv")
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "export it")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        await slack.wait_until(lambda: slack.files)
    (file,) = slack.files
    assert rows(file.content) == [["Model", "Cost (USD)"], ["gpt-4o", "40.125"], ["o3", "1.5"]]
    assert (file.channel, file.thread_ts) == ("C0GENERAL", sent.ts)
    assert not {"table", "data_visualization"} & set(reply.kinds)


async def test_an_export_in_words_that_fails_is_told(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    colleague.answers["export it"] = again("csv")
    slack.fail("files.getUploadURLExternal", "missing_scope")
    async with start():
        slack.mention("C0GENERAL", "U0ANN", "export it")
        told = await slack.wait_until(lambda: [p for p in slack.posted if p.ephemeral_to == "U0ANN"])
    assert "could not export" in told[0].visible


@pytest.mark.parametrize("refused", [set(), {"data_visualization"}])
async def test_show_it_as_a_chart_shows_the_chart_alone_as_block_or_picture(
    slack: FakeSlack, start: Start, colleague: Colleague, refused: set[str]
) -> None:
    colleague.answers["as a chart"] = again("chart")
    slack.refuse_blocks = refused
    async with start():
        sent = slack.mention("C0GENERAL", "U0ANN", "as a chart")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
        if refused:
            await slack.wait_until(lambda: slack.files, timeout=15)
        await slack.quiet()
    assert ("data_visualization" in reply.kinds) == (not refused)
    assert [file.name for file in slack.files] == (["chart.png"] if refused else [])
    assert "table" not in reply.kinds
