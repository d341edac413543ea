from __future__ import annotations

import asyncio
import signal
import socket
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bot.mcp.tokens import new_token
from tests.cli.conftest import Outlay, is_one_sentence, outlay
from tests.ledger.focus import charge, write
from tests.mcp.conftest import OCTOBER, over_http
from tools.ledger.storing.importing import import_files

__all__ = ["outlay"]

OWN = "an-operators-own-token"
CALL: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPTS = {"Accept": "application/json, text/event-stream"}


async def test_one_server_serves_each_person_with_their_own_rights(ruled: Path) -> None:
    """October: Ann's orion 142, Ben's support 900, the operator's all 1,042."""
    ann, ben = new_token(ruled, "U0ANN"), new_token(ruled, "U0BEN")
    async with over_http(ruled, OUTLAY_MCP_TOKEN=OWN) as served:

        async def total(token: str, **arguments: Any) -> Any:
            async with served.client(token) as client:
                return await client.call_tool("spend_total", OCTOBER | arguments)

        seen = await asyncio.gather(total(ann), total(ben), total(OWN))
        refused = await asyncio.gather(total(ann, team=["support"]), total(ben, team=["orion"]))
        async with served.client(ann) as one, served.client(ben) as other:
            mixed = await asyncio.gather(
                *(who.call_tool("spend_total", OCTOBER) for who in (one, other, one, other, one, other))
            )
        assert [value(result) for result in seen] == ["142", "900", "1042"]
        assert [value(result) for result in mixed] == ["142", "900"] * 3
        assert [result.structured_content["status"] for result in refused] == ["denied", "denied"]
        assert await served.stop(signal.SIGINT) == 0


async def test_a_conversation_is_not_shared_by_people_who_name_it_alike(ruled: Path) -> None:
    (ruled / "access.toml").write_text('everyone = "all"')
    ann, ben = new_token(ruled, "U0ANN"), new_token(ruled, "U0BEN")
    async with over_http(ruled) as served, served.client(ann) as one, served.client(ben) as other:
        await one.call_tool("ask", {"question": "What did orion spend in October 2026?", "thread": "t"})
        followed = await one.call_tool("ask", {"question": "And in September 2026?", "thread": "t"})
        strange = await other.call_tool("ask", {"question": "And in September 2026?", "thread": "t"})
    assert value(followed) == "60"
    assert "orion" not in strange.content[0].text


async def test_a_token_that_is_taken_back_counts_no_more(ruled: Path) -> None:
    ann = new_token(ruled, "U0ANN")
    async with over_http(ruled, OUTLAY_MCP_TOKEN=OWN) as served, httpx2.AsyncClient(headers=ACCEPTS) as web:
        bearing = {"Authorization": f"Bearer {ann}"}
        codes = [(await web.post(served.url, json=CALL, headers=bearing)).status_code]
        (ruled / "mcp.toml").write_text("")
        codes.append((await web.post(served.url, json=CALL, headers=bearing)).status_code)
        (ruled / "mcp.toml").write_text("broken =")
        codes.append((await web.post(served.url, json=CALL, headers={"Authorization": f"Bearer {OWN}"})).status_code)
    assert codes == [200, 401, 401]


async def test_nobody_is_let_in_without_a_token_or_from_a_page_of_another_site(ruled: Path) -> None:
    new_token(ruled, "U0ANN")
    async with over_http(ruled, OUTLAY_MCP_TOKEN=OWN) as served, httpx2.AsyncClient(headers=ACCEPTS) as web:
        right = {"Authorization": f"Bearer {OWN}"}

        async def code(**headers: str) -> int:
            return (await web.post(served.url, json=CALL, headers=headers)).status_code

        assert await code() == 401
        assert await code(Authorization="Bearer wrong-wrong-wrong-wrong") == 401
        assert await code(Authorization=f"Basic {OWN}") == 401
        assert await code(**right, Host="evil.example") == 421
        assert await code(**right, Origin="https://evil.example") == 403
        assert await code(**right) == 200
        too_much = await web.post(served.url, content=b" " * 5_000_000, headers=right)
        assert too_much.status_code in (400, 413)
        assert (await web.get(served.url.removesuffix("/mcp"), headers=right)).status_code == 404


async def test_on_this_machine_it_may_be_open_but_not_to_pages_under_other_names(home: Path) -> None:
    async with over_http(home) as served, httpx2.AsyncClient(headers=ACCEPTS) as web:
        async with served.client() as client:
            assert value(await client.call_tool("spend_total", OCTOBER)) == "1042"
        assert (await web.post(served.url, json=CALL, headers={"Host": "rebound.example"})).status_code == 421
        assert (await web.post(served.url, json=CALL, headers={"Origin": "http://rebound.example"})).status_code == 403
        assert await served.stop() == 0


async def test_a_large_result_arrives_whole(home: Path, tmp_path: Path) -> None:
    """400 days with a charge of 0.50 each from 1 September 2025 on; 100 rows of them are in the text."""
    days = [date(2025, 9, 1) + timedelta(n) for n in range(400)]
    import_files(home, [write(tmp_path / "many.csv", [charge(day, "0.50", team="orion") for day in days])])
    asked = {"period": "2025-09-01 to 2026-10-05", "grain": "day", "provider": ["AWS"]}
    async with over_http(home) as served, served.client() as client:
        result = await client.call_tool("spend_series", asked)
    assert len(result.structured_content["tables"][0]["rows"]) >= 400
    assert "more rows are in the structured content." in result.content[0].text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "outlay.example"])
def test_beyond_this_machine_it_needs_a_token(outlay: Outlay, home: Path, host: str) -> None:
    ran = outlay("mcp", "--http", "--host", host, "--port", "0")
    assert ran.code == 2
    assert is_one_sentence(ran.err)
    assert "OUTLAY_MCP_TOKEN" in ran.err


def test_a_short_token_is_refused(outlay: Outlay, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTLAY_MCP_TOKEN", "short")
    ran = outlay("mcp", "--http", "--port", "0")
    assert ran.code == 2
    assert "OUTLAY_MCP_TOKEN must have at least 16 characters." in ran.err


def test_an_address_that_is_taken_is_one_sentence(outlay: Outlay, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = outlay("mcp", "--http", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "Cannot listen on 127.0.0.1" in ran.err
    assert is_one_sentence(ran.err.splitlines()[-1])


def value(result: Any) -> str:
    return str(result.structured_content["figures"][0]["value"])
