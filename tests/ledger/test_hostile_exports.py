"""No file, however broken or malicious, leaves half of itself in the ledger or passes for another."""

from __future__ import annotations

import gzip
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.focus import charge, write
from tools.errors import BadInput
from tools.ledger.known import covered_days
from tools.ledger.ledger import Ledger, charges
from tools.ledger.readers import text
from tools.ledger.readers.recognise import open_export
from tools.ledger.readers.rows import Skipped
from tools.ledger.storing.importing import import_files
from tools.ledger.storing.normalise import normaliser

COST = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n"
ROW = "2026-09-03,Claude Haiku 4.5,Default,k,message,output,1.00\n"
LITELLM = (
    '{"request_id": "r", "spend": 1.5, "startTime": "2026-09-03T10:00:00", "prompt_tokens": 1, "completion_tokens": 1, '
    '"model": "m", "custom_llm_provider": "groq"}\n'
)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xlsx", b"PK\x03\x04rest", "Excel workbook.*Read are FOCUS"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "Excel workbook.*mapping file"),
        ("a.pdf", b"%PDF-1.7", "PDF.*Read are"),
        ("a.json", b'{"hello": 1}\n', "JSON is not a billing export.*Read are"),
        ("a.json", b"[", "damaged or cut short"),
        ("a.json", b'[{"request_id": "r"}', "damaged or cut short"),
        ("a.jsonl", LITELLM.encode() + LITELLM.encode()[:40], "line 2.*cut short"),
        ("a.jsonl", LITELLM.encode() + b'{"model": "\xff"}\n', "not UTF-8"),
        ("a.json.gz", gzip.compress(LITELLM.encode() * 50)[:-9], "broken or cut short"),
        ("a.csv", (COST + ROW + ROW).encode()[:-20], "line 3.*cut short"),
        ("a.csv", (COST + ROW).encode() + b"2026-09-03,Claude \xff,,,,,1\n", "not UTF-8"),
        ("a.csv", COST.replace("workspace", "model").encode() + ROW.encode(), "missing"),
        ("a.csv", (COST.rstrip() + ",Cost_USD\n" + ROW.rstrip() + ",2.00\n").encode(), "column Cost_USD.*twice"),
        ("a.csv", (COST + '2026-09-03,"never closed,,,,,1\n').encode(), "never closed"),
        ("a.csv", b"\n\n\n", "empty"),
        ("a.csv", "\ufeff".encode(), "empty"),
    ],
)
def test_a_broken_or_foreign_file_is_refused_whole(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=why) as raised:
        import_files(tmp_path / "home", [path])
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not list((tmp_path / "home").rglob("*"))


def test_a_line_too_long_to_be_a_bills_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "LONGEST_LINE", 10_000)
    path = tmp_path / "long.csv"
    path.write_text(COST + ROW + "2026-09-03," + "x" * 50_000 + ",,,,,1\n")
    with pytest.raises(BadInput, match="Not readable as CSV"):
        import_files(tmp_path / "home", [path])


def test_a_field_larger_than_any_cell_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LARGEST_FIELD", 10_000)
    path = tmp_path / "long.csv"
    path.write_text(COST + ROW.replace("Default", "x" * 20_000))
    with pytest.raises(BadInput, match="field larger"):
        import_files(tmp_path / "home", [path])


def test_text_that_a_spreadsheet_would_run_is_text_and_as_a_cost_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "formula.csv"
    path.write_text(
        COST
        + ROW.replace("Default", '"=HYPERLINK(""http://x.example"",""a"")"')
        + ROW.replace("1.00", "=1+1")
        + ROW.replace("1.00", "@SUM(A1)")
    )
    (report,) = import_files(tmp_path / "home", [path])
    assert [item.line for item in report.skipped] == [3, 4]
    assert report.effective == Decimal("1.00")
    table = charges()
    assert Ledger(tmp_path / "home").rows(table.select("SubAccountName")) == [('=HYPERLINK("http://x.example","a")',)]


def test_several_currencies_in_one_native_export_have_no_joint_sum(tmp_path: Path) -> None:
    path = tmp_path / "openai.csv"
    day = "1790553600,1790640000"
    path.write_text(f"start_time,end_time,amount_value,amount_currency,line_item\n{day},1,usd,a\n{day},2,eur,a\n")
    (report,) = import_files(tmp_path / "home", [path])
    assert (report.billed, report.currency) == (None, "EUR+USD")
    assert report.by_currency == {"USD": (Decimal(1), Decimal(1)), "EUR": (Decimal(2), Decimal(2))}


def test_a_file_named_as_another_format_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "costs.parquet"
    path.write_text(COST + ROW)
    (report,) = import_files(tmp_path / "home", [path])
    assert report.format == "Anthropic cost CSV"


