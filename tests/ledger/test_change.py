"""Change, series and untagged share."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge, write
from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.untagged import untagged_share
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.change import spend_change
from tools.ledger.over_time.series import spend_series
from tools.ledger.scope import Scope
from tools.ledger.storing.importing import import_files
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Period.month(2026, 9)


def figures(result: object) -> dict[str, Decimal]:
    return {f.label: f.value for f in result.figures}  # type: ignore[attr-defined]


@pytest.fixture
def ledger(fill: Fill) -> Ledger:
    return fill(
        charge("2026-07-01", "1", team="a"),
        charge("2026-08-05", "100", team="a"),
        charge("2026-08-06", "40", team="b"),
        charge("2026-08-07", "10", team="gone"),
        charge("2026-09-05", "130", team="a"),
        charge("2026-09-06", "30", team="b"),
        charge("2026-09-07", "5", team="new"),
        charge("2026-09-30", "0", team="a"),
        charge("2026-10-01", "50", team="a"),
        charge("2026-10-15", "8", team="b"),
    )


def test_change_is_told_in_currency_then_percent_then_both_totals(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, by="team")
    assert [f.value for f in result.figures[:4]] == [15, 10, 165, 150]
    assert [f.unit for f in result.figures[:4]] == ["USD", "%", "USD", "USD"]
    assert "up $15.00 (10.0%), $165.00 in September 2026 against $150.00 in August 2026" in result.summary


def test_drivers_sum_to_the_change_and_name_what_is_new_and_gone(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, by="team")
    assert result.table is not None
    moved = {row[0]: row[4] for row in result.table.rows}
    assert moved == {"a": 30, "b": -10, "gone": -10, "new": 5, "total": 15}
    assert "New: new. Gone: gone." in result.summary


def test_what_explains_most_is_chosen(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY)
    assert result.table is not None
    assert result.table.columns[0] == "Team"


def test_a_period_not_over_is_compared_over_equal_complete_days(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(Period.month(2026, 10)), EVERYTHING, TODAY, by="team")
    # Data ends on 15 October: 1 to 15 October (50 + 8) against 1 to 15 September (130 + 30 + 5).
    assert [f.value for f in result.figures[:4:2]] == [Decimal(58 - 165), Decimal(58)]
    assert any("first 15 days" in said for said in result.assumptions)


def test_month_to_date_is_compared_with_the_same_days_of_the_month_before(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(Period(date(2026, 10, 1), date(2026, 10, 11))), EVERYTHING, TODAY)
    assert result.figures[3].value == 165
    assert "1 to 10 September 2026" in result.figures[3].label


def test_today_is_not_a_complete_day(ledger: Ledger) -> None:
    result = spend_change(ledger, Scope(Period.month(2026, 10)), EVERYTHING, date(2026, 10, 15), by="team")
    assert result.figures[2 if result.figures[1].unit == "%" else 1].value == 50


def test_percent_is_left_out_where_the_base_is_zero(ledger: Ledger) -> None:
    scope = Scope(SEPTEMBER, (("team", ("new",)),))
    result = spend_change(ledger, scope, EVERYTHING, TODAY)
    assert [f.unit for f in result.figures[:3]] == ["USD", "USD", "USD"]
    assert result.figures[0].value == 5


def test_a_base_without_data_is_unknown(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="June 2026"):
        spend_change(ledger, Scope(Period.month(2026, 7)), EVERYTHING, TODAY)


def test_a_change_without_a_period_asks_back(ledger: Ledger) -> None:
    with pytest.raises(NeedsChoice):
        spend_change(ledger, Scope(), EVERYTHING, TODAY)


money = st.decimals(min_value=-500, max_value=5000, places=9, allow_nan=False)
charges_of_two_months = st.lists(
    st.tuples(st.sampled_from([8, 9]), st.integers(1, 30), st.sampled_from("abcd"), money), min_size=1, max_size=25
)


@settings(max_examples=15, deadline=None)
@given(charges_of_two_months, st.sampled_from(["team", "sku", "provider"]))
def test_drivers_always_sum_exactly_to_the_change(found: list[tuple[int, int, str, Decimal]], by: str) -> None:
    rows = [charge("2026-08-01", "0"), charge("2026-09-30", "0")]
    rows += [charge(f"2026-{m:02d}-{d:02d}", format(v, "f"), team=t, SkuId=t * 2) for m, d, t, v in found]
    with tempfile.TemporaryDirectory() as place:
        import_files(Path(place), [write(Path(place) / "f.csv", rows)])
        result = spend_change(Ledger(Path(place)), Scope(SEPTEMBER), EVERYTHING, TODAY, by=by)
    assert result.table is not None
    *drivers, total = (Decimal(str(row[4])) for row in result.table.rows)
    expected = sum((v if m == 9 else -v for m, _, _, v in found), Decimal(0))
    assert sum(drivers) == total == expected == result.figures[0].value


def test_a_day_without_data_is_a_gap_and_a_day_without_charges_is_zero(fill: Fill) -> None:
    ledger = fill(
        charge("2026-09-01", "4", team="a"),
        charge("2026-09-02", "5", team="b"),
        charge("2026-09-04", "6", team="a"),
    )
    result = spend_series(ledger, Scope(Period(date(2026, 9, 1), date(2026, 9, 5))), EVERYTHING, TODAY, "day", "team")
    assert result.chart is not None
    lines = {series.name: series.values for series in result.chart.series}
    assert lines == {"a": (4, 0, None, 6), "b": (0, 5, None, 0)}
    assert any("gap, not zero" in said for said in result.warnings)


def test_weeks_and_months_say_whether_they_are_complete(fill: Fill) -> None:
    days = [date(2026, 8, 20) + timedelta(n) for n in range(60)]
    ledger = fill(*(charge(day, "1") for day in days))
    months = spend_series(ledger, Scope(), EVERYTHING, TODAY, "month")
    assert months.table is not None
    assert [(row[0], row[2], row[3]) for row in months.table.rows] == [
        ("2026-08", 12, "no"),
        ("2026-09", 30, "yes"),
        ("2026-10", 18, "no"),
    ]
    weeks = spend_series(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, "week")
    assert weeks.table is not None
    assert [(row[0], row[2], row[3]) for row in weeks.table.rows] == [
        ("2026-08-31", 6, "no"),
        ("2026-09-07", 7, "yes"),
        ("2026-09-14", 7, "yes"),
        ("2026-09-21", 7, "yes"),
        ("2026-09-28", 3, "no"),
    ]


def test_untagged_is_an_amount_then_a_share(fill: Fill) -> None:
    ledger = fill(
        charge("2026-09-01", "30", team="a"),
        charge("2026-09-02", "8", provider="OpenAI"),
        charge("2026-09-03", "2", Tags='{"team": "  "}'),
    )
    result = untagged_share(ledger, Scope(), EVERYTHING, TODAY, by="provider")
    assert [(f.value, f.unit) for f in result.figures[:2]] == [(10, "USD"), (25, "%")]
    assert result.table is not None
    assert [(row[0], row[2], row[4]) for row in result.table.rows] == [
        ("all", 10, 25),
        ("OpenAI", 8, 100),
        ("AWS", 2, Decimal("6.25")),
    ]


def test_the_share_without_a_tag_that_nothing_has_is_unknown(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="cost-centre"):
        untagged_share(ledger, Scope(), EVERYTHING, TODAY, "cost-centre")
