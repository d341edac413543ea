"""The same charges given again replace the former ones; other charges never do."""

from __future__ import annotations

import random
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.focus import Row, charge, write
from tools.errors import BadInput
from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing.importing import import_files


def spent(home: Path) -> Decimal:
    table = charges()
    found = Ledger(home).rows(table.agg(s=table.EffectiveCost.sum()))
    total: Decimal = found[0][0]
    return total


def month(days: range, cost: str = "1.00", **others: str) -> list[Row]:
    rows = [charge(f"2026-09-{day:02d}", cost, **others) for day in days]  # type: ignore[arg-type]
    return [row | {"ResourceId": f"i-{n % 3}"} for n, row in enumerate(rows)]


def test_reimporting_an_export_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", month(range(1, 11)))
    import_files(tmp_path, [path])
    (report,) = import_files(tmp_path, [path])
    assert (spent(tmp_path), report.replaced) == (Decimal(10), 10)


def test_the_same_rows_under_another_name_or_in_another_order_do_not_double(tmp_path: Path) -> None:
    rows = month(range(1, 11))
    import_files(tmp_path, [write(tmp_path / "a.csv", rows)])
    import_files(tmp_path, [write(tmp_path / "b.csv", reversed(rows))])
    assert spent(tmp_path) == 10


def test_a_newer_export_with_more_days_replaces_the_older_whatever_its_name(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "to-10.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "to-20.csv", month(range(1, 21)))])
    assert spent(tmp_path) == 20


def test_restated_costs_replace_the_former_ones(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "first.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "final.csv", month(range(1, 11), "1.25"))])
    assert spent(tmp_path) == Decimal("12.5")


def test_corrected_tags_replace_the_former_rows(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "first.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "tagged.csv", month(range(1, 11), team="orion"))])
    assert spent(tmp_path) == 10


def test_the_same_name_again_replaces_that_bill_even_when_every_row_is_another(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "sep.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "sep.csv", month(range(1, 9), "2.00", service="Amazon SageMaker"))])
    assert spent(tmp_path) == 16


def test_a_correction_of_some_days_keeps_the_other_days(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "all.csv", month(range(1, 11)))])
    rows = [row for row in month(range(1, 11), "3.00") if "2026-09-04" <= row["ChargePeriodStart"][:10] <= "2026-09-06"]
    import_files(tmp_path, [write(tmp_path / "fix.csv", rows)])
    assert spent(tmp_path) == 7 + 9


def test_other_accounts_providers_and_months_stay(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "a.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "b.csv", month(range(1, 11), account="222"))])
    import_files(tmp_path, [write(tmp_path / "c.csv", month(range(1, 11), provider="OpenAI"))])
    import_files(tmp_path, [write(tmp_path / "d.csv", [charge("2026-10-01", "5")])])
    assert spent(tmp_path) == 35


def test_parts_of_one_bill_both_stay_in_one_command_or_in_several(tmp_path: Path) -> None:
    one, other = (
        write(tmp_path / "part-1.csv", month(range(1, 16))),
        write(tmp_path / "part-2.csv", month(range(16, 31))),
    )
    import_files(tmp_path / "together", [one, other])
    import_files(tmp_path / "apart", [one])
    import_files(tmp_path / "apart", [other])
    import_files(tmp_path / "apart", [other])
    assert spent(tmp_path / "together") == spent(tmp_path / "apart") == 30


def test_parts_by_team_of_the_same_days_both_stay(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "orion.csv", month(range(1, 11), team="orion"))])
    import_files(tmp_path, [write(tmp_path / "search.csv", month(range(1, 11), "2.00", team="search"))])
    assert spent(tmp_path) == 30


def test_the_same_file_twice_in_one_command_counts_once(tmp_path: Path) -> None:
    rows = month(range(1, 11))
    import_files(tmp_path, [write(tmp_path / "a.csv", rows), write(tmp_path / "copy.csv", rows)])
    assert spent(tmp_path) == 10


def test_identical_rows_inside_a_file_are_real_charges(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "2.50")] * 3)])
    assert spent(tmp_path) == Decimal("7.5")


