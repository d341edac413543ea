"""Refunds, credits and taxes alone or left out, and splits by whatever a bill states."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge, write
from tools.errors import Denied, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.share import spend_share
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import spend_series
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.ledger.storing.importing import import_files
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
SEPTEMBER = Period.month(2026, 9)


def total(ledger: Ledger, **scope: object) -> Decimal:
    found = spend_total(ledger, Scope(SEPTEMBER, **scope), EVERYTHING, TODAY)  # type: ignore[arg-type]
    value = found.figures[0].value
    assert isinstance(value, Decimal)
    return value


def groups(result: Result) -> dict[str, Decimal]:
    assert result.table is not None
    return {str(row[0]): row[-2] for row in result.table.rows if row[0] != "total"}  # type: ignore[misc]


@pytest.fixture
def bill(fill: Fill) -> Ledger:
    """100 of usage, 8 back for an overcharge, and each other kind with an amount of its own."""
    return fill(
        charge("2026-09-01", "100.00"),
        charge("2026-09-02", "-8.00", ChargeClass="Correction"),
        charge("2026-09-03", "3.00", ChargeClass="Correction"),
        charge("2026-09-04", "-5.00", category="Credit"),
        charge("2026-09-05", "-2.00", category="Credit", ChargeDescription="Refund of a double charge"),
        charge("2026-09-06", "-1.00", category="Adjustment"),
        charge("2026-09-07", "0.50", category="Adjustment", ChargeDescription="Rounding"),
        charge("2026-09-08", "20.00", category="Tax"),
        charge("2026-09-09", "40.00", category="Purchase"),
    )


@pytest.mark.parametrize(
    ("kinds", "amount"),
    [
        (("usage",), 100 - 8 + 3),
        (("taxes",), 20),
        (("purchases",), 40),
        (("credits",), -5 - 2),
        (("corrections",), -8 + 3),
        (("refunds",), -8 - 2 - 1),
        (("adjustments",), Decimal("-0.5")),
        (("refunds", "credits"), -8 - 2 - 1 - 5),
    ],
)
def test_each_kind_of_charge_alone(bill: Ledger, kinds: tuple[str, ...], amount: Decimal) -> None:
    assert total(bill, where=(("charge_kind", kinds),)) == amount


def test_everything_without_tax_and_credits(bill: Ledger) -> None:
    whole = Decimal("147.5")
    assert total(bill) == whole
    assert total(bill, without=(("charge_kind", ("taxes",)), ("charge_kind", ("credits",)))) == whole - 20 + 7
    assert total(bill, without=(("charge_kind", ("refunds",)),)) == whole + 11


def test_an_answer_about_one_kind_does_not_claim_that_all_count(bill: Ledger) -> None:
    alone = spend_total(bill, Scope(SEPTEMBER, (("charge_kind", ("refund",)),)), EVERYTHING, TODAY)
    assert not any("All charge categories" in said for said in alone.assumptions)
    assert any("Refunds are charges below zero" in said for said in alone.assumptions)
    assert any("All charge categories" in s for s in spend_total(bill, Scope(), EVERYTHING, TODAY).assumptions)


def test_the_share_of_taxes_in_the_bill(bill: Ledger) -> None:
    found = spend_share(bill, Scope(SEPTEMBER, (("charge_kind", ("taxes",)),)), EVERYTHING, TODAY, ("charge_kind",))
    assert found.figures[0].value == Decimal("13.559322")  # 20 of 147.5


def test_an_unknown_kind_names_those_there_are(bill: Ledger) -> None:
    with pytest.raises(Unknown, match="there are usage, purchases, taxes, credits"):
        total(bill, where=(("charge_kind", ("bribes",)),))


@pytest.mark.parametrize("dimension", ["region", "project", "user", "resource_type", "tag:nothing", "model", "team"])
def test_a_split_by_what_the_bill_does_not_state_is_unknown(bill: Ledger, dimension: str) -> None:
    with pytest.raises(Unknown):
        spend_by(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, (dimension,), top=1)


def test_a_split_by_a_tag_of_any_name_and_by_what_tags_stand_for(fill: Fill) -> None:
    ledger = fill(
        charge(
            "2026-09-01", "1", Tags=json.dumps({"cost-center": "1007", "api_key_id": "key_1", "user_email": "a@b.c"})
        ),
        charge("2026-09-02", "2", Tags=json.dumps({"Cost-Center": "1007", "workspace": "Research"})),
        charge("2026-09-03", "4", provider="OpenAI", SubAccountId="proj_1", SubAccountName="Search"),
        charge("2026-09-04", "8", provider="Anthropic", SubAccountId="wrkspc_1"),
        charge("2026-09-05", "16", SubAccountId="123456789012"),
    )

    def split(by: str) -> dict[str, Decimal]:
        return groups(spend_by(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, (by,)))

    assert split("tag:cost-center") == {"untagged": 28, "1007": 3}
    assert split("api_key") == {"unknown": 30, "key_1": 1}
    assert split("user") == {"unknown": 30, "a@b.c": 1}
    assert split("project") == {"unknown": 27, "Search": 4}
    assert split("workspace") == {"unknown": 21, "wrkspc_1": 8, "Research": 2}
    assert total(ledger, where=(("project", ("search",)),)) == 4
    assert total(ledger, where=(("workspace", ("RESEARCH",)),)) == 2


def test_accounts_by_their_names(fill: Fill) -> None:
    ledger = fill(
        charge("2026-09-01", "1", account="111", BillingAccountName="Main"), charge("2026-09-01", "2", account="222")
    )
    assert groups(spend_by(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, ("account",))) == {"222": 2, "Main": 1}
    assert total(ledger, where=(("account", ("main",)),)) == 1


def test_days_of_the_week_quarters_and_years(fill: Fill) -> None:
    ledger = fill(charge("2026-09-05", "1"), charge("2026-09-06", "2"), charge("2026-09-07", "4"))  # Saturday to Monday
    by_day = groups(spend_by(ledger, Scope(), EVERYTHING, TODAY, ("day_of_week",)))
    assert list(by_day.items()) == [("Monday", 4), ("Saturday", 1), ("Sunday", 2)]
    assert groups(spend_by(ledger, Scope(), EVERYTHING, TODAY, ("part_of_week",))) == {"weekday": 4, "weekend": 3}
    quarters = spend_series(ledger, Scope(Period(date(2026, 7, 1), date(2026, 10, 1))), EVERYTHING, TODAY, "quarter")
    assert quarters.table
    assert quarters.table.rows == (("2026-Q3", "USD", Decimal(7), "no"),)
    years = spend_series(ledger, Scope(), EVERYTHING, TODAY, "year")
    assert years.table
    assert years.table.rows[0][:3] == ("2026", "USD", Decimal(7))


def test_keys_projects_workspaces_and_users_are_not_shown_to_who_sees_sums_only(fill: Fill) -> None:
    ledger = fill(charge("2026-09-01", "1", team="orion", Tags='{"api_key_id": "key_1", "user": "ann"}'))
    for dimension in ("api_key", "user", "project", "workspace"):
        with pytest.raises(Denied):
            spend_by(ledger, Scope(), Audience.of(totals=True), TODAY, (dimension,))


def test_a_ledger_without_charge_classes_is_still_read(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "1"), charge("2026-09-02", "-1")])])
    (part,) = (tmp_path / "ledger").glob("rows/*/*.parquet")
    parquet.write_table(parquet.ParquetFile(part).read().drop_columns(["ChargeClass"]), part)
    assert total(Ledger(tmp_path)) == 0
    assert total(Ledger(tmp_path), where=(("charge_kind", ("corrections",)),)) == 0
