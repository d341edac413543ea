"""What every source shares: waiting, resuming, replacing, failing alone, and keeping keys to itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.focus import charge, write
from tests.ledger.sync.running import SECRET, TODAY, rows, run, total
from tests.ledger.sync.server import Answer, serving
from tests.ledger.sync.test_anthropic import Anthropic
from tests.ledger.sync.test_openai import OpenAI
from tools.errors import BadInput, Unknown
from tools.ledger import columns as c
from tools.ledger.storing import store
from tools.ledger.storing.importing import import_files
from tools.ledger.sync import meters
from tools.ledger.sync.charge import TOKENS, Charge
from tools.ledger.sync.days import due, marked
from tools.ledger.sync.into_ledger import replace_days
from tools.ledger.sync.joined import Cost, Usage, joined
from tools.ledger.sync.kinds import KINDS, configured
from tools.ledger.sync.source import Source, SyncFailed
from tools.ledger.tokens.tokens import is_batch, kind_of, tokens_in
from tools.period import Period

KEYS = {"OPENAI_ADMIN_KEY": SECRET, "ANTHROPIC_ADMIN_KEY": SECRET}
START = date(2026, 11, 1)
ITEM = "gpt-6-astra, output_tokens"


@pytest.fixture
def openai() -> Iterator[OpenAI]:
    with serving(OpenAI()) as provider:
        assert isinstance(provider, OpenAI)
        provider.page_size = 180
        for offset in range(40):
            provider.cost(START + timedelta(offset), "proj_a", ITEM, "1")
        yield provider


@pytest.fixture
def anthropic() -> Iterator[Anthropic]:
    with serving(Anthropic()) as provider:
        assert isinstance(provider, Anthropic)
        yield provider


def from_openai(provider: OpenAI, since: date = START, account: str | None = None) -> Source:
    return Source("openai", account, provider.url, since)


def asked_days(provider: OpenAI) -> set[tuple[int, int]]:
    return {
        (int(asked.one("start_time") or 0) // 86400, int(asked.one("end_time") or 0) // 86400)
        for asked in provider.asked
        if asked.path.endswith("/costs")
    }


def test_retry_after_is_waited_for_in_seconds_or_until_a_date(openai: OpenAI, tmp_path: Path) -> None:
    dates = {"Retry-After": "Mon, 23 Nov 2026 10:00:42 GMT", "Date": "Mon, 23 Nov 2026 10:00:00 GMT"}
    openai.trouble = [Answer(429, headers={"Retry-After": "17"}), Answer(429, headers=dates), Answer(429)]
    slept: list[float] = []
    [report] = run(tmp_path, from_openai(openai), keys=KEYS, slept=slept)
    assert (report.failure, slept) == (None, [17, 42, 4])


def test_an_hour_of_waiting_is_told_instead(openai: OpenAI, tmp_path: Path) -> None:
    openai.trouble = [Answer(429, headers={"Retry-After": "3600"})]
    slept: list[float] = []
    [report] = run(tmp_path, from_openai(openai), keys=KEYS, slept=slept)
    assert report.failure == "OpenAI asks to wait 3600 seconds; sync again later."
    assert slept == []


def test_a_server_in_trouble_is_asked_six_times(openai: OpenAI, tmp_path: Path) -> None:
    openai.trouble = [Answer(503)] * 6
    slept: list[float] = []
    [report] = run(tmp_path, from_openai(openai), keys=KEYS, slept=slept)
    assert report.failure == "OpenAI could not be reached: it answered 503, 6 times."
    assert slept == [1, 2, 4, 8, 16]


def test_a_dead_address_is_one_sentence_without_the_key(openai: OpenAI, tmp_path: Path) -> None:
    [report] = run(tmp_path, Source("openai", base_url="http://127.0.0.1:9", since=START), keys=KEYS)
    assert report.failure == "OpenAI could not be reached: the connection failed (ConnectError), 6 times."


def test_a_redirect_is_not_followed_with_the_key(openai: OpenAI, tmp_path: Path) -> None:
    openai.trouble = [Answer(307, headers={"Location": f"{openai.url}/elsewhere"})]
    [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert report.failure is not None
    assert "redirect" in report.failure
    assert len(openai.asked) == 1


@pytest.mark.parametrize("address", ["http://api.example.com", "ftp://x", "api.openai.com", "https://u:p@x.example"])
def test_a_key_is_only_sent_to_a_safe_address(tmp_path: Path, address: str) -> None:
    [report] = run(tmp_path, Source("openai", base_url=address, since=START), keys=KEYS)
    assert report.failure is not None
    assert report.failure.startswith("The address for OpenAI must")


def test_a_missing_key_is_named_with_where_to_get_it(openai: OpenAI, tmp_path: Path) -> None:
    [report] = run(tmp_path, from_openai(openai), keys={})
    assert report.failure is not None
    assert report.failure.startswith("OPENAI_ADMIN_KEY is not set; OpenAI needs an organization admin key")
    assert openai.asked == []


def test_the_same_sync_again_changes_nothing(openai: OpenAI, tmp_path: Path) -> None:
    run(tmp_path, from_openai(openai), keys=KEYS)
    before = rows(tmp_path, *c.STORED)
    [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert (report.rows, report.replaced) == (3, 3)
    kept = [name for name in c.STORED if name != c.X_LINE]
    assert rows(tmp_path, *kept) == sorted(
        (tuple(cell for cell, name in zip(row, c.STORED, strict=True) if name != c.X_LINE) for row in before), key=repr
    )


def test_only_the_last_three_days_are_pulled_again_and_restated_ones_are_replaced(
    openai: OpenAI, tmp_path: Path
) -> None:
    [first] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert (first.provisional, total(tmp_path)) == (3, 22)
    openai.asked.clear()
    openai.results["costs"][date(2026, 11, 21)] = []
    openai.cost(date(2026, 11, 21), "proj_a", ITEM, "1.5")
    openai.results["costs"][date(2026, 11, 19)] = []  # final by now: not asked for again
    [second] = run(tmp_path, from_openai(openai), keys=KEYS, today=TODAY + timedelta(1))
    day = (date(2026, 11, 20) - date(1970, 1, 1)).days
    assert asked_days(openai) == {(day, day + 4)}  # 20 to 23 November
    assert total(tmp_path) == Decimal("23.5")  # 22 days, one of them at 1.5, and the 23rd
    assert (second.first_day, second.last_day) == (date(2026, 11, 20), date(2026, 11, 23))


def test_a_broken_sync_goes_on_where_it_stopped(openai: OpenAI, tmp_path: Path) -> None:
    since = date(2026, 9, 1)  # 83 days: three requests of at most 31
    good = openai.answer
    third = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp())  # 1 September and 62 days
    openai.answer = lambda asked: Answer(400) if int(asked.one("start_time") or 0) >= third else good(asked)
    [broken] = run(tmp_path, from_openai(openai, since), keys=KEYS)
    assert broken.failure is not None
    assert (broken.first_day, broken.last_day) == (since, date(2026, 11, 1))
    openai.answer = good
    openai.asked.clear()
    [whole] = run(tmp_path, from_openai(openai, since), keys=KEYS)
    assert whole.failure is None
    assert whole.first_day == date(2026, 11, 2)
    assert total(tmp_path) == 22


def test_one_source_that_fails_does_not_stop_the_others(openai: OpenAI, anthropic: Anthropic, tmp_path: Path) -> None:
    openai.trouble = [Answer(401, {"error": {"message": f"Incorrect API key provided: {SECRET}"}})]
    anthropic.cost(date(2026, 11, 10), "250")
    steps: list[tuple[str, int, int]] = []
    reports = run(
        tmp_path,
        from_openai(openai),
        Source("anthropic", base_url=anthropic.url, since=START),
        keys=KEYS,
        progress=lambda *step: steps.append(step),
    )
    assert [report.source for report in reports] == ["openai", "anthropic"]
    assert reports[0].failure is not None
    assert reports[1].failure is None
    assert total(tmp_path) == Decimal("2.5")
    assert steps[-1] == ("anthropic", 22, 22)
    assert SECRET not in json.dumps([report.to_json() for report in reports])
    assert SECRET not in repr(reports)


def test_no_key_is_written_into_the_home_folder(openai: OpenAI, tmp_path: Path) -> None:
    run(tmp_path, from_openai(openai), keys=KEYS)
    assert all(SECRET.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_days_that_a_file_holds_of_the_same_bill_are_left_as_imported(openai: OpenAI, tmp_path: Path) -> None:
    days = [charge(START + timedelta(n), "2", provider="OpenAI", account="openai", team="search") for n in range(10)]
    import_files(tmp_path, [write(tmp_path / "costs.csv", days)])
    [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert total(tmp_path) == 10 * 2 + 12 * 1  # 1 to 10 November from the file, 11 to 22 synced
    assert report.notes == ("10 days from 1 November 2026 to 10 November 2026 were left as imported from costs.csv.",)


def test_a_file_imported_later_takes_the_place_of_synced_days(openai: OpenAI, tmp_path: Path) -> None:
    run(tmp_path, from_openai(openai), keys=KEYS)
    days = [charge(START + timedelta(n), "2", provider="OpenAI", account="openai") for n in range(10)]
    import_files(tmp_path, [write(tmp_path / "costs.csv", days)])
    assert total(tmp_path) == 10 * 2 + 12 * 1
    run(tmp_path, from_openai(openai), keys=KEYS, today=TODAY + timedelta(1))
    assert total(tmp_path) == 10 * 2 + 13 * 1


def test_days_come_back_when_the_file_that_held_them_no_longer_does(openai: OpenAI, tmp_path: Path) -> None:
    days = [charge(START + timedelta(n), "2", provider="OpenAI", account="openai") for n in range(10)]
    import_files(tmp_path, [write(tmp_path / "costs.csv", days)])
    run(tmp_path, from_openai(openai), keys=KEYS)
    import_files(tmp_path, [write(tmp_path / "costs.csv", days[:4])])
    run(tmp_path, from_openai(openai), keys=KEYS)
    assert total(tmp_path) == 4 * 2 + 18 * 1


def test_a_ledger_that_was_emptied_is_filled_again(openai: OpenAI, tmp_path: Path) -> None:
    run(tmp_path, from_openai(openai), keys=KEYS)
    (store.folder(tmp_path) / "manifest.json").unlink()
    run(tmp_path, from_openai(openai), keys=KEYS)
    assert total(tmp_path) == 22


def test_another_billing_account_counts_beside_and_is_told(openai: OpenAI, tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "other.csv", [charge(START, "2", provider="OpenAI", account="org-7")])])
    [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert total(tmp_path) == 2 + 22
    assert report.notes == (
        "other.csv holds charges of OpenAI on the same days under the billing account org-7, this sync under openai; "
        "both count.",
    )


def test_a_sync_waits_for_no_import_and_changes_nothing_beside_it(openai: OpenAI, tmp_path: Path) -> None:
    with store.changing(store.folder(tmp_path)):
        [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert report.failure is not None
    assert "Another import is running" in report.failure
    assert rows(tmp_path, c.BILLED_COST) == []


def test_a_damaged_record_of_days_is_named(openai: OpenAI, tmp_path: Path) -> None:
    run(tmp_path, from_openai(openai), keys=KEYS)
    (store.folder(tmp_path) / "sync.json").write_text("{")
    [report] = run(tmp_path, from_openai(openai), keys=KEYS)
    assert report.failure is not None
    assert "sync.json" in report.failure


def test_an_unknown_source_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unknown) as raised:
        configured({}, "openrooter")
    assert raised.value.nearest[0] == "openrouter"


def test_sources_are_those_whose_keys_are_set() -> None:
    found = configured({"OPENAI_ADMIN_KEY": "x", "AWS_ACCESS_KEY_ID": "y", "OUTLAY_SYNC_OPENAI_ACCOUNT": "org-1"})
    assert found == [Source("openai", account="org-1")]
    assert [source.name for source in configured({}, "langfuse")] == ["langfuse"]


def test_every_kind_says_which_keys_it_needs_and_where_they_are_from() -> None:
    assert set(KINDS) == {"openai", "anthropic", "aws", "openrouter", "github", "cursor", "litellm", "langfuse"}
    assert all(kind.keys and kind.where.endswith(".") and kind.chunk_days <= kind.reach_days for kind in KINDS.values())


@pytest.mark.parametrize(
    ("meter", "kind"),
    [
        (meters.INPUT, "input"),
        (meters.CACHED_INPUT, "cached_input"),
        (meters.CACHE_WRITE, "cache_write"),
        (meters.CACHE_WRITE_1H, "cache_write_1h"),
        (meters.OUTPUT, "output"),
        (meters.ALL, "unsaid"),
    ],
)
def test_meters_are_read_back_as_the_kind_of_token_they_name(meter: str, kind: str) -> None:
    assert kind_of((meter,)) == kind_of((meters.named(meter, True),)) == kind
    assert is_batch((meters.named(meter, True),))
    assert not is_batch((meter,))
    assert tokens_in(TOKENS, True) == 1


def money(day: date, amount: str, **others: Any) -> Charge:
    return Charge(day, "OpenAI", "openai", "OpenAI API", "x", Decimal(amount), Decimal(amount), **others)


def test_replacing_days_leaves_every_other_day_and_source_alone(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "aws.csv", [charge("2026-10-31", "7")])])
    spread = [money(date(2026, 10, 30) + timedelta(n), "1") for n in range(5)]
    replace_days(tmp_path, "openai/a", "OpenAI", spread, Period(date(2026, 10, 30), date(2026, 11, 4)))
    middle = Period(date(2026, 10, 31), date(2026, 11, 2))
    stored = replace_days(tmp_path, "openai/a", "OpenAI", [money(date(2026, 11, 1), "0.25")], middle)
    assert (stored.rows, stored.replaced, stored.sums) == (1, 2, {"USD": (Decimal("0.25"), Decimal("0.25"))})
    assert rows(tmp_path, c.X_DAY, c.BILLED_COST) == [
        (date(2026, 10, 30), Decimal(1)),
        (date(2026, 10, 31), Decimal(7)),
        (date(2026, 11, 1), Decimal("0.25")),
        (date(2026, 11, 2), Decimal(1)),
        (date(2026, 11, 3), Decimal(1)),
    ]
    replace_days(tmp_path, "openai/a", "OpenAI", [], Period(date(2026, 10, 1), date(2026, 12, 1)))
    assert rows(tmp_path, c.BILLED_COST) == [(Decimal(7),)]


@pytest.mark.parametrize(
    "wrong",
    [
        money(date(2026, 10, 29), "1"),
        money(date(2026, 10, 30), "1", currency="dollars"),
        money(date(2026, 10, 30), "1" + "0" * 17),
    ],
)
def test_a_charge_that_cannot_be_stored_refuses_the_whole_answer(tmp_path: Path, wrong: Charge) -> None:
    day = Period(date(2026, 10, 30), date(2026, 10, 31))
    replace_days(tmp_path, "openai/a", "OpenAI", [money(day.start, "3")], day)
    with pytest.raises((SyncFailed, BadInput)):
        replace_days(tmp_path, "openai/a", "OpenAI", [money(day.start, "1"), wrong], day)
    assert total(tmp_path) == 3


@given(finals=st.sets(st.integers(0, 60)), first=st.integers(0, 60), length=st.integers(0, 60), most=st.integers(1, 40))
def test_due_spans_cover_each_open_day_once_and_none_is_too_long(
    finals: set[int], first: int, length: int, most: int
) -> None:
    begin = START + timedelta(first)
    today = begin + timedelta(length)
    spans = due({START + timedelta(n): "final" for n in finals}, begin, today, most)
    covered = [span.start + timedelta(n) for span in spans for n in range(span.days)]
    wanted = [begin + timedelta(n) for n in range(length) if first + n not in finals]
    assert covered == wanted
    assert all(span.days <= most for span in spans)


def test_a_day_is_final_when_pulled_more_than_three_days_after() -> None:
    days = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 22)]
    assert marked({}, days, frozenset(), TODAY) == {days[0]: "final", days[1]: "provisional", days[2]: "provisional"}
    assert marked({}, days[:1], frozenset(days), TODAY) == {days[0]: "provisional"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    costs=st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]), st.sampled_from(["Input tokens", "Output tokens"]), st.integers(-5, 100)
        ),
        max_size=8,
    ),
    used=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["Input tokens", "Output tokens", "Output tokens, batch"]),
            st.integers(0, 10**9),
        ),
        max_size=8,
    ),
)
def test_joining_loses_no_token_and_adds_no_money(
    costs: list[tuple[str, str, int]], used: list[tuple[str, str, int]]
) -> None:
    rows_of_cost = [Cost(money(START, str(amount), model=model, meter=meter)) for model, meter, amount in costs]
    found = joined(rows_of_cost, [Usage(START, None, model, meter, tokens) for model, meter, tokens in used])
    placed = sum((charge.quantity or Decimal(0) for charge in found.charges), Decimal(0))
    assert placed + sum(item.tokens for item in found.unpriced) == sum(tokens for _, _, tokens in used)
    assert sum(charge.billed for charge in found.charges) == sum(amount for _, _, amount in costs)
    assert {item.model for item in found.unpriced}.isdisjoint(model for model, _, _ in costs)
