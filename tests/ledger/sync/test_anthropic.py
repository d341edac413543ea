"""Anthropic's reports against a server with the documented schema: cents as decimal strings, input without cache."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.sync.running import SECRET, rows, run, total
from tests.ledger.sync.server import Answer, Asked, Provider, serving
from tools.ledger import columns as c
from tools.ledger.sync.source import Source

KEYS = {"ANTHROPIC_ADMIN_KEY": SECRET}
DAY = date(2026, 11, 10)
GROUPS = {
    "cost_report": {"workspace_id", "description"},
    "usage_report/messages": {"workspace_id", "model", "service_tier", "context_window"},
}


class Anthropic(Provider):
    def __init__(self) -> None:
        super().__init__(self.reply)
        self.results: dict[str, dict[date, list[dict[str, Any]]]] = {name: {} for name in GROUPS}
        self.page_size = 31

    def cost(self, day: date, cents: Any, **others: Any) -> None:
        result = {"amount": cents, "currency": "USD", "workspace_id": None, "description": "x", "model": None}
        result |= {"cost_type": "tokens", "token_type": None, "service_tier": "standard", "context_window": "0-200k"}
        self.results["cost_report"].setdefault(day, []).append(result | others)

    def usage(self, day: date, model: str, **others: Any) -> None:
        counts = {"uncached_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 0}
        created = {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0}
        result = {"model": model, "workspace_id": None, "service_tier": "standard", "context_window": "0-200k"}
        result |= counts | {"cache_creation": created}
        self.results["usage_report/messages"].setdefault(day, []).append(result | others)

    def reply(self, asked: Asked) -> Answer:
        what = asked.path.removeprefix("/v1/organizations/")
        if asked.headers.get("x-api-key") != SECRET or "authorization" in asked.headers:
            return Answer(401, {"type": "error", "error": {"type": "authentication_error", "message": SECRET}})
        if asked.headers.get("anthropic-version") != "2023-06-01" or what not in GROUPS:
            return Answer(400)
        limit = int(asked.one("limit") or 7)
        if not 1 <= limit <= 31 or set(asked.all("group_by[]")) != GROUPS[what] or asked.one("bucket_width") != "1d":
            return Answer(400)
        start, end = (datetime.fromisoformat(asked.one(name) or "") for name in ("starting_at", "ending_at"))
        days = [start.date() + timedelta(n) for n in range((end - start).days)]
        first = int((asked.one("page") or "page_0").removeprefix("page_"))
        last = first + min(limit, self.page_size)
        data = [
            {
                "starting_at": f"{day}T00:00:00Z",
                "ending_at": f"{day + timedelta(1)}T00:00:00Z",
                "results": self.results[what].get(day, []),
            }
            for day in days[first:last]
        ]
        more = last < len(days)
        return Answer(200, {"data": data, "has_more": more, "next_page": f"page_{last}" if more else None})


@pytest.fixture
def anthropic() -> Iterator[Anthropic]:
    with serving(Anthropic()) as provider:
        assert isinstance(provider, Anthropic)
        yield provider


def source(provider: Provider) -> Source:
    return Source("anthropic", base_url=provider.url, since=date(2026, 11, 1))


def test_amounts_are_cents_to_the_last_digit(anthropic: Anthropic, tmp_path: Path) -> None:
    anthropic.cost(DAY, "123.45")
    anthropic.cost(DAY, "0.0000125")
    [report] = run(tmp_path, source(anthropic), keys=KEYS)
    assert report.failure is None
    assert total(tmp_path) == Decimal("1.2345") + Decimal("0.000000125")  # 123.45 cents is 1.2345 dollars


@pytest.mark.parametrize("wrong", [123.45, 123, None, "1,234", "NaN"])
def test_an_amount_that_is_not_a_decimal_string_is_refused_whole(
    anthropic: Anthropic, tmp_path: Path, wrong: Any
) -> None:
    anthropic.cost(DAY, "1")
    anthropic.cost(DAY, wrong)
    [report] = run(tmp_path, source(anthropic), keys=KEYS)
    assert report.failure is not None
    assert rows(tmp_path, c.BILLED_COST) == []


def test_each_kind_of_token_goes_onto_its_own_cost_row(anthropic: Anthropic, tmp_path: Path) -> None:
    kinds = {
        "uncached_input_tokens": 100,
        "cache_read_input_tokens": 7000,
        "cache_creation.ephemeral_5m_input_tokens": 50,
        "cache_creation.ephemeral_1h_input_tokens": 20,
        "output_tokens": 30,
    }
    for place, kind in enumerate(kinds, 1):
        anthropic.cost(DAY, f"{place}00", token_type=kind, model="claude-sonnet-4-5-20250929", workspace_id="wrk_1")
    anthropic.usage(
        DAY,
        "claude-sonnet-4-5-20250929",
        workspace_id="wrk_1",
        uncached_input_tokens=100,
        cache_read_input_tokens=7000,
        cache_creation={"ephemeral_5m_input_tokens": 50, "ephemeral_1h_input_tokens": 20},
        output_tokens=30,
    )
    run(tmp_path, source(anthropic), keys=KEYS)
    found = rows(tmp_path, c.SKU_METER, c.CONSUMED_QUANTITY, c.BILLED_COST, c.SUB_ACCOUNT_ID, c.X_MODEL)
    assert {row[:3] for row in found} == {
        ("Input tokens", Decimal(100), Decimal(1)),
        ("Cached input tokens", Decimal(7000), Decimal(2)),
        ("Cache write tokens", Decimal(50), Decimal(3)),
        ("Cache write 1h tokens", Decimal(20), Decimal(4)),
        ("Output tokens", Decimal(30), Decimal(5)),
    }
    assert {row[3:] for row in found} == {("wrk_1", "claude-sonnet-4-5")}


def test_batch_and_long_context_take_their_own_tokens(anthropic: Anthropic, tmp_path: Path) -> None:
    model = "claude-sonnet-4-5"
    variants = [("standard", "0-200k", 10), ("batch", "0-200k", 20), ("standard", "200k-1M", 40)]
    for tier, window, tokens in variants:
        anthropic.cost(
            DAY, f"{tokens}", token_type="output_tokens", model=model, service_tier=tier, context_window=window
        )
        anthropic.usage(DAY, model, service_tier=tier, context_window=window, output_tokens=tokens)
    run(tmp_path, source(anthropic), keys=KEYS)
    assert rows(tmp_path, c.SKU_METER, c.BILLED_COST, c.CONSUMED_QUANTITY) == [
        ("Output tokens", Decimal("0.1"), Decimal("1E+1")),
        ("Output tokens", Decimal("0.4"), Decimal("4E+1")),
        ("Output tokens, batch", Decimal("0.2"), Decimal("2E+1")),
    ]


def test_priority_tier_is_never_in_the_cost_report_and_is_told_as_unknown(anthropic: Anthropic, tmp_path: Path) -> None:
    model = "claude-sonnet-4-5"
    anthropic.cost(DAY, "10", token_type="output_tokens", model=model)
    anthropic.usage(DAY, model, output_tokens=5)
    anthropic.usage(DAY, model, service_tier="priority", output_tokens=999)
    [report] = run(tmp_path, source(anthropic), keys=KEYS)
    assert rows(tmp_path, c.CONSUMED_QUANTITY) == [(Decimal(5),)]
    assert any("999 tokens of claude-sonnet-4-5 (Priority Tier)" in note for note in report.notes)


def test_pages_of_a_first_sync_are_followed(anthropic: Anthropic, tmp_path: Path) -> None:
    anthropic.page_size = 5
    for offset in range(22):
        anthropic.cost(date(2026, 11, 1) + timedelta(offset), "100")
    run(tmp_path, source(anthropic), keys=KEYS)
    assert total(tmp_path) == 22


def test_a_page_that_points_to_itself_is_not_followed_forever(anthropic: Anthropic, tmp_path: Path) -> None:
    anthropic.answer = lambda asked: Answer(200, {"data": [], "has_more": True, "next_page": "page_x"})
    [report] = run(tmp_path, source(anthropic), keys=KEYS)
    assert report.failure is not None
    assert "same page" in report.failure
    assert len(anthropic.asked) == 2
