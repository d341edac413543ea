from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.state.store import State
from tests.mcp.conftest import CONVERSING, OCTOBER, OUTLAY, TODAY, over_stdio

HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def value(result: Any) -> str:
    return str(result.structured_content["figures"][0]["value"])


async def test_a_client_lists_the_tools_and_calls_some_at_once(home: Path) -> None:
    """October: orion 100.25 + 41.75 = 142, all 142 + 900 = 1,042."""
    async with over_stdio(home) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        orion, everything, by_team, asked = await asyncio.gather(
            client.call_tool("spend_total", OCTOBER | {"team": ["orion"]}),
            client.call_tool("spend_total", OCTOBER),
            client.call_tool("spend_by", OCTOBER | {"by": ["team"]}),
            client.call_tool("ask", {"question": "What did orion spend in October 2026?"}),
        )
    assert {"ask", "spend_total", "model_price", "search_knowledge"} <= set(tools)
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
    assert tools["spend_total"].input_schema["additionalProperties"] is False
    assert [value(result) for result in (orion, everything, asked)] == ["142", "1042", "142"]
    assert orion.structured_content["figures"][0]["unit"] == "USD"
    assert "$142.00" in orion.content[0].text
    assert "| support |" in by_team.content[0].text
    assert not any(result.is_error for result in (orion, everything, by_team, asked))


async def test_what_cannot_be_answered_is_one_sentence_marked_as_an_error(home: Path) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("total_spend", {}, "no tool 'total_spend'"),
        ("spend_total", {"perod": "October"}, "perod"),
        ("spend_total", {"period": ["October"]}, "period"),
        ("spend_total", {"team": ["zebra"]}, "zebra"),
        ("spend_total", {"period": "x" * 200_000}, "too long"),
        ("spend_by", {"by": ["password"]}, "cannot be split by 'password'"),
        ("ask", {}, "question"),
        ("ask", {"question": "How is the weather?"}, "nothing on that"),
        ("ask", {"question": "y" * 9_000}, "8,000"),
    ]
    async with over_stdio(home, mode="legacy") as client:
        for name, arguments, expected in wrong:
            result = await client.call_tool(name, arguments)
            text = result.content[0].text
            assert result.is_error, (name, arguments)
            assert expected in text
            assert "Traceback" not in text
            assert result.structured_content["status"] != "answered"


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        (("--as", "U0ANN"), {"orion": True, "support": False}),
        (("--as", "U0CFO", "--channel", "C0ORION"), {"orion": True, "support": False}),
    ],
)
async def test_a_person_sees_what_they_may_see_and_the_channel_may_show(
    ruled: Path, options: tuple[str, ...], seen: dict[str, bool]
) -> None:
    async with over_stdio(ruled, *options) as client:
        for team, open_ in seen.items():
            for name, arguments in (
                ("spend_total", OCTOBER | {"team": [team]}),
                ("ask", {"question": f"What did {team} spend in October 2026?"}),
            ):
                result = await client.call_tool(name, arguments)
                assert result.is_error is not open_
                if not open_:
                    assert result.structured_content["status"] == "denied"
                    shown = result.model_dump_json()
                    assert not [amount for amount in ("142", "900", "1042", "1,042") if amount in shown]


async def test_every_call_is_in_the_audit_log(ruled: Path) -> None:
    async with over_stdio(ruled, "--as", "U0ANN", "--channel", "C0ORION") as client:
        await client.call_tool("spend_total", OCTOBER)
        await client.call_tool("spend_total", {"team": ["support"]})
        await client.call_tool("ask", {"question": "What did orion spend in October 2026?"})
    state = State(ruled / "state.sqlite")
    entries = state.audited(datetime(2000, 1, 1, tzinfo=UTC))
    state.close()
    assert [(e.person, e.channel, e.status, e.tools, e.teams) for e in entries] == [
        ("U0ANN", "C0ORION", "answered", ("spend_total",), ("orion",)),
        ("U0ANN", "C0ORION", "denied", ("spend_total",), ()),
        ("U0ANN", "C0ORION", "answered", ("spend_total",), ("orion",)),
    ]


async def test_a_conversation_goes_on_where_it_is_named(home: Path) -> None:
    async with over_stdio(home) as client:
        await client.call_tool("ask", {"question": "What did orion spend in October 2026?", "thread": "one"})
        after = await client.call_tool("ask", {"question": "And in September 2026?", "thread": "one"})
    assert value(after) == "60"


def test_only_messages_go_to_standard_output_and_what_was_read_is_answered_before_the_end(home: Path) -> None:
    call = {"method": "tools/call", "params": {"name": "spend_total", "arguments": OCTOBER}}
    lines = [
        json.dumps(HELLO),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "no JSON",
        "[1, 2]",
        json.dumps({"jsonrpc": "2.0", "id": 1, **call}),
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "no/such/method"}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"arguments": 7}}),
        json.dumps({"jsonrpc": "2.0", "id": 4, **call}),
    ]
    ended = subprocess.run(
        [OUTLAY, "mcp", *TODAY],
        input="\n".join(lines).encode(),
        env=os.environ | CONVERSING | {"OUTLAY_HOME": str(home)},
        cwd=home,
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = [json.loads(line) for line in ended.stdout.splitlines()]
    answers = {message["id"]: message for message in said if message["id"] is not None}
    assert ended.returncode == 0
    assert sorted(answers) == [0, 1, 2, 3, 4]
    assert [answers[n]["result"]["structuredContent"]["figures"][0]["value"] for n in (1, 4)] == ["1042", "1042"]
    assert [answers[n]["error"]["code"] for n in (2, 3)] == [-32601, -32602]
    assert [message["error"]["code"] for message in said if message["id"] is None] == [-32700, -32600]
    assert b"Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_though_the_input_stays_open(home: Path, how: signal.Signals) -> None:
    process = subprocess.Popen(
        [OUTLAY, "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | CONVERSING | {"OUTLAY_HOME": str(home)},
        cwd=home,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(HELLO).encode() + b"\n")
        process.stdin.flush()
        assert b"outlay" in process.stdout.readline()
        process.send_signal(how)
        out, err = process.communicate(timeout=15)
        assert (process.returncode, out, err) == (0, b"", b"")
    finally:
        process.kill()
        process.wait()