def test_a_refused_file_beside_a_good_one_leaves_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.jsonl"
    good.write_text(COST + ROW)
    bad.write_text(LITELLM + LITELLM[:40])
    with pytest.raises(BadInput, match=r"bad\.jsonl"):
        import_files(tmp_path / "home", [good, bad])
    assert not (tmp_path / "home" / "ledger").exists()


SEEDS = {
    "anthropic.csv": COST + ROW * 3,
    "openai.csv": (
        "start_time,end_time,amount_value,amount_currency,line_item\n"
        '1790553600,1790640000,1.25,usd,"gpt-5, input"\n1790553600,1790640000,0.5,usd,"gpt-5, output"\n'
    ),
    "litellm.jsonl": LITELLM * 3,
    "litellm.json": "[" + ",".join([LITELLM] * 3) + "]",
    "google.jsonl": (
        '{"billing_account_id": "a", "service": {"description": "Vertex AI"}, '
        '"usage_start_time": "2026-09-03", '
        '"cost": 2.5, "currency": "USD", "credits": [{"name": "x", "amount": -1}], "invoice": '
        '{"month": "202609"}, "labels": []}\n'
    )
    * 2,
    "azure.csv": (
        "Date,CostInBillingCurrency,BillingCurrency,ChargeType,PricingModel,BillingPeriodStartDate,BillingPeriodEndDate,"
        "MeterCategory,Tags\n"
        '09/03/2026,1.5,USD,Usage,OnDemand,09/01/2026,09/30/2026,Storage,"""team"": ""a"""\n'
    ),
    "aws.csv": (
        "bill_payer_account_id,bill_billing_period_start_date,bill_billing_period_end_date,line_item_line_item_type,"
        "line_item_usage_start_date,line_item_usage_end_date,line_item_currency_code,line_item_unblended_cost,product\n"
        '1,2026-09-01,2026-10-01,Usage,2026-09-03,2026-09-04,USD,1.5,"{""product_name"": ""Amazon S3""}"\n'
    ),
}


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(SEEDS[name])
    (report,) = import_files(tmp_path / "home", [path])
    assert (bool(report.rows), report.skipped) == (True, ())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_any_damage_ends_in_rows_with_reasons_or_in_one_sentence(name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        content = content or bytearray(b"x")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        rows, refusal = _read(path)
    assert name in refusal if refusal else all(row.why for row in rows if isinstance(row, Skipped))


def _read(path: Path) -> tuple[list[object], str]:
    try:
        export = open_export(path)
        checked = normaliser(export.columns, export.file)
        return [row if isinstance(row, Skipped) else checked(row) for row in export.rows], ""
    except BadInput as refusal:
        return [], str(refusal)


def _parquet(path: Path, name: str, moments: list[int], unit: str) -> Path:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    rows = [charge(f"2026-09-{day:02d}", "1") for day in range(1, len(moments) + 1)]
    columns: dict[str, Any] = {title: [row[title] for row in rows] for title in rows[0]}
    parquet.write_table(arrow.table(columns | {name: arrow.array(moments, arrow.timestamp(unit))}), path)
    return path


def test_a_moment_of_another_century_in_parquet_rejects_its_row(tmp_path: Path) -> None:
    september = 1_788_220_800_000
    path = _parquet(tmp_path / "a.parquet", "ChargePeriodStart", [september, 4_611_686_018_427], "ms")
    (report,) = import_files(tmp_path, [path])
    assert (report.rows, [item.line for item in report.skipped]) == (1, [2])
    assert "is not in the years 2000 to 2100" in report.skipped[0].why


def test_a_moment_past_every_calendar_in_parquet_is_refused_whole(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "a.parquet", "ChargePeriodStart", [0, 2**60], "ms")
    with pytest.raises(BadInput, match="beyond every date"):
        import_files(tmp_path, [path])
    assert not (tmp_path / "ledger").exists()


def test_a_charge_that_ends_in_the_far_future_covers_no_more_than_its_bill_says(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "a.parquet", "ChargePeriodEnd", [4_000_000_000_000_000 // 100], "ms")
    import_files(tmp_path, [path])
    assert covered_days(Ledger(tmp_path)) == {date(2026, 9, 1)}


def test_a_file_that_writes_the_day_first_is_not_read_as_other_months(tmp_path: Path) -> None:
    dates = {"BillingPeriodStart": "01/09/2026", "ChargePeriodStart": "03/09/2026", "ChargePeriodEnd": "04/09/2026"}
    with pytest.raises(BadInput, match="no first of a month when the month comes first"):
        import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-03", "1") | dates])])
    month_first = {"BillingPeriodStart": "09/01/2026", "ChargePeriodStart": "09/03/2026"}
    (report,) = import_files(tmp_path, [write(tmp_path / "b.csv", [charge("2026-09-03", "1") | month_first])])
    assert report.first_day == date(2026, 9, 3)
