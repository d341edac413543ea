"""OpenRouter, LiteLLM and Langfuse against servers with their documented schemas."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.focus import charge, write
from tests.ledger.sync.running import SECRET, TODAY, rows, run, total
from tests.ledger.sync.server import Answer, Asked, Provider, serving
from tools.ledger import columns as c
from tools.ledger.storing.importing import import_files
from tools.ledger.sync import litellm as litellm_module
from tools.ledger.sync.source import Source

DAY = date(2026, 11, 18)
SINCE = date(2026, 11, 16)


class OpenRouter(Provider):
    def __init__(self) -> None:
        super().__init__(self.reply)
        self.items: dict[date, list[dict[str, Any]]] = {}

    def reply(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return Answer(403, {"error": {"code": 403, "message": "Only management keys can fetch activity"}})
        day = date.fromisoformat(asked.one("date") or "")
        if asked.path != "/api/v1/activity" or not TODAY - timedelta(30) <= day < TODAY:
            return Answer(400, {"error": {"message": "Date must be within the last 30 (completed) UTC days"}})
        return Answer(200, {"data": [{"date": f"{day} 00:00:00"} | item for item in self.items.get(day, [])]})


class LiteLLM(Provider):
    """Requests by time. `/spend/logs` gives the newest of both midnights inclusive, cut at `most`; v2 pages them."""

    def __init__(self) -> None:
        super().__init__(self.reply)
        self.requests: list[dict[str, Any]] = []
        self.most = 10_000

    def spent(self, moment: str, spend: float, **others: Any) -> None:
        request = {"request_id": f"r{len(self.requests)}", "startTime": moment, "spend": spend, "model": "gpt-6-astra"}
        request |= {
            "custom_llm_provider": "openai",
            "prompt_tokens": 100,
            "completion_tokens": 0,
            "cache_hit": "False",
            "metadata": {},
        }
        self.requests.append(request | others)

    def within(self, start: datetime, end: datetime) -> list[dict[str, Any]]:
        found = [r for r in self.requests if start <= datetime.fromisoformat(r["startTime"]) <= end]
        return sorted(found, key=lambda request: str(request["startTime"]), reverse=True)

    def reply(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return Answer(401)
        start, end = (
            datetime.fromisoformat(asked.one(name) or "").replace(tzinfo=UTC) for name in ("start_date", "end_date")
        )
        found = self.within(start, end)
        if asked.path == "/spend/logs":
            if asked.one("summarize") != "false":
                return Answer(200, [{"startTime": "2026-11-18", "spend": 1, "users": {}, "models": {}}])
            cut = {"x-litellm-spend-logs-truncated": "true"} if len(found) >= self.most else {}
            return Answer(200, found[: self.most], cut)
        size, page = int(asked.one("page_size") or 50), int(asked.one("page") or 1)
        if asked.path != "/spend/logs/v2" or not 1 <= size <= 1000:
            return Answer(400)
        count, capped = min(len(found), self.most), len(found) > self.most
        pages = -(-count // size)
        part = found[(page - 1) * size : page * size]
        return Answer(
            200, {"data": part, "total": count, "total_pages": pages, "page": page, "total_is_capped": capped}
        )


class Langfuse(Provider):
    def __init__(self) -> None:
        super().__init__(self.reply)
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def reply(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Basic " + b64encode(f"pk-lf-1:{SECRET}".encode()).decode():
            return Answer(401)
        query = json.loads(asked.one("query") or "")
        if asked.path != "/api/public/v2/metrics" or query["view"] != "observations":
            return Answer(400)
        if not 1 <= query["config"]["row_limit"] <= 1000 or query["fromTimestamp"] >= query["toTimestamp"]:
            return Answer(400)
        names = [f"{metric['aggregation']}_{metric['measure']}" for metric in query["metrics"]]
        found = self.rows.get(query["fromTimestamp"][:10], [])
        fields = ["providedModelName", *names]
        return Answer(200, {"data": [{name: row.get(name) for name in fields} for row in found]})


KEYS = {
    "OPENROUTER_MANAGEMENT_KEY": SECRET,
    "LITELLM_MASTER_KEY": SECRET,
    "LANGFUSE_PUBLIC_KEY": "pk-lf-1",
    "LANGFUSE_SECRET_KEY": SECRET,
}


@pytest.fixture
def openrouter() -> Iterator[OpenRouter]:
    with serving(OpenRouter()) as provider:
        assert isinstance(provider, OpenRouter)
        yield provider


@pytest.fixture
def litellm() -> Iterator[LiteLLM]:
    with serving(LiteLLM()) as provider:
        assert isinstance(provider, LiteLLM)
        yield provider


@pytest.fixture
def langfuse() -> Iterator[Langfuse]:
    with serving(Langfuse()) as provider:
        assert isinstance(provider, Langfuse)
        yield provider


def from_(name: str, provider: Provider, since: date | None = SINCE) -> Source:
    return Source(name, base_url=provider.url, since=since)


def test_openrouter_counts_credits_and_only_tells_of_own_keys(openrouter: OpenRouter, tmp_path: Path) -> None:
    item = {"model": "openai/gpt-4.1", "model_permaslug": "openai/gpt-4.1-2025-04-14", "endpoint_id": "e1"}
    item |= {"provider_name": "OpenAI", "requests": 5, "prompt_tokens": 50, "completion_tokens": 125}
    openrouter.items[DAY] = [item | {"usage": 0.015, "byok_usage_inference": 0.012, "reasoning_tokens": 25}]
    [report] = run(tmp_path, from_("openrouter", openrouter), keys=KEYS)
    assert report.failure is None
    assert rows(tmp_path, c.BILLED_COST, c.CONSUMED_QUANTITY, c.SKU_METER, c.X_MODEL, c.X_PROVIDER) == [
        (Decimal(0), Decimal("125"), "Output tokens", "gpt-4.1", "OpenRouter"),
        (Decimal("0.015"), Decimal("5E+1"), "Input tokens", "gpt-4.1", "OpenRouter"),
    ]
    assert any("not counted here" in note and "$0.01" in note for note in report.notes)


def test_openrouter_is_never_asked_past_its_thirty_days(openrouter: OpenRouter, tmp_path: Path) -> None:
    [report] = run(tmp_path, from_("openrouter", openrouter, date(2026, 1, 1)), keys=KEYS)
    assert report.failure is None
    assert (report.first_day, len(openrouter.asked)) == (date(2026, 10, 24), 30)


def test_litellm_requests_are_summed_by_day_model_and_key(litellm: LiteLLM, tmp_path: Path) -> None:
    team = {"user_api_key_team_alias": "search", "user_api_key_alias": "prod"}
    litellm.spent("2026-11-18T00:00:00+00:00", 0.1, metadata=team)
    litellm.spent("2026-11-18T23:59:59.500000+00:00", 0.2, metadata=team)
    litellm.spent("2026-11-19T00:00:00+00:00", 0.4)  # at midnight: both days' answers hold it, one counts it
    [report] = run(tmp_path, from_("litellm", litellm), keys=KEYS)
    assert report.failure is None
    assert rows(tmp_path, c.X_DAY, c.BILLED_COST, c.CONSUMED_QUANTITY, c.X_PROVIDER) == [
        (date(2026, 11, 18), Decimal("0.3"), Decimal("2E+2"), "OpenAI"),
        (date(2026, 11, 19), Decimal("0.4"), Decimal("1E+2"), "OpenAI"),
    ]
    tags = [row[0] for row in rows(tmp_path, c.X_TAGS)]
    assert {"litellm_key": "prod", "litellm_team": "search", "x_estimated": "true"} in tags
    assert any("estimate" in note for note in report.notes)


def test_litellm_counts_cached_tokens_within_prompt_tokens(litellm: LiteLLM, tmp_path: Path) -> None:
    usage = {"cache_read_input_tokens": 600, "cache_creation_input_tokens": 100}
    litellm.spent(
        "2026-11-18T10:00:00+00:00",
        0.5,
        prompt_tokens=1000,
        completion_tokens=40,
        metadata=json.dumps({"additional_usage_values": usage}),
    )
    run(tmp_path, from_("litellm", litellm), keys=KEYS)
    assert rows(tmp_path, c.SKU_METER, c.CONSUMED_QUANTITY, c.BILLED_COST) == [
        ("Cache write tokens", Decimal("1E+2"), Decimal(0)),
        ("Cached input tokens", Decimal("6E+2"), Decimal(0)),
        ("Input tokens", Decimal("3E+2"), Decimal("0.5")),  # 1000 - 600 - 100
        ("Output tokens", Decimal("4E+1"), Decimal(0)),
    ]


def test_litellm_without_a_price_is_unknown_and_a_cache_hit_is_free(litellm: LiteLLM, tmp_path: Path) -> None:
    litellm.spent("2026-11-18T10:00:00+00:00", 0.0, model="in-house-7b")
    litellm.spent("2026-11-18T10:00:01+00:00", 0.0, cache_hit="True", model="gpt-6-luna")
    [report] = run(tmp_path, from_("litellm", litellm), keys=KEYS)
    assert rows(tmp_path, c.X_MODEL, c.BILLED_COST) == [("gpt-6-luna", Decimal(0))]
    assert any("no price for in-house-7b (1 requests)" in note for note in report.notes)


def test_a_day_that_litellm_cuts_off_is_read_whole_in_parts(
    litellm: LiteLLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litellm_module, "MOST", 50)
    litellm.most = 50
    start = datetime(2026, 11, 18, tzinfo=UTC)
    for number in range(400):
        litellm.spent((start + timedelta(seconds=number * 200)).isoformat(), 0.01)
    run(tmp_path, from_("litellm", litellm, DAY), keys=KEYS)
    assert total(tmp_path) == Decimal("4.00")  # 400 requests of one cent
    assert {asked.path for asked in litellm.asked} == {"/spend/logs", "/spend/logs/v2"}


def test_litellm_sums_instead_of_requests_are_refused(litellm: LiteLLM, tmp_path: Path) -> None:
    litellm.answer = lambda asked: Answer(200, [{"startTime": "2026-11-18", "spend": 1, "users": {}, "models": {}}])
    [report] = run(tmp_path, from_("litellm", litellm), keys=KEYS)
    assert report.failure is not None
    assert "too old" in report.failure


def test_langfuse_splits_input_and_output_and_takes_sums_as_text_or_number(langfuse: Langfuse, tmp_path: Path) -> None:
    langfuse.rows[str(DAY)] = [
        {
            "providedModelName": "gpt-6-astra",
            "sum_totalCost": "3.5",
            "sum_inputCost": 1,
            "sum_outputCost": "2",
            "sum_inputTokens": "1000",
            "sum_outputTokens": 50,
            "sum_totalTokens": 1050,
        },
        {"providedModelName": "mystery", "sum_totalCost": None, "sum_totalTokens": "77"},
        {"providedModelName": None, "sum_totalCost": 0, "sum_totalTokens": 0},
    ]
    [report] = run(tmp_path, from_("langfuse", langfuse), keys=KEYS)
    assert report.failure is None
    assert total(tmp_path) == Decimal("3.5")
    assert rows(tmp_path, c.SKU_METER, c.BILLED_COST, c.CONSUMED_QUANTITY) == [
        ("Input tokens", Decimal(1), Decimal("1E+3")),
        ("Other", Decimal("0.5"), None),
        ("Output tokens", Decimal(2), Decimal("5E+1")),
    ]
    assert any("no cost for mystery" in note for note in report.notes)


def test_a_full_langfuse_answer_is_cut_off_and_refused(langfuse: Langfuse, tmp_path: Path) -> None:
    langfuse.rows[str(DAY)] = [{"providedModelName": f"m{n}", "sum_totalCost": 1} for n in range(1000)]
    [report] = run(tmp_path, from_("langfuse", langfuse), keys=KEYS)
    assert report.failure is not None
    assert "cut off" in report.failure


def test_a_gateways_estimate_gives_way_to_the_bill_of_the_same_provider_and_day(
    litellm: LiteLLM, langfuse: Langfuse, tmp_path: Path
) -> None:
    litellm.spent("2026-11-18T10:00:00+00:00", 1.0)
    litellm.spent("2026-11-19T10:00:00+00:00", 2.0)
    langfuse.rows["2026-11-19"] = [{"providedModelName": "gpt-6-astra", "sum_totalCost": 2.1, "sum_totalTokens": 9}]
    langfuse.rows["2026-11-20"] = [{"providedModelName": "gpt-6-astra", "sum_totalCost": 4, "sum_totalTokens": 9}]
    bill = write(tmp_path / "bill.csv", [charge(DAY, "1.25", provider="OpenAI", service="OpenAI API", account="org-9")])
    import_files(tmp_path, [bill])
    reports = run(tmp_path, from_("langfuse", langfuse), from_("litellm", litellm), keys=KEYS)
    assert [report.failure for report in reports] == [None, None]
    # the bill's 1.25 on the 18th, LiteLLM's 2 on the 19th (not Langfuse's 2.1 of the same model), Langfuse's 4 after
    assert rows(tmp_path, c.X_DAY, c.EFFECTIVE_COST) == [
        (date(2026, 11, 18), Decimal("1.25")),
        (date(2026, 11, 19), Decimal(2)),
        (date(2026, 11, 20), Decimal(4)),
    ]
    assert any("gave way" in note for note in reports[1].notes)
    assert reports[1].sums == {"USD": (Decimal(2), Decimal(2))}


def test_an_estimate_gives_way_to_a_bill_that_is_imported_later(litellm: LiteLLM, tmp_path: Path) -> None:
    litellm.spent("2026-11-18T10:00:00+00:00", 1.0)
    litellm.spent("2026-11-19T10:00:00+00:00", 2.0)
    run(tmp_path, from_("litellm", litellm), keys=KEYS)
    assert total(tmp_path) == 3
    bill = write(tmp_path / "bill.csv", [charge(DAY, "1.25", provider="OpenAI", service="OpenAI API")])
    import_files(tmp_path, [bill])
    assert total(tmp_path) == Decimal("3.25")
