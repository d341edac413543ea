"""LiteLLM's spend logs, and any CSV that a mapping file describes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st

from tools.errors import BadInput
from tools.ledger.ledger import Ledger, charges
from tools.ledger.readers.mapping import Mapped
from tools.ledger.readers.plain_csv import _plain
from tools.ledger.storing.importing import ImportReport, import_files

CALL = {
    "request_id": "r-1",
    "call_type": "acompletion",
    "api_key": "88dc28d0",
    "spend": 0.0123,
    "total_tokens": 1500,
    "prompt_tokens": 1200,
    "completion_tokens": 300,
    "startTime": "2026-09-03T10:00:00.123000",
    "endTime": "2026-09-03T10:00:02.000000",
    "model": "claude-haiku-4-5-20251001",
    "custom_llm_provider": "anthropic",
    "metadata": {
        "user_api_key_team_alias": "Search",
        "additional_usage_values": {"cache_read_input_tokens": 700, "cache_creation_input_tokens": 100},
    },
    "cache_hit": "False",
    "request_tags": ["team:orion", "jobID"],
    "team_id": "t-1",
}


def given(tmp_path: Path, path: Path, mapping: str | None = None) -> tuple[ImportReport, list[dict[str, Any]]]:
    described = None
    if mapping is not None:
        described = tmp_path / "mapping.toml"
        described.parent.mkdir(exist_ok=True)
        described.write_text(mapping, encoding="utf-8")
    (report,) = import_files(tmp_path / "home", [path], mapping=described)
    table = charges()
    found = Ledger(tmp_path / "home").rows(table.order_by("x_Line", "SkuMeter"))
    return report, [dict(zip(table.columns, row, strict=True)) for row in found]


def logs(tmp_path: Path, *calls: dict[str, Any]) -> Path:
    path = tmp_path / "logs.jsonl"
    path.write_text("".join(json.dumps(call) + "\n" for call in calls))
    return path


def test_a_litellm_request_counts_its_spend_once_and_its_tokens_by_kind(tmp_path: Path) -> None:
    report, rows = given(tmp_path, logs(tmp_path, CALL))
    assert (report.format, report.billed, report.effective) == (
        "LiteLLM spend logs JSON",
        Decimal("0.0123"),
        Decimal("0.0123"),
    )
    assert {row["SkuMeter"]: row["ConsumedQuantity"] for row in rows} == {
        "input tokens": Decimal(400),  # 1,200 - 700 read from a cache - 100 written to one
        "cached input tokens": Decimal(700),
        "cache write tokens": Decimal(100),
        "output tokens": Decimal(300),
    }
    assert {(row["x_Provider"], row["x_Model"], row["x_Team"]) for row in rows} == {
        ("Anthropic", "claude-haiku-4-5", "orion")
    }


def test_litellm_spend_is_marked_as_an_estimate(tmp_path: Path) -> None:
    report, rows = given(tmp_path, logs(tmp_path, CALL | {"request_tags": []}))
    assert any("estimate, not an invoice" in note for note in report.notes)
    assert {dict(row["x_Tags"])["x_estimated"] for row in rows} == {"true"}
    assert {(row["x_Team"], dict(row["x_Tags"])["litellm_team"]) for row in rows} == {(None, "Search")}


def test_litellm_spend_of_zero_for_tokens_is_unknown_unless_its_cache_answered(tmp_path: Path) -> None:
    path = logs(tmp_path, CALL, CALL | {"spend": 0.0, "model": "new"}, CALL | {"spend": 0, "cache_hit": "True"})
    report, _ = given(tmp_path, path)
    assert [(item.line, item.why) for item in report.skipped] == [
        (2, "spend is 0 for 1500 tokens: LiteLLM has no price for new")
    ]
    assert report.effective == Decimal("0.0123")


def test_litellm_rows_that_contradict_themselves_are_rejected(tmp_path: Path) -> None:
    path = logs(tmp_path, CALL, CALL | {"prompt_tokens": 5}, CALL | {"custom_llm_provider": ""}, CALL | {"spend": "x"})
    report, _ = given(tmp_path, path)
    assert [(item.line, item.why.split(":")[0]) for item in report.skipped] == [
        (2, "prompt_tokens is less than the cached tokens it should include"),
        (3, "custom_llm_provider is empty"),
        (4, "spend"),
    ]


def test_litellm_logs_as_an_array_and_as_csv_give_the_same(tmp_path: Path) -> None:
    array = tmp_path / "logs.json"
    array.write_text(json.dumps([CALL, CALL | {"request_id": "r-2"}]))
    cells = {name: cell if isinstance(cell, str) else json.dumps(cell) for name, cell in CALL.items()}
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    table = tmp_path / "logs.csv"
    table.write_text(",".join(cells) + "\n" + f"{quoted}\n{quoted}\n")
    one, _ = given(tmp_path / "one", array)
    other, _ = given(tmp_path / "other", table)
    assert one.effective == other.effective == Decimal("0.0246")  # 2 x 0.0123
    assert one.rows == other.rows == 8


def test_an_estimate_gives_way_to_the_bill_of_the_same_day(tmp_path: Path) -> None:
    cost = tmp_path / "claude.csv"
    cost.write_text(
        "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n"
        "2026-09-03,Claude Haiku 4.5,Default,k,message,output,0.02\n"
    )
    later = CALL | {"startTime": "2026-09-04T10:00:00", "endTime": "2026-09-04T10:00:00", "spend": 1}
    given(tmp_path, logs(tmp_path, CALL, later))
    _, rows = given(tmp_path, cost)
    assert sum(row["EffectiveCost"] for row in rows) == Decimal("1.02")  # the bill's 0.02 and the day without a bill


PLAIN = """
[columns]
date = "Tag"
cost = "Betrag"
model = "Modell"
team = "Kostenstelle"
input_tokens = "Ein"
cached_input_tokens = "Cache"
output_tokens = "Aus"
[values]
currency = "EUR"
provider = "Mistral"
[tags]
project = "Projekt"
[format]
date = "%d.%m.%Y"
decimal = ","
thousands = "."
input_includes_cached = true
"""
PLAIN_ROWS = (
    "Tag;Betrag;Modell;Kostenstelle;Ein;Cache;Aus;Projekt\n"
    "03.09.2026;1.234,50;mistral-large-2411;Orion;1.000;400;50;alpha\n"
    "04.09.2026;0,50;mistral-large-2411;Search;;;;beta\n"
)


def test_a_mapped_csv_is_read_with_its_own_dates_numbers_and_tokens(tmp_path: Path) -> None:
    path = tmp_path / "kosten.csv"
    path.write_text(PLAIN_ROWS)
    report, rows = given(tmp_path, path, PLAIN)
    assert (report.format, report.effective, report.currency) == ("plain CSV by mapping", Decimal("1235.00"), "EUR")
    assert [(str(r["x_Day"]), r["x_Team"], r["SkuMeter"], r["ConsumedQuantity"], r["EffectiveCost"]) for r in rows] == [
        ("2026-09-03", "Orion", "cached input tokens", Decimal(400), Decimal(0)),
        ("2026-09-03", "Orion", "input tokens", Decimal(600), Decimal("1234.50")),  # 1,000 - 400
        ("2026-09-03", "Orion", "output tokens", Decimal(50), Decimal(0)),
        ("2026-09-04", "Search", None, None, Decimal("0.50")),
    ]
    assert (rows[0]["x_Provider"], rows[0]["x_AI"], dict(rows[0]["x_Tags"])) == (
        "Mistral AI",
        True,
        {"project": "alpha"},
    )


def test_cents_become_units_of_the_currency_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("day,amount\n2026-09-03,12345\n")
    plain = '[columns]\ndate="day"\ncost="amount"\n[values]\ncurrency="USD"\nprovider="Cursor"\n'
    assert given(tmp_path / "units", path, plain)[0].effective == 12345
    cents = given(tmp_path / "cents", path, plain + '[format]\ncost_unit="cents"\n')[0]
    assert cents.effective == Decimal("123.45")


def test_local_times_move_to_the_utc_day_and_bare_days_stay(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("day,amount\n2026-10-01 00:30:00,1\n2026-10-01,2\n2026-10-01T00:30:00Z,4\n")
    mapping = (
        '[columns]\ndate="day"\ncost="amount"\n[values]\ncurrency="USD"\nprovider="X"\n'
        '[format]\ntimezone="Europe/Berlin"\n'
    )
    _, rows = given(tmp_path, path, mapping)
    assert [(str(row["x_Day"]), row["EffectiveCost"]) for row in rows] == [
        ("2026-09-30", Decimal(1)),
        ("2026-10-01", Decimal(2)),
        ("2026-10-01", Decimal(4)),
    ]


def test_an_ambiguous_date_a_wrong_mark_and_an_empty_cost_are_rejected_by_line(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text('day,amount\n2026-09-03,1\n03/04/2026,1\n2026-09-03,"1,5"\n2026-09-03,\n2026-09-03,=1+1\n')
    mapping = '[columns]\ndate="day"\ncost="amount"\n[values]\ncurrency="USD"\nprovider="X"\n'
    report, _ = given(tmp_path, path, mapping)
    assert [item.line for item in report.skipped] == [3, 4, 5, 6]
    assert "is not an ISO date" in report.skipped[0].why
    assert report.effective == 1


def test_billed_and_effective_come_from_their_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("day,bill,used\n2026-09-03,0,2.5\n2026-09-03,100,0\n")
    mapping = '[columns]\ndate="day"\nbilled="bill"\neffective="used"\n[values]\ncurrency="USD"\nprovider="X"\n'
    report, _ = given(tmp_path, path, mapping)
    assert (report.billed, report.effective) == (Decimal(100), Decimal("2.5"))


BASE = '[columns]\ndate="d"\ncost="c"\n[values]\ncurrency="USD"\nprovider="X"\n'


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("[columns", "not readable TOML"),
        ('[columns]\ncost="c"\n', "column is the date"),
        ('[columns]\ndate="d"\n', "column is the cost"),
        ('[columns]\ndate="d"\ncost="c"\n', "Say the currency"),
        (
            '[columns]\ndate="d"\nbilled="c"\n[values]\ncurrency="USD"\nprovider="X"\n',
            "one does not stand for the other",
        ),
        (BASE + "[colours]\n", "not 'colours'"),
        (BASE + "[tags]\nx=1\n", "must be a text"),
        (BASE.replace('cost="c"', 'cost="c"\nprice="p"'), "no 'price'"),
        (BASE + '[format]\ntimezone="Mars/Base"\n', "not a time zone"),
        (BASE + '[format]\ncost_unit="pence"\n', "cost_unit"),
        (BASE + '[format]\ndecimal=","\nthousands=","\n', "same mark"),
        (BASE.replace('cost="c"', 'cost="c"\ninput_tokens="i"\ncached_input_tokens="k"'), "input_includes_cached"),
        (BASE.replace('cost="c"', 'cost="c"\ncurrency="k"'), "as a column and as a value"),
        (BASE.replace('"d"', '"absent"'), "column absent"),
    ],
)
def test_a_mapping_that_leaves_something_unsaid_is_refused_and_nothing_stays(
    tmp_path: Path, mapping: str, why: str
) -> None:
    path = tmp_path / "c.csv"
    path.write_text("d,c\n2026-09-03,1\n")
    with pytest.raises(BadInput, match=why):
        given(tmp_path, path, mapping)
    assert not (tmp_path / "home" / "ledger").exists()


@holds(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_a_number_with_marks_is_the_number_without_them(value: Decimal) -> None:
    shown = f"{value:,.4f}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert Decimal(_plain(shown, Mapped({}, decimal=",", thousands="."))) == value
