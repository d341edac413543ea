"""What an export holds is read exactly, or refused in a sentence."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.focus import charge, write
from tools.errors import BadInput
from tools.ledger.ledger import Ledger, charges
from tools.ledger.readers.parse import amount, instant, tags
from tools.ledger.storing.importing import import_files

GOOD = charge("2026-09-03", "1.10", team="Orion")


def one(tmp_path: Path, **cells: str) -> dict[str, object]:
    """The stored row of a file of one charge."""
    home = tmp_path / "home"
    import_files(home, [write(tmp_path / "one.csv", [GOOD | cells])])
    table = charges()
    (row,) = Ledger(home).rows(table)
    return dict(zip(table.columns, row, strict=True))


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=18))
def test_an_amount_is_read_to_its_last_digit(value: Decimal) -> None:
    assert amount(format(value, "f")) == value


@pytest.mark.parametrize("text", ["4.0E-7", "+3", ".5", "-0.00", "7."])
def test_plain_and_scientific_decimals_are_numbers(text: str) -> None:
    assert amount(text) == Decimal(text)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-inf", "1,234.50", "$5", "1_000", "٣", "abc", "1e99999", "0x10"])
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        amount(text)


@pytest.mark.parametrize("text", ["0." + "1" * 23, "1" * 17, "1e30"])
def test_a_number_with_more_digits_than_fit_is_refused_rather_than_rounded(text: str) -> None:
    with pytest.raises(ValueError, match=r"digits before|decimals"):
        amount(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-09-18 23:00:00", "2024-09-18 23:00"),
        ("2024-09-18T23:00:00Z", "2024-09-18 23:00"),
        ("2024-09-18T23:00:00.000Z", "2024-09-18 23:00"),
        ("2024-09-18T23:30:00-02:00", "2024-09-19 01:30"),
        ("2024-09-18 00:30:00+0100", "2024-09-17 23:30"),
        ("2024-09-18 00:30:00 UTC", "2024-09-18 00:30"),
        ("2024-09-18", "2024-09-18 00:00"),
        ("4/1/25", "2025-04-01 00:00"),
        ("11/30/2025 1:05 PM", "2025-11-30 13:05"),
    ],
)
def test_every_form_of_date_in_use_is_a_moment_in_utc(text: str, moment: str) -> None:
    assert instant(text).isoformat(" ", "minutes") == moment


@pytest.mark.parametrize("text", ["yesterday", "2024-02-30", "13/45/25", "0001-01-01", "2024-09-18T25:00:00Z"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|years"):
        instant(text)


@pytest.mark.parametrize(
    ("cell", "pairs"),
    [
        ('{"Team": "Orion", "env": "prod"}', (("env", "prod"), ("team", "Orion"))),
        ('{"user:team": "orion"}', (("team", "orion"),)),
        ('[{"Key": "team", "Value": "orion"}]', (("team", "orion"),)),
        ('{"team": "", "x": null, "n": 3}', (("n", "3"),)),
        ("not json", ()),
        ('["team"]', ()),
    ],
)
def test_tags_are_read_in_both_shapes_and_never_cost_a_row(cell: str, pairs: object) -> None:
    assert tags(cell) == pairs


def test_the_day_is_that_of_the_charge_periods_start_in_utc(tmp_path: Path) -> None:
    assert one(tmp_path, ChargePeriodStart="2026-09-30T23:30:00-05:00")["x_Day"] == date(2026, 10, 1)


def test_both_provider_columns_give_one_provider(tmp_path: Path) -> None:
    row = one(tmp_path, ProviderName="Amazon", ServiceProviderName="Amazon Web Services, Inc.", HostProviderName="AWS")
    assert row["x_Provider"] == "AWS"


def test_an_unknown_quantity_does_not_cost_the_charge(tmp_path: Path) -> None:
    row = one(tmp_path, ConsumedQuantity="lots")
    assert (row["ConsumedQuantity"], row["EffectiveCost"]) == (None, Decimal("1.10"))


def test_bad_rows_are_left_out_with_their_line_and_reason(tmp_path: Path) -> None:
    rows = [
        GOOD,
        GOOD | {"BilledCost": "NaN"},
        GOOD | {"ChargePeriodStart": ""},
        GOOD | {"EffectiveCost": "1,5"},
        GOOD | {"BillingCurrency": "dollars"},
        GOOD | {"BilledCost": "-0.10", "EffectiveCost": "-0.10", "ChargeCategory": "Credit"},
    ]
    (report,) = import_files(tmp_path / "home", [write(tmp_path / "f.csv", rows)])
    assert [(s.line, s.why.split(":")[0]) for s in report.skipped] == [
        (3, "BilledCost"),
        (4, "ChargePeriodStart is empty"),
        (5, "EffectiveCost"),
        (6, "BillingCurrency"),
    ]
    assert (report.rows, report.billed, report.effective) == (2, Decimal("1.00"), Decimal("1.00"))


def test_the_report_is_the_contracts_object(tmp_path: Path) -> None:
    rows = [GOOD, charge("2026-09-05", "2.05", billed="0")]
    (report,) = import_files(tmp_path / "home", [write(tmp_path / "sep.csv", rows)])
    assert report.to_json() == {
        "file": "sep.csv",
        "format": "FOCUS 1.0-1.2 CSV",
        "rows": 2,
        "skipped": [],
        "billed": "1.1",
        "effective": "3.15",
        "currency": "USD",
        "from": "2026-09-03",
        "to": "2026-09-05",
    }


def test_several_currencies_have_no_joint_sum(tmp_path: Path) -> None:
    rows = [GOOD, charge("2026-09-05", "2.05", currency="EUR")]
    told = import_files(tmp_path / "home", [write(tmp_path / "f.csv", rows)])[0].to_json()
    assert (told["billed"], told["currency"]) == (None, "EUR+USD")
    assert told["by_currency"]["EUR"] == {"billed": "2.05", "effective": "2.05"}


def test_a_byte_order_mark_a_missing_last_newline_and_unknown_columns_are_no_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", [GOOD | {"x_Whatever": 'a "quoted"\nline'}, GOOD])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip())
    assert import_files(tmp_path / "home", [path])[0].rows == 2


def test_lines_are_counted_as_an_editor_does_past_a_line_break_in_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", [GOOD | {"ChargeDescription": "two\nlines"}, GOOD | {"BilledCost": "x"}])
    assert import_files(tmp_path / "home", [path])[0].skipped[0].line == 4


def test_a_gzipped_export_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.csv.gz"
    path.write_bytes(gzip.compress(write(tmp_path / "f.csv", [GOOD]).read_bytes()))
    assert import_files(tmp_path / "home", [path])[0].rows == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x00\x01\x02\x03binary", "not a text file"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"PAR1 but not really", "Parquet file is broken"),
        (b"\x1f\x8bnot gzip", "gzip"),
        (b"a,b,c\n1,2,3\n", "not a billing export"),
        (b"Date,MeterCategory,CostInBillingCurrency\n", "Azure"),
        ("BilledCost,EffectiveCost,ListCost\n".encode("utf-16-le"), "not a text file"),
    ],
)
def test_a_file_that_is_no_export_is_refused_by_name_and_nothing_stays(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=why) as raised:
        import_files(tmp_path / "home", [path])
    assert "odd.csv" in str(raised.value)
    assert not list((tmp_path / "home").rglob("*"))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder"):
        import_files(tmp_path / "home", [tmp_path])
    with pytest.raises(BadInput, match="no such file"):
        import_files(tmp_path / "home", [tmp_path / "absent.csv"])


@pytest.mark.parametrize("column", ["BilledCost", "EffectiveCost", "ChargePeriodStart", "BillingPeriodStart"])
def test_a_file_without_a_mandatory_column_is_refused_naming_it(tmp_path: Path, column: str) -> None:
    path = write(tmp_path / "f.csv", [{name: cell for name, cell in GOOD.items() if name != column}])
    with pytest.raises(BadInput, match=f"f.csv, column {column}"):
        import_files(tmp_path / "home", [path])


@pytest.mark.parametrize("cut", [-30, -4])
def test_a_file_cut_short_is_refused_whole(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "f.csv", [GOOD, GOOD | {"ChargeDescription": 'with, a "quote"', "zz": "a, b, c, d, e, f"}])
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(BadInput, match="cut short"):
        import_files(tmp_path / "home", [path])


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", [GOOD] * 3)
    path.write_bytes(path.read_bytes().replace(b"Bedrock", b"Bedr\xf6ck", 1))
    with pytest.raises(BadInput, match="UTF-8"):
        import_files(tmp_path / "home", [path])


def test_of_several_files_one_refused_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    home = tmp_path / "home"
    import_files(home, [write(tmp_path / "a.csv", [GOOD])])
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    bad = tmp_path / "bad.csv"
    bad.write_text("nothing,known\n1,2\n")
    with pytest.raises(BadInput, match=r"bad\.csv"):
        import_files(home, [write(tmp_path / "b.csv", [charge("2026-09-09", "5")]), bad])
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_parquet_gives_the_same_rows_as_csv(tmp_path: Path) -> None:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    rows = [GOOD, charge("2026-09-04", "2.000000000000000001", team="search")]
    table = arrow.table({name: [row[name] for row in rows] for name in GOOD})
    costs = arrow.array([Decimal(row["EffectiveCost"]) for row in rows], arrow.decimal128(38, 18))
    for name in ("BilledCost", "EffectiveCost"):
        table = table.set_column(table.column_names.index(name), name, costs)
    starts = arrow.array(
        [datetime.fromisoformat(row["ChargePeriodStart"]) for row in rows], arrow.timestamp("us", "UTC")
    )
    table = table.set_column(table.column_names.index("ChargePeriodStart"), "ChargePeriodStart", starts)
    maps = arrow.array(
        [list(json.loads(row["Tags"]).items()) for row in rows], arrow.map_(arrow.string(), arrow.string())
    )
    table = table.set_column(table.column_names.index("Tags"), "Tags", maps)
    parquet.write_table(table, tmp_path / "f.parquet")
    (one_report,) = import_files(tmp_path / "one", [tmp_path / "f.parquet"])
    (other,) = import_files(tmp_path / "two", [write(tmp_path / "f.csv", rows)])
    assert one_report.effective == other.effective == Decimal("3.100000000000000001")
    chosen = charges().select("x_Day", "x_Team", "EffectiveCost", "BilledCost").order_by("x_Day")
    assert Ledger(tmp_path / "one").rows(chosen) == Ledger(tmp_path / "two").rows(chosen)


def test_a_parquet_cost_stored_as_a_float_is_read_by_its_shortest_form_and_said(tmp_path: Path) -> None:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    table = arrow.table({name: [cell] for name, cell in GOOD.items()} | {"EffectiveCost": [0.1]})
    parquet.write_table(table, tmp_path / "f.parquet")
    (report,) = import_files(tmp_path / "home", [tmp_path / "f.parquet"])
    assert report.effective == Decimal("0.1")
    assert "binary floats" in report.notes[0]


@pytest.mark.parametrize(
    ("more", "without", "version"),
    [
        ((), (), "1.0-1.2"),
        (("SkuMeter",), (), "1.1-1.2"),
        (("SkuMeter", "InvoiceId"), (), "1.2"),
        (("PricingCurrencyEffectiveCost",), (), "1.2"),
        (("SkuMeter", "InvoiceId", "ServiceProviderName", "HostProviderName"), (), "1.3"),
        (("ServiceProviderName", "HostProviderName"), ("ProviderName",), "1.4"),
    ],
)
def test_the_focus_version_is_told_as_far_as_the_columns_tell_it(
    tmp_path: Path, more: tuple[str, ...], without: tuple[str, ...], version: str
) -> None:
    row = charge("2026-09-01", "1") | dict.fromkeys(more, "x")
    path = write(tmp_path / "a.csv", [{name: cell for name, cell in row.items() if name not in without}])
    assert import_files(tmp_path, [path])[0].format == f"FOCUS {version} CSV"
