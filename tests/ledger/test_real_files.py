"""Real exports keep their sums to the last digit. The files are not part of this repository."""

from __future__ import annotations

import csv
from decimal import Context, Decimal
from functools import reduce
from pathlib import Path

import pytest

from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing.importing import import_files

SHARED = (Path(__file__).parents[2] / "../shared/data/focus").resolve()
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/focus, which is not here")
WIDE = Context(prec=80)


def column_sum(path: Path, column: str) -> Decimal:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return reduce(WIDE.add, (Decimal(row[column].strip() or "0") for row in csv.DictReader(file)), Decimal(0))


@pytest.mark.parametrize(
    "name",
    ["focus_sample_1.0.csv", "synthetic_aws_1.2.csv", "synthetic_gcp_1.3.csv"]
    + [f"saas_tokens_1.2/virtual_currency_pricing_model_{n}.csv" for n in ("a1", "a2", "b1", "b2", "b3", "c")],
)
def test_a_real_export_sums_as_its_own_columns_do(tmp_path: Path, name: str) -> None:
    (report,) = import_files(tmp_path, [SHARED / name])
    billed, effective = (column_sum(SHARED / name, column) for column in ("BilledCost", "EffectiveCost"))
    table = charges()
    stored = Ledger(tmp_path).rows(table.agg(b=table.BilledCost.sum(), e=table.EffectiveCost.sum()))
    assert not report.skipped
    assert (report.billed, report.effective) == (billed, effective)
    assert stored == [(billed, effective)]


def test_all_real_exports_given_together_count_together(tmp_path: Path) -> None:
    files = sorted(SHARED.rglob("*_1.?.csv")) + sorted(SHARED.glob("saas_tokens_1.2/*.csv"))
    import_files(tmp_path, files)
    table = charges()
    assert Ledger(tmp_path).rows(table.agg(s=table.BilledCost.sum())) == [
        (reduce(WIDE.add, (column_sum(path, "BilledCost") for path in files)),)
    ]


def test_a_native_aws_report_is_read_with_its_unblended_cost_as_billed(tmp_path: Path) -> None:
    path = SHARED / "native_aws_cur_anonymous.csv"
    (report,) = import_files(tmp_path, [path])
    assert (report.format, report.rows) == ("AWS CUR CSV", 1281)
    assert report.billed == column_sum(path, "lineItem/UnblendedCost")
