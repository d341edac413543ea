"""The clouds' own exports: AWS CUR 2.0, Azure actual and amortized cost, Google Cloud billing, and FOCUS 1.4."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.focus import charge, write
from tools.errors import BadInput
from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing.importing import ImportReport, import_files


def given(tmp_path: Path, path: Path) -> tuple[ImportReport, list[dict[str, Any]]]:
    (report,) = import_files(tmp_path / "home", [path])
    table = charges()
    found = Ledger(tmp_path / "home").rows(table.order_by("x_Line", "ChargeCategory"))
    return report, [dict(zip(table.columns, row, strict=True)) for row in found]


def table_of(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path


def aws(cost: str, kind: str = "Usage", **others: str) -> dict[str, str]:
    return {
        "bill_payer_account_id": "111122223333",
        "bill_payer_account_name": "Acme",
        "bill_billing_period_start_date": "2026-09-01T00:00:00.000Z",
        "bill_billing_period_end_date": "2026-10-01T00:00:00.000Z",
        "line_item_line_item_type": kind,
        "line_item_usage_start_date": "2026-09-03T00:00:00.000Z",
        "line_item_usage_end_date": "2026-09-04T00:00:00.000Z",
        "line_item_product_code": "AmazonBedrock",
        "line_item_usage_type": "USE1-Claude3.5Sonnet-input-tokens",
        "line_item_usage_amount": "12.5",
        "line_item_currency_code": "USD",
        "line_item_unblended_cost": cost,
        "pricing_unit": "1K tokens",
        "product": json.dumps({"product_name": "Amazon Bedrock", "region": "us-east-1"}),
        "resource_tags": json.dumps({"user_team": "Orion", "aws_created_by": "root"}),
        "reservation_effective_cost": "",
        "reservation_unused_amortized_upfront_fee_for_billing_period": "",
        "reservation_unused_recurring_fee": "",
        "savings_plan_savings_plan_effective_cost": "",
        "savings_plan_total_commitment_to_date": "",
        "savings_plan_used_commitment": "",
    } | others


AWS_ROWS = [
    aws("1.2300000001"),
    aws("10", "SavingsPlanCoveredUsage", savings_plan_savings_plan_effective_cost="6.5"),
    aws("-10", "SavingsPlanNegation"),
    aws(
        "8",
        "SavingsPlanRecurringFee",
        savings_plan_total_commitment_to_date="8",
        savings_plan_used_commitment="6.5",
    ),
    aws("0", "DiscountedUsage", reservation_effective_cost="2.25"),
    aws("-0.5", "Credit"),
]


def test_cur_2_keeps_billed_and_amortised_cost_apart(tmp_path: Path) -> None:
    report, rows = given(tmp_path, table_of(tmp_path / "cur.csv", AWS_ROWS))
    assert report.format == "AWS CUR 2.0 CSV"
    assert report.billed == Decimal("8.7300000001")  # 1.2300000001 + 10 - 10 + 8 + 0 - 0.5
    assert report.effective == Decimal("10.9800000001")  # 1.2300000001 + 6.5 + 0 + (8 - 6.5) + 2.25 - 0.5
    assert (rows[0]["x_Team"], rows[0]["ServiceName"], rows[0]["x_AI"]) == ("Orion", "Amazon Bedrock", True)
    assert (rows[0]["ConsumedQuantity"], rows[0]["ConsumedUnit"]) == (Decimal("12.5"), "1K tokens")
    assert dict(rows[0]["x_Tags"])["aws_created_by"] == "root"


def test_cur_2_as_parquet_and_as_gzip_gives_the_same(tmp_path: Path) -> None:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    plain = table_of(tmp_path / "cur.csv", AWS_ROWS)
    packed = tmp_path / "cur.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    table = arrow.table({name: [row[name] for row in AWS_ROWS] for name in AWS_ROWS[0]})
    maps = arrow.map_(arrow.string(), arrow.string())
    for name in ("product", "resource_tags"):
        cells = arrow.array([list(json.loads(row[name]).items()) for row in AWS_ROWS], maps)
        table = table.set_column(table.column_names.index(name), name, cells)
    name = "line_item_unblended_cost"
    costs = arrow.array([Decimal(row[name]) for row in AWS_ROWS], arrow.decimal128(30, 12))
    table = table.set_column(table.column_names.index(name), name, costs)
    parquet.write_table(table, tmp_path / "cur.parquet")
    one, one_rows = given(tmp_path / "one", packed)
    other, other_rows = given(tmp_path / "other", tmp_path / "cur.parquet")
    assert (other.format, other.billed, other.effective) == ("AWS CUR 2.0 Parquet", one.billed, one.effective)
    assert [row["x_Tags"] for row in one_rows] == [row["x_Tags"] for row in other_rows]


def test_use_of_a_savings_plan_without_its_effective_cost_is_refused(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "savings_plan_savings_plan_effective_cost"} for row in AWS_ROWS]
    with pytest.raises(BadInput, match="effective cost is unknown"):
        given(tmp_path, table_of(tmp_path / "cur.csv", rows))


def test_cur_2_without_a_needed_column_names_it_as_the_file_would(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "line_item_currency_code"} for row in AWS_ROWS]
    with pytest.raises(BadInput, match="column line_item_currency_code"):
        given(tmp_path, table_of(tmp_path / "cur.csv", rows))


def azure(cost: str, kind: str = "Usage", model: str = "OnDemand", **others: str) -> dict[str, str]:
    return {
        "BillingAccountId": "123456",
        "BillingAccountName": "Acme",
        "BillingPeriodStartDate": "09/01/2026",
        "BillingPeriodEndDate": "09/30/2026",
        "SubscriptionId": "sub-1",
        "SubscriptionName": "Production",
        "Date": "09/03/2026",
        "ProductName": "Azure OpenAI - gpt-4o",
        "MeterCategory": "Cognitive Services",
        "MeterSubCategory": "Azure OpenAI",
        "MeterId": "m-1",
        "MeterName": "gpt 4o 0806 Inp glbl Tokens",
        "Quantity": "400",
        "UnitOfMeasure": "1K",
        "CostInBillingCurrency": cost,
        "BillingCurrency": "EUR",
        "ChargeType": kind,
        "PricingModel": model,
        "ReservationId": "r-1" if model == "Reservation" else "",
        "Tags": '"team": "Orion","env": "prod"',
    } | others


def test_an_azure_export_without_commitments_is_billed_and_effective_alike(tmp_path: Path) -> None:
    rows = [azure("1.25"), azure("-0.25", "Refund"), azure("100", "Purchase", ProductName="Marketplace offer")]
    report, (first, *_) = given(tmp_path, table_of(tmp_path / "ea.csv", rows))
    assert (report.format, report.currency) == ("Azure cost CSV", "EUR")
    assert report.billed == report.effective == Decimal("101.00")  # 1.25 - 0.25 + 100
    assert (first["x_Team"], first["x_Model"], first["x_Provider"]) == ("Orion", "gpt-4o", "Microsoft")
    assert (str(first["x_Day"]), first["PricingQuantity"], first["PricingUnit"], first["ConsumedQuantity"]) == (
        "2026-09-03",
        Decimal(400),
        "1K",
        None,
    )


def test_an_amortized_azure_export_bills_nothing_for_use_of_a_commitment(tmp_path: Path) -> None:
    rows = [azure("5"), azure("3", model="Reservation"), azure("2", "UnusedReservation", "Reservation")]
    report, stored = given(tmp_path, table_of(tmp_path / "amortized.csv", rows))
    assert report.format == "Azure amortized cost CSV"
    assert (report.billed, report.effective) == (Decimal(5), Decimal(10))
    assert [row["BilledCost"] for row in stored] == [Decimal(5), Decimal(0), Decimal(0)]
    assert any("billed cost lacks" in note for note in report.notes)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([azure("5"), azure("0", model="Reservation")], "line 3.*actual-cost export with reservations"),
        ([azure("365", "Purchase", "Reservation")], "line 2.*actual-cost export with reservations"),
        ([azure("3", model="SavingsPlan"), azure("365", "Purchase", "SavingsPlan")], "must be one of the two"),
    ],
)
def test_an_actual_azure_export_with_commitments_is_refused(
    tmp_path: Path, rows: list[dict[str, str]], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        given(tmp_path, table_of(tmp_path / "actual.csv", rows))


def test_an_azure_file_that_writes_the_day_first_is_refused_rather_than_read_a_month_off(tmp_path: Path) -> None:
    days = {"Date": "03/09/2026", "BillingPeriodStartDate": "01/09/2026", "BillingPeriodEndDate": "30/09/2026"}
    with pytest.raises(BadInput, match=r"billingperiodenddate.*month/day/year"):
        given(tmp_path, table_of(tmp_path / "local.csv", [azure("1", **days)]))


def test_an_azure_mca_export_has_the_same_columns_in_another_case(tmp_path: Path) -> None:
    row = {name[0].lower() + name[1:]: cell for name, cell in azure("1.25").items()}
    row |= {"serviceFamily": "AI + Machine Learning", "tags": '{"Team": "Orion"}', "date": "2026-09-03"}
    report, (stored,) = given(tmp_path, table_of(tmp_path / "mca.csv", [row]))
    assert (report.effective, stored["x_AI"], stored["x_Team"]) == (Decimal("1.25"), True, "Orion")


GCP = {
    "billing_account_id": "01ABCD-2345EF-678901",
    "service": {"id": "C7E2", "description": "Vertex AI"},
    "sku": {"id": "1A2B", "description": "Gemini 2.5 Flash Text Input - Predictions"},
    "usage_start_time": "2026-09-30 23:00:00 UTC",
    "usage_end_time": "2026-10-01 00:00:00 UTC",
    "project": {"id": "acme-prod", "name": "Prod", "labels": [{"key": "env", "value": "prod"}]},
    "labels": [{"key": "team", "value": "orion"}],
    "cost": 10.123456,
    "currency": "USD",
    "usage": {"amount": 1000.0, "unit": "count", "amount_in_pricing_units": 0.001, "pricing_unit": "count"},
    "credits": [
        {"name": "Promo", "full_name": "Welcome promotion", "amount": -1.5, "type": "PROMOTION"},
        {"name": "CUD", "amount": -0.023456, "type": "COMMITTED_USAGE_DISCOUNT"},
    ],
    "invoice": {"month": "202610"},
    "cost_type": "regular",
    "cost_at_list": 12.0,
}


def lines(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in objects))
    return path


def test_google_cost_is_cost_plus_credits_and_credits_stay_visible(tmp_path: Path) -> None:
    tax = GCP | {"cost": 0.4, "cost_type": "tax", "credits": [], "service": {"description": "Invoice"}}
    report, rows = given(tmp_path, lines(tmp_path / "gcp.jsonl", GCP, tax))
    assert (report.format, report.rows) == ("Google Cloud billing JSON", 4)
    assert report.billed == report.effective == Decimal("9.0")  # 10.123456 - 1.5 - 0.023456 + 0.4
    kinds = [(row["ChargeCategory"], row["EffectiveCost"]) for row in rows]
    assert kinds == [
        ("Credit", Decimal("-1.5")),
        ("Credit", Decimal("-0.023456")),
        ("Usage", Decimal("10.123456")),
        ("Tax", Decimal("0.4")),
    ]
    assert (rows[2]["x_Team"], rows[2]["x_Model"], rows[2]["SubAccountId"]) == (
        "orion",
        "gemini-2.5-flash",
        "acme-prod",
    )


def test_googles_invoice_month_decides_the_bill_and_utc_the_day(tmp_path: Path) -> None:
    _, rows = given(tmp_path, lines(tmp_path / "gcp.jsonl", GCP))
    assert {(str(row["x_Day"]), str(row["BillingPeriodStart"])[:10]) for row in rows} == {("2026-09-30", "2026-10-01")}


def test_a_google_csv_with_nested_cells_gives_the_same(tmp_path: Path) -> None:
    flat = {
        "billing_account_id": GCP["billing_account_id"],
        "service.description": "Vertex AI",
        "sku.description": "Gemini 2.5 Flash Text Input - Predictions",
        "usage_start_time": "2026-09-30 23:00:00 UTC",
        "usage_end_time": "2026-10-01 00:00:00 UTC",
        "project_id": "acme-prod",
        "labels": json.dumps(GCP["labels"]),
        "cost": "10.123456",
        "currency": "USD",
        "credits": json.dumps(GCP["credits"]),
        "invoice.month": "202610",
    }
    report, rows = given(tmp_path, table_of(tmp_path / "gcp.csv", [flat]))  # type: ignore[list-item]
    assert report.effective == Decimal("8.6")  # 10.123456 - 1.5 - 0.023456
    assert {(row["SubAccountId"], row["x_Team"]) for row in rows} == {("acme-prod", "orion")}


def test_google_rows_flattened_by_credit_are_refused(tmp_path: Path) -> None:
    flat = {"billing_account_id": "1", "usage_start_time": "", "cost": "1", "currency": "USD", "credits.amount": "-1"}
    with pytest.raises(BadInput, match="several times"):
        given(tmp_path, table_of(tmp_path / "gcp.csv", [flat]))


def test_google_rows_that_cannot_be_read_are_told_by_line(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "gcp.jsonl",
        GCP,
        GCP | {"cost": None},
        GCP | {"credits": [{"name": "?"}]},
        GCP | {"invoice": {"month": "September"}},
        GCP | {"cost_type": "mystery"},
        [1],
    )
    path.write_text(path.read_text() + '{"cost": NaN}\n' + '{"cost": 1, "cost": 2}\n')
    report, _ = given(tmp_path, path)
    assert [(item.line, item.why.split("(")[0].strip()) for item in report.skipped] == [
        (2, "cost is empty"),
        (3, "credits: one has no amount"),
        (4, "invoice.month is not a month such as 202609"),
        (5, "cost_type 'mystery' is not one that Google documents"),
        (6, "is not a JSON object"),
        (7, "is not a JSON object"),
        (8, "is not a JSON object"),
    ]
    assert report.effective == Decimal("8.6")


def test_a_float_with_more_digits_than_fit_is_kept_to_the_last_one_that_does(tmp_path: Path) -> None:
    path = tmp_path / "gcp.jsonl"
    path.write_text(json.dumps(GCP | {"credits": []}).replace("10.123456", "1.2345678901234567e-08") + "\n")
    report, _ = given(tmp_path, path)
    assert report.effective == Decimal("0.0000000123456789012346")  # 22 decimals


def test_focus_1_4_has_no_provider_name_and_is_read(tmp_path: Path) -> None:
    row = {name: cell for name, cell in charge("2026-09-03", "1.10", billed="0").items() if name != "ProviderName"}
    row |= {"ServiceProviderName": "Anthropic", "HostProviderName": "AWS", "InvoiceIssuerName": "Anthropic, PBC"}
    report, (stored,) = given(tmp_path, write(tmp_path / "focus.csv", [row]))
    assert (report.format, report.billed, report.effective) == ("FOCUS 1.4 CSV", Decimal(0), Decimal("1.10"))
    assert stored["x_Provider"] == "Anthropic"


def test_another_dataset_of_focus_is_named_in_the_refusal(tmp_path: Path) -> None:
    row = {"ContractCommitmentId": "c-1", "ContractCommitmentCategory": "Spend", "BillingCurrency": "USD"}
    with pytest.raises(BadInput, match="Contract Commitment dataset"):
        given(tmp_path, table_of(tmp_path / "commitments.csv", [row]))
