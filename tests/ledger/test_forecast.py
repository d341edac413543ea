"""Where a month ends; expected values are sums of series whose law is written out here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.over_time.forecast import forecast
from tools.ledger.over_time.projection import Trial, ahead, margin
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

FIRST = date(2026, 5, 1)
TODAY = date(2026, 11, 16)
NOVEMBER = Period.month(2026, 11)
WEEK = (100, 120, 120, 110, 100, 40, 30)


def days(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days)]


def usage(cost: Callable[[date], int], start: date = FIRST, end: date = TODAY, **others: str) -> list[Row]:
    return [charge(day, str(cost(day)), **others) for day in days(start, end)]  # type: ignore[arg-type]


def weekly(day: date) -> int:
    return WEEK[day.weekday()]


def figures(result: Result) -> dict[str, Decimal]:
    return {figure.label: figure.value for figure in result.figures}


def whole(cost: Callable[[date], int], period: Period = NOVEMBER) -> int:
    return sum(cost(day) for day in days(period.start, period.end))


def test_a_weekday_pattern_is_carried_on_to_the_months_end(fill: Fill) -> None:
    result = forecast(fill(*usage(weekly)), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == whole(weekly)
    assert result.figures[1].value == whole(weekly, Period(NOVEMBER.start, TODAY))
    assert figures(result)["Mean error at the same point of earlier periods (USD)"] == 0


def test_a_steady_growth_is_carried_on(fill: Fill) -> None:
    def growing(day: date) -> int:
        return 1000 + 3 * (day - FIRST).days

    result = forecast(fill(*usage(growing)), Scope(), EVERYTHING, TODAY)
    assert abs(result.figures[0].value - whole(growing)) / whole(growing) < Decimal("0.003")


@pytest.mark.parametrize(("before", "since", "on"), [(90, 60, date(2026, 10, 1)), (10, 70, date(2026, 10, 20))])
def test_a_machine_switched_on_or_off_is_no_trend(fill: Fill, before: int, since: int, on: date) -> None:
    def stepped(day: date) -> int:
        return since if day >= on else before

    result = forecast(fill(*usage(stepped)), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == 30 * since


def test_the_range_never_falls_under_what_is_spent(fill: Fill) -> None:
    def wild(day: date) -> int:
        return 10 if day.month % 2 else 1000

    result = forecast(fill(*usage(wild)), Scope(), EVERYTHING, TODAY)
    low, so_far = figures(result)["Low end of the 80% range"], result.figures[1].value
    assert low >= so_far


def test_one_odd_day_counts_once_and_is_not_carried_on(fill: Fill) -> None:
    def odd(day: date) -> int:
        return weekly(day) + (5000 if day == date(2026, 11, 11) else 0)

    assert forecast(fill(*usage(odd)), Scope(), EVERYTHING, TODAY).figures[0].value == whole(weekly) + 5000


def test_a_credit_at_the_months_start_is_counted_once(fill: Fill) -> None:
    credits = [charge(date(2026, m, 1), "-200", category="Credit") for m in range(5, 12)]
    result = forecast(fill(*usage(weekly), *credits), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == whole(weekly) - 200


def test_a_fee_that_comes_late_each_month_is_expected_as_the_median_of_earlier_ones(fill: Fill) -> None:
    fees = (70, 80, 90, 85, 75, 1000)
    rows = [charge(date(2026, m, 28), str(fee), category="Purchase") for m, fee in zip(range(5, 11), fees, strict=True)]
    result = forecast(fill(*usage(weekly), *rows), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == whole(weekly) + Decimal(80 + 85) / 2


def monthly(month: int, cost: str) -> Row:
    end = date(2026, month + 1, 1)
    return charge(date(2026, month, 1), cost, provider="OpenAI") | {"ChargePeriodEnd": f"{end}T00:00:00Z"}


def test_a_row_billed_for_the_whole_month_is_not_multiplied(fill: Fill) -> None:
    rows = [monthly(m, "300") for m in range(5, 12)]
    assert forecast(fill(*usage(weekly), *rows), Scope(), EVERYTHING, TODAY).figures[0].value == whole(weekly) + 300


def test_a_monthly_bill_that_is_not_there_yet_is_expected(fill: Fill) -> None:
    rows = [monthly(m, "300") for m in range(5, 11)]
    result = forecast(fill(*usage(weekly), *rows), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == whole(weekly) + 300
    assert result.figures[1].value == whole(weekly, Period(NOVEMBER.start, TODAY))


def test_days_after_the_data_ends_are_projected_and_said(fill: Fill) -> None:
    result = forecast(fill(*usage(weekly, end=date(2026, 11, 11))), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == whole(weekly)
    assert any("ends on 10 November 2026" in warning for warning in result.warnings)


def test_today_is_not_a_complete_day(fill: Fill) -> None:
    rows = [*usage(weekly), charge(TODAY, "1")]
    assert forecast(fill(*rows), Scope(), EVERYTHING, TODAY).figures[0].value == whole(weekly)


def test_a_provider_whose_data_stopped_is_not_carried_on_but_counts(fill: Fill) -> None:
    gone = usage(weekly, end=date(2026, 9, 10), provider="OpenAI")
    result = forecast(fill(*usage(weekly), *gone), Scope(), EVERYTHING, TODAY, Period(date(2026, 9, 1), NOVEMBER.end))
    everything = whole(weekly, Period(date(2026, 9, 1), NOVEMBER.end))
    assert result.figures[0].value == everything + whole(weekly, Period(date(2026, 9, 1), date(2026, 9, 10)))
    assert any("stopped on 9 September 2026" in warning for warning in result.warnings)


def test_a_past_month_is_answered_with_what_it_cost(fill: Fill) -> None:
    result = forecast(fill(*usage(weekly)), Scope(), EVERYTHING, TODAY, Period.month(2026, 10))
    assert result.figures[0].value == whole(weekly, Period.month(2026, 10))
    assert "not a forecast" in result.assumptions[0]


def test_the_days_so_far_mean_the_month(fill: Fill) -> None:
    scope = Scope(Period.month_to_date(TODAY))
    assert forecast(fill(*usage(weekly)), scope, EVERYTHING, TODAY).figures[0].value == whole(weekly)


def test_little_data_gives_an_average_and_says_that_it_is_rough(fill: Fill) -> None:
    rows = usage(lambda day: 50, start=date(2026, 11, 6))
    result = forecast(fill(*rows), Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == 50 * 10 + 50 * 15
    said = " ".join(result.warnings)
    assert "Only 10 days of data" in said
    assert "rough guess" in said
    assert "Mean error at the same point of earlier periods (USD)" not in figures(result)


def test_a_far_future_and_a_distant_past_are_unknown(fill: Fill) -> None:
    ledger = fill(*usage(weekly))
    for period in (Period.month(2027, 4), Period.month(2025, 4)):
        with pytest.raises(Unknown):
            forecast(ledger, Scope(), EVERYTHING, TODAY, period)


def test_only_the_teams_that_may_be_seen_are_projected(fill: Fill) -> None:
    rows = [*usage(weekly, team="orion"), *usage(lambda day: 900, team="atlas")]
    assert forecast(fill(*rows), Scope(), Audience.of("orion"), TODAY).figures[0].value == whole(weekly)


def test_currencies_are_projected_apart(fill: Fill) -> None:
    rows = [*usage(weekly), *usage(lambda day: 2, currency="EUR", account="5")]
    result = forecast(fill(*rows), Scope(), EVERYTHING, TODAY)
    totals = {f.unit: f.value for f in result.figures if f.label.startswith("Projected")}
    assert totals == {"USD": whole(weekly), "EUR": 60}
    assert result.chart is None


def test_the_chart_meets_the_figures(fill: Fill) -> None:
    result = forecast(fill(*usage(weekly)), Scope(), EVERYTHING, TODAY)
    assert result.chart is not None
    low, high, came, told = result.chart.series
    assert came.values[14] == result.figures[1].value
    assert came.values[15] is None
    assert [told.values[-1], low.values[-1], high.values[-1]] == [
        result.figures[0].value,
        *(figures(result)[f"{end} end of the 80% range"] for end in ("Low", "High")),
    ]


def test_the_range_is_the_fourth_smallest_of_four_errors_and_the_fifth_of_five() -> None:
    def trial(came: float) -> Trial:
        return Trial(NOVEMBER, 100.0, came, 50.0)

    errors = [trial(came) for came in (101, 98, 105, 110)]
    assert margin(errors) == (10 / 50, True)
    assert margin([*errors, trial(90.0 - 10)]) == (20 / 50, True)
    assert margin([*errors, *[trial(100.0)] * 5])[0] == 5 / 50
    assert margin(errors[:2]) == (0.25, False)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=70), st.integers(0, 6), st.integers(1, 31))
def test_twice_the_history_is_twice_the_projection(past: list[int], weekday: int, count: int) -> None:
    once, twice = (ahead([float(k * v) for v in past], weekday, count) for k in (1, 2))
    assert twice == pytest.approx([2 * value for value in once])
    assert all(value >= 0 for value in once)
