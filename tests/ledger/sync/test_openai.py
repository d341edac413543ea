"""OpenAI costs and usage against a server with the documented schema: dollars as numbers, input with cached tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.sync.running import SECRET, rows, run, total
from tests.ledger.sync.server import Answer, Asked, Provider, serving
from tools.ledger import columns as c
from tools.ledger.sync.source import Source

KEYS = {"OPENAI_ADMIN_KEY": SECRET}
DAY = date(2026, 11, 10)
LIMITS = {"costs": 180, "usage/completions": 31}
GROUPS = {"costs": {"project_id", "line_item"}, "usage/completions": {"project_id", "model", "batch"}}


class OpenAI(Provider):
    """Buckets of a day, `page_size` a page. Results are raw JSON text by day, so that digits arrive as written."""

    def __init__(self) -> None:
        super().__init__(self.reply)
        self.results: dict[str, dict[date, list[str]]] = {"costs": {}, "usage/completions": {}}
        self.page_size = 10

    def cost(self, day: date, project: str | None, item: str | None, value: str, more: str = "") -> None:
        names = f'"project_id": {_text(project)}, "line_item": {_text(item)}'
        amount = f'"amount": {{"value": {value}, "currency": "usd"}}'
        result = f'{{"object": "organization.costs.result", {amount}, {names}{more}}}'
        self.results["costs"].setdefault(day, []).append(result)

    def usage(self, day: date, project: str, model: str, **tokens: int) -> None:
        counts = ", ".join(f'"{name}": {value}' for name, value in tokens.items())
        result = (
            f'{{"object": "organization.usage.completions.result", "project_id": "{project}", "model": "{model}", '
            f'"num_model_requests": 1, {counts}}}'
        )
        self.results["usage/completions"].setdefault(day, []).append(result)

    def reply(self, asked: Asked) -> Answer:
        what = asked.path.removeprefix("/v1/organization/")
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return Answer(401, {"error": {"message": f"Incorrect API key provided: {SECRET}"}})
        if asked.method != "GET" or what not in LIMITS:
            return Answer(404)
        limit = int(asked.one("limit") or 7)
        start, end = (datetime.fromtimestamp(int(asked.one(f"{name}_time") or 0), UTC) for name in ("start", "end"))
        if not 1 <= limit <= LIMITS[what] or asked.one("bucket_width") != "1d" or start >= end:
            return Answer(400)
        if set(asked.all("group_by[]")) != GROUPS[what]:
            return Answer(400)
        days = [start.date() + timedelta(n) for n in range((end - start).days)]
        cursor = asked.one("page")
        first = 0 if cursor is None else int(cursor.removeprefix(f"page_{what}_"))
        last = first + min(limit, self.page_size)
        buckets = ", ".join(self.bucket(what, day) for day in days[first:last])
        more = last < len(days)
        following = f'"page_{what}_{last}"' if more else "null"
        body = f'{{"object": "page", "data": [{buckets}], "has_more": {str(more).lower()}, "next_page": {following}}}'
        return Answer(200, body.encode())

    def bucket(self, what: str, day: date) -> str:
        begin = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
        results = ", ".join(self.results[what].get(day, []))
        return f'{{"object": "bucket", "start_time": {begin}, "end_time": {begin + 86400}, "results": [{results}]}}'


def _text(value: str | None) -> str:
    return "null" if value is None else f'"{value}"'


@pytest.fixture
def openai() -> Iterator[OpenAI]:
    with serving(OpenAI()) as provider:
        assert isinstance(provider, OpenAI)
        yield provider


def source(provider: Provider, **others: Any) -> Source:
    return Source("openai", base_url=provider.url, **({"since": date(2026, 11, 1), "account": "org-1"} | others))


def test_dollar_floats_arrive_digit_for_digit_and_sum_exactly(openai: OpenAI, tmp_path: Path) -> None:
    for _ in range(3):
        openai.cost(DAY, "proj_a", "gpt-6-astra, input_tokens", "0.1")
    openai.cost(DAY, "proj_b", "gpt-6-astra, output_tokens", "1.2345678901234567e-05")
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert report.failure is None
    assert total(tmp_path) == Decimal("0.3") + Decimal("0.000012345678901234567")
    assert report.sums == {"USD": (total(tmp_path), total(tmp_path))}
    assert rows(tmp_path, c.X_PROVIDER, c.BILLING_ACCOUNT_ID, c.BILLING_CURRENCY)[0] == ("OpenAI", "org-1", "USD")


def test_every_page_is_read_and_the_days_asked_for_end_yesterday(openai: OpenAI, tmp_path: Path) -> None:
    openai.page_size = 4
    for offset in range(23):
        openai.cost(date(2026, 11, 1) + timedelta(offset), "proj_a", "gpt-6-astra, output_tokens", "1")
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert total(tmp_path) == 22  # 1 to 22 November: the 23rd is today and has not ended
    assert (report.first_day, report.last_day) == (date(2026, 11, 1), date(2026, 11, 22))
    assert len([a for a in openai.asked if a.path.endswith("/costs")]) == 6  # 22 days, 4 a page


def test_cached_tokens_are_taken_out_of_input_and_quantities_go_onto_their_cost_rows(
    openai: OpenAI, tmp_path: Path
) -> None:
    for item, value in (("input_tokens", "3"), ("cached_input_tokens", "1"), ("output_tokens", "5")):
        openai.cost(DAY, "proj_a", f"gpt-6-astra-2026-05-01, {item}", value)
    openai.usage(DAY, "proj_a", "gpt-6-astra-2026-05-01", input_tokens=1000, input_cached_tokens=400, output_tokens=250)
    run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.SKU_METER, c.CONSUMED_QUANTITY, c.EFFECTIVE_COST, c.X_MODEL, c.CONSUMED_UNIT) == [
        ("Cached input tokens", Decimal("4E+2"), Decimal(1), "gpt-6-astra", "Tokens"),
        ("Input tokens", Decimal("6E+2"), Decimal(3), "gpt-6-astra", "Tokens"),
        ("Output tokens", Decimal("2.5E+2"), Decimal(5), "gpt-6-astra", "Tokens"),
    ]


def test_a_quantity_on_the_cost_line_is_kept_and_the_usage_report_adds_none(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "5", ', "quantity": 2.5, "quantity_unit": "1000_tokens"')
    openai.usage(DAY, "p", "gpt-6-astra", input_tokens=0, output_tokens=2500)
    run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.CONSUMED_QUANTITY, c.CONSUMED_UNIT) == [(Decimal("2.5"), "1K tokens")]


def test_tokens_that_two_lines_of_one_meter_share_follow_their_cost(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "5")
    openai.cost(DAY, "p", "gpt-6-astra, output", "7")
    openai.usage(DAY, "p", "gpt-6-astra", input_tokens=0, output_tokens=1000)
    run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.BILLED_COST, c.CONSUMED_QUANTITY) == [
        (Decimal(5), Decimal("416")),  # 1000 x 5 / 12 = 416.67, whole tokens
        (Decimal(7), Decimal("584")),  # the rest
    ]


def test_tokens_of_a_meter_without_a_cost_line_stand_alone_and_add_no_money(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "12")
    openai.usage(DAY, "p", "gpt-6-astra", input_tokens=900, input_cached_tokens=900, output_tokens=10)
    run(tmp_path, source(openai), keys=KEYS)
    assert total(tmp_path) == 12
    found = rows(tmp_path, c.SKU_METER, c.CONSUMED_QUANTITY, c.BILLED_COST, c.CHARGE_CATEGORY, c.CHARGE_DESCRIPTION)
    [alone] = [row for row in found if row[0] == "Cached input tokens"]
    assert alone[1:4] == (Decimal("9E+2"), Decimal(0), "Usage")
    assert "its cost is on the other rows" in alone[4]


def test_batch_tokens_go_to_the_batch_line_or_the_plain_one_where_there_is_none(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "4")
    openai.cost(DAY, "p", "gpt-6-astra batch, output_tokens", "1")
    openai.cost(DAY, "q", "gpt-6-astra, output_tokens", "8")
    for project in ("p", "q"):
        openai.usage(DAY, project, "gpt-6-astra", input_tokens=0, output_tokens=10, batch=0)
        openai.usage(DAY, project, "gpt-6-astra", input_tokens=0, output_tokens=5, batch=1)
    run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.SUB_ACCOUNT_ID, c.BILLED_COST, c.CONSUMED_QUANTITY) == [
        ("p", Decimal(1), Decimal(5)),
        ("p", Decimal(4), Decimal("1E+1")),
        ("q", Decimal(8), Decimal("15")),
    ]


def test_usage_without_a_cost_is_told_and_not_stored_as_free(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "5")
    openai.usage(DAY, "p", "gpt-6-luna", input_tokens=1234, output_tokens=0)
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.X_MODEL) == [("gpt-6-astra",)]
    assert any("1,234 tokens of gpt-6-luna" in note and "unknown" in note for note in report.notes)


def test_a_line_without_an_amount_is_told_and_not_counted_as_zero(openai: OpenAI, tmp_path: Path) -> None:
    openai.cost(DAY, "p", "gpt-6-astra, output_tokens", "null")
    openai.cost(DAY, None, None, "2")
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert rows(tmp_path, c.BILLED_COST) == [(Decimal(2),)]
    assert any("state no amount" in note for note in report.notes)


def test_a_refused_key_is_named_by_its_variable_and_never_shown(openai: OpenAI, tmp_path: Path) -> None:
    [report] = run(tmp_path, source(openai), keys={"OPENAI_ADMIN_KEY": "sk-wrong-99"})
    assert report.failure is not None
    assert "OPENAI_ADMIN_KEY" in report.failure
    assert "401" in report.failure
    assert "sk-" not in str(report)
    assert len(openai.asked) == 1
    assert rows(tmp_path, c.BILLED_COST) == []


def test_buckets_of_other_days_than_asked_for_are_refused(openai: OpenAI, tmp_path: Path) -> None:
    page = {"object": "page", "has_more": False, "next_page": None}
    openai.trouble = [Answer(200, page | {"data": [{"start_time": 1730419200, "results": []}]})]
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert report.failure is not None
    assert "not the UTC days asked for" in report.failure


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b'{"data": null, "has_more": false, "next_page": null}', b'{"has_more": false}', b"NaN"],
)
def test_an_answer_that_is_not_as_documented_is_one_sentence(openai: OpenAI, tmp_path: Path, body: bytes) -> None:
    openai.trouble = [Answer(200, body)]
    [report] = run(tmp_path, source(openai), keys=KEYS)
    assert report.failure is not None
    assert report.failure.startswith("OpenAI's answer is not")
    assert rows(tmp_path, c.BILLED_COST) == []