def test_an_open_ledger_sees_a_new_import(tmp_path: Path) -> None:
    table = charges()
    ledger = Ledger(tmp_path)
    import_files(tmp_path, [write(tmp_path / "a.csv", month(range(1, 11)))])
    assert ledger.rows(table.count()) == [(10,)]
    import_files(tmp_path, [write(tmp_path / "a.csv", month(range(1, 13)))])
    assert ledger.rows(table.count()) == [(12,)]


def hours(days: range, cost: str = "1.00", each: int = 24, **others: str) -> list[Row]:
    """The days of `month`, each in `each` charges of an hour that add up to the day's cost."""
    rows = []
    for row in month(days, cost, **others):
        day = row["ChargePeriodStart"][:10]
        for hour in range(each):
            start, end = (
                f"{day}T{hour:02d}:00:00Z",
                f"{day}T{hour + 1:02d}:00:00Z" if hour < 23 else row["ChargePeriodEnd"],
            )
            part = format(Decimal(cost) / each, "f")
            costs = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), part)
            rows.append(row | costs | {"ChargePeriodStart": start, "ChargePeriodEnd": end})
    return rows


def test_an_hourly_export_takes_the_place_of_the_daily_one_and_the_other_way_round(tmp_path: Path) -> None:
    daily = write(tmp_path / "daily.csv", month(range(1, 11)))
    hourly = write(tmp_path / "hourly.csv", hours(range(1, 11), each=20))
    for name, order in (("a", (daily, hourly)), ("b", (hourly, daily)), ("c", (daily, hourly, daily))):
        for path in order:
            (report,) = import_files(tmp_path / name, [path])
        assert spent(tmp_path / name) == 10
        assert any("in another length" in note for note in report.notes)
    import_files(tmp_path / "together", [daily, hourly])
    assert spent(tmp_path / "together") == 10


def test_a_longer_hourly_export_leaves_the_days_that_it_does_not_cover(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "daily.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "hourly.csv", hours(range(6, 16), each=20))])
    assert spent(tmp_path) == 15


def test_a_monthly_export_takes_the_place_of_the_daily_one(tmp_path: Path) -> None:
    whole = month(range(1, 2), "30.00")
    whole[0] |= {"ChargePeriodEnd": "2026-10-01T00:00:00Z"}
    daily, monthly = write(tmp_path / "d.csv", month(range(1, 31))), write(tmp_path / "m.csv", whole)
    for name, order in (("a", (daily, monthly)), ("b", (monthly, daily))):
        for path in order:
            import_files(tmp_path / name, [path])
        assert spent(tmp_path / name) == 30


def test_another_length_with_other_sums_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "daily.csv", month(range(1, 11)))])
    with pytest.raises(BadInput, match=r"daily\.csv holds too.*count the bill twice"):
        import_files(tmp_path, [write(tmp_path / "hourly.csv", hours(range(1, 11), "2.00", each=20))])
    assert spent(tmp_path) == 10


def test_hourly_charges_of_another_service_or_account_count_beside_daily_ones(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "daily.csv", month(range(1, 11)))])
    import_files(tmp_path, [write(tmp_path / "ec2.csv", hours(range(1, 11), each=20, service="Amazon EC2"))])
    import_files(tmp_path, [write(tmp_path / "other.csv", hours(range(1, 11), each=20, account="222"))])
    assert spent(tmp_path) == 30


amounts = st.decimals(min_value=-1000, max_value=100000, places=12, allow_nan=False)


@settings(max_examples=15, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=30), st.randoms(use_true_random=False), st.data())
def test_sums_survive_any_order_and_any_split(costs: list[Decimal], chance: random.Random, data: st.DataObject) -> None:
    rows = [
        charge(f"2026-09-{n % 28 + 1:02d}", format(cost, "f")) | {"ResourceId": f"r{n}"} for n, cost in enumerate(costs)
    ]
    chance.shuffle(rows)
    cut = data.draw(st.integers(1, len(rows) - 1))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        parts = [write(folder / "part-1.csv", rows[:cut]), write(folder / "part-2.csv", rows[cut:])]
        reports = import_files(folder, parts)
        assert spent(folder) == sum(costs)
        assert [r.effective for r in reports] == [
            sum(Decimal(r["EffectiveCost"]) for r in p) for p in (rows[:cut], rows[cut:])
        ]
        again = import_files(folder, list(reversed(parts)))
        assert (spent(folder), len(again)) == (sum(costs), 2)
