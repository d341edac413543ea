"""`outlay ask`: the object that it prints, one reply a line, and conversations across processes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.conftest import Outlay

TODAY = ("--today", "2026-11-23")
OCTOBER = "What did we spend in October 2026?"
ORION = "What did orion spend in October 2026?"
KEYS = {
    "status": str,
    "question": str,
    "text": str,
    "figures": list,
    "tables": list,
    "charts": list,
    "sources": list,
    "assumptions": list,
    "warnings": list,
    "steps": list,
    "data_through": str | None,
    "model": str,
    "cost_usd": str | None,
    "seconds": float | int,
}
EXACT = re.compile(r"-?\d+(\.\d+)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Process = Callable[..., "CompletedProcess[bytes]"]


def check_contract(reply: dict[str, Any]) -> None:
    """The keys and types that DESIGN promises of one reply."""
    assert set(reply) == set(KEYS)
    assert all(isinstance(reply[key], kind) for key, kind in KEYS.items())
    assert reply["status"] in {"answered", "clarify", "unknown", "denied", "failed"}
    for figure in reply["figures"]:
        assert set(figure) == {"label", "value", "unit", "as_of"}
        assert EXACT.fullmatch(figure["value"]), figure
        assert figure["unit"]
        assert figure["as_of"] is None or DAY.fullmatch(figure["as_of"])
    for table in reply["tables"]:
        assert set(table) == {"title", "columns", "rows"}
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
        assert all(cell is None or isinstance(cell, str | int) for row in table["rows"] for cell in row)
    for chart in reply["charts"]:
        assert set(chart) == {"kind", "title", "unit", "labels", "series"}
        assert all(len(series["values"]) == len(chart["labels"]) for series in chart["series"])
    for source in reply["sources"]:
        assert set(source) == {"title", "publisher", "url", "published_on", "quote"}
    for step in reply["steps"]:
        assert set(step) == {"tool", "args", "seconds"}
    for name in ("assumptions", "warnings"):
        assert all(isinstance(line, str) for line in reply[name])


@pytest.mark.usefixtures("home")
def test_a_reply_on_spend_has_the_promised_keys_and_its_headline_first(outlay: Outlay) -> None:
    ran = outlay("ask", ORION, "--json", *TODAY)
    reply = json.loads(ran.out)
    check_contract(reply)
    assert (ran.code, ran.err) == (0, "")
    assert reply["status"] == "answered"
    assert reply["question"] == ORION
    assert reply["figures"][0] | {"label": ""} == {"label": "", "value": "142", "unit": "USD", "as_of": "2026-11-18"}
    assert reply["data_through"] == "2026-11-18"
    assert (reply["model"], reply["cost_usd"]) == ("builtin", "0")
    assert "$142.00" in reply["text"]


@pytest.mark.parametrize(
    "question",
    [
        "What does one output token of gpt-4o-mini cost?",
        "What do 3M input and 500k output tokens cost on gpt-4o?",
        "What would it cost to train a 70B model on 15T tokens with H100s at 40% MFU?",
        "Show monthly spend since August 2026",
        "October 2026 spend by team",
        "What is our CEO's salary?",
        "What does gpt-99 cost?",
        "hello",
    ],
)
@pytest.mark.usefixtures("home")
def test_every_kind_of_reply_keeps_the_contract(outlay: Outlay, question: str) -> None:
    ran = outlay("ask", question, "--json", *TODAY)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 1
    check_contract(json.loads(ran.out))


@pytest.mark.usefixtures("home")
def test_one_reply_a_line_in_order(outlay: Outlay) -> None:
    """A blank line, bytes that are not UTF-8 and a line of 200,000 characters each get a reply of their own."""
    lines = [ORION.encode(), b"", b"\xff\xfe \x00", b"spend " * 33_334, OCTOBER.encode(), b'{"a": "b"}']
    ran = outlay("ask", "-", "--json", *TODAY, stdin=b"\n".join(lines))
    replies = [json.loads(line) for line in ran.out.splitlines()]
    for reply in replies:
        check_contract(reply)
    assert len(replies) == len(lines)
    assert [reply["figures"][0]["value"] if reply["figures"] else None for reply in replies] == [
        "142", None, None, None, "1042", None,
    ]  # fmt: skip
    assert replies[1]["status"] == "clarify"
    assert replies[3]["status"] == "clarify"
    assert len(replies[3]["question"]) <= 500
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.usefixtures("home")
def test_windows_line_ends_and_a_missing_last_one_make_no_difference(outlay: Outlay) -> None:
    ran = outlay("ask", "-", *TODAY, stdin=f"{ORION}\r\n{OCTOBER}".encode())
    first, second = ran.out.splitlines()
    assert "$142.00" in first
    assert "$1,042.00" in second


def test_no_questions_give_no_replies(outlay: Outlay) -> None:
    ran = outlay("ask", "-", stdin=b"")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_without_billing_data_spend_is_unknown_not_zero(outlay: Outlay) -> None:
    reply = json.loads(outlay("ask", OCTOBER, "--json", *TODAY).out)
    assert reply["status"] == "unknown"
    assert reply["figures"] == []
    assert "outlay spend import" in reply["text"]


@pytest.mark.usefixtures("home")
def test_a_reply_for_people_has_the_figure_and_its_assumptions(outlay: Outlay) -> None:
    ran = outlay("ask", ORION, *TODAY)
    assert ran.out.startswith("$142.00")
    assert "Assumed: " in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.usefixtures("home")
def test_a_follow_up_in_another_process_knows_what_was_asked(process: Process) -> None:
    """Orion in October 142, in September 60."""
    first = process("ask", ORION, "--json", "--thread", "T1", *TODAY)
    follow = process("ask", "and in September?", "--json", "--thread", "T1", *TODAY)
    assert json.loads(first.stdout)["figures"][0]["value"] == "142"
    assert json.loads(follow.stdout)["figures"][0]["value"] == "60"
    assert first.stderr == follow.stderr == b""


@pytest.mark.usefixtures("home")
def test_a_thread_is_not_handed_to_who_sees_less(outlay: Outlay, home: Path) -> None:
    (home / "access.toml").write_text('everyone = "nothing"\n[people]\nU_ANN = ["support"]\n')
    outlay("ask", ORION, "--thread", "T1", *TODAY)
    reply = json.loads(outlay("ask", "and in September?", "--thread", "T1", "--as", "U_ANN", "--json", *TODAY).out)
    assert "60" not in [figure["value"] for figure in reply["figures"]]
    assert "orion" not in json.dumps(reply)


@pytest.mark.usefixtures("home")
def test_a_conversation_in_the_terminal_goes_on_until_exit(outlay: Outlay) -> None:
    ran = outlay("chat", *TODAY, stdin=f"{ORION}\n\nand in September?\nexit\n{OCTOBER}\n".encode())
    assert ran.code == 0
    assert ran.out.index("$142.00") < ran.out.index("$60.00")
    assert "$1,042.00" not in ran.out
