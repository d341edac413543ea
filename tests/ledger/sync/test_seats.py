"""GitHub AI credits and Cursor against servers with the documented schemas: sums to date, cents, included use."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.sync.running import SECRET, rows, run, total
from tests.ledger.sync.server import Answer, Asked, Provider, serving
from tools.ledger import columns as c
from tools.ledger.sync.source import Source

KEYS = {"GITHUB_TOKEN": SECRET, "CURSOR_ADMIN_KEY": SECRET}
SINCE = date(2026, 11, 18)


class GitHub(Provider):
    """Without a day it sums the month, without a month the year, as the real one does."""

    def __init__(self) -> None:
        super().__init__(self.reply)
        self.items: dict[date, list[dict[str, Any]]] = {}
        self.ignores_day = False

    def reply(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return Answer(401)
        if asked.headers.get("x-github-api-version") != "2026-03-10":
            return Answer(400)
        if asked.path != "/organizations/acme/settings/billing/ai_credit/usage":
            return Answer(404)
        span = {name: int(asked.one(name) or 0) for name in ("year", "month", "day") if asked.one(name)}
        if self.ignores_day:
            span.pop("day")
        found = [
            item
            for day, items in self.items.items()
            for item in items
            if all(getattr(day, name) == value for name, value in span.items())
        ]
        return Answer(200, {"timePeriod": span, "organization": "acme", "usageItems": found})


class Cursor(Provider):
    def __init__(self) -> None:
        super().__init__(self.reply)
        self.members: list[dict[str, Any]] = []
        self.cycle_start = datetime(2026, 11, 15, tzinfo=UTC)
        self.page_size = 100

    def reply(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Basic " + b64encode(f"{SECRET}:".encode()).decode():
            return Answer(401)
        if (asked.method, asked.path) != ("POST", "/teams/spend"):
            return Answer(405)
        body = asked.json()
        size = min(body["pageSize"], self.page_size)
        pages = max(-(-len(self.members) // size), 1)
        if not 1 <= body["page"] <= pages:
            return Answer(400)
        part = self.members[(body["page"] - 1) * size : body["page"] * size]
        start = int(self.cycle_start.timestamp() * 1000)
        return Answer(200, {"teamMemberSpend": part, "subscriptionCycleStart": start, "totalPages": pages})


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving(GitHub()) as provider:
        assert isinstance(provider, GitHub)
        yield provider


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    with serving(Cursor()) as provider:
        assert isinstance(provider, Cursor)
        yield provider


def credits_(gross: float, discount: float, net: float, model: str = "gpt-5.4") -> dict[str, Any]:
    return {
        "product": "Copilot",
        "sku": "Copilot AI Credits",
        "model": model,
        "unitType": "ai-credits",
        "pricePerUnit": 0.01,
        "grossQuantity": gross * 100,
        "grossAmount": gross,
        "discountQuantity": discount * 100,
        "discountAmount": discount,
        "netQuantity": net * 100,
        "netAmount": net,
    }


def organization(provider: Provider) -> Source:
    return Source("github", base_url=provider.url, since=SINCE, organization="acme")


def test_github_bills_what_is_left_after_the_plan_and_lists_the_gross(github: GitHub, tmp_path: Path) -> None:
    github.items[date(2026, 11, 19)] = [credits_(1.5, 1.0, 0.5)]
    github.items[date(2026, 11, 20)] = [credits_(2.0, 0, 2.0, "claude-opus-4-6")]
    [report] = run(tmp_path, organization(github), keys=KEYS)
    assert report.failure is None
    assert rows(tmp_path, c.X_DAY, c.BILLED_COST, c.LIST_COST, c.CONSUMED_QUANTITY, c.X_MODEL) == [
        (date(2026, 11, 19), Decimal("0.5"), Decimal("1.5"), Decimal("1.5E+2"), "gpt-5.4"),
        (date(2026, 11, 20), Decimal(2), Decimal(2), Decimal("2E+2"), "claude-opus-4-6"),
    ]


def test_a_sum_of_the_month_is_not_stored_as_one_day(github: GitHub, tmp_path: Path) -> None:
    github.items[date(2026, 11, 19)] = [credits_(2.0, 0, 2.0)]
    github.ignores_day = True
    [report] = run(tmp_path, organization(github), keys=KEYS)
    assert report.failure is not None
    assert "another period" in report.failure
    assert rows(tmp_path, c.BILLED_COST) == []


def test_github_needs_an_organization(github: GitHub, tmp_path: Path) -> None:
    [report] = run(tmp_path, Source("github", base_url=github.url), keys=KEYS)
    assert report.failure == "GitHub needs the organization's login in GITHUB_ORGANIZATION."
    assert github.asked == []


def test_cursors_sums_are_cents_of_the_cycle_and_each_sync_replaces_the_last(cursor: Cursor, tmp_path: Path) -> None:
    ann = {"email": "ann@acme.example", "name": "Ann", "spendCents": 350.5, "overallSpendCents": 2000}
    ben = {"email": "ben@acme.example", "name": "Ben", "spendCents": 0}
    cursor.members, cursor.page_size = [ann, ben], 1
    source = Source("cursor", base_url=cursor.url)
    [report] = run(tmp_path, source, keys=KEYS)
    assert report.failure is None
    assert rows(tmp_path, c.BILLED_COST, c.LIST_COST, c.X_DAY, c.X_THROUGH, c.SUB_ACCOUNT_NAME) == [
        (Decimal(0), None, date(2026, 11, 15), date(2026, 11, 22), "Ben"),
        (Decimal("3.505"), Decimal("2E+1"), date(2026, 11, 15), date(2026, 11, 22), "Ann"),
    ]
    cursor.members = [ann | {"spendCents": 500}]
    run(tmp_path, source, keys=KEYS, today=date(2026, 11, 28))
    assert total(tmp_path) == 5  # the sum to date took the place of the former one
    cursor.cycle_start = datetime(2026, 12, 15, tzinfo=UTC)
    cursor.members = [ann | {"spendCents": 100}]
    run(tmp_path, source, keys=KEYS, today=date(2026, 12, 20))
    assert total(tmp_path) == 6  # the ended cycle stays


def test_cursors_spend_that_may_hold_what_the_plan_includes_is_refused(cursor: Cursor, tmp_path: Path) -> None:
    cursor.members = [{"email": "ann@acme.example", "spendCents": 500, "includedSpendCents": 400}]
    [report] = run(tmp_path, Source("cursor", base_url=cursor.url), keys=KEYS)
    assert report.failure is not None
    assert "does not say" in report.failure
