"""Depreciation, blended rates and steady growth: sums written out, and laws."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.grounded import ungrounded
from tools.calculators.blended import blended_rate, blended_share
from tools.calculators.compounding import compound
from tools.calculators.depreciation import depreciation
from tools.calculators.inputs import Price
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Result

shares = st.integers(1, 100).map(lambda n: D(n) / 100)


def figure(result: Result, label: str) -> D:
    return next(f.value for f in result.figures if f.label == label)


def test_a_server_is_written_off_in_equal_steps_down_to_its_residual_value() -> None:
    # (300,000 - 30,000) / 5 = 54,000 a year, 4,500 a month; after 2 years 300,000 - 108,000 = 192,000
    result = depreciation(Money(300000), D(5), residual=Money(30000), after_years=2)
    assert result.figures[0].value == 192000
    assert figure(result, "Charge a year") == 54000
    assert figure(result, "Charge a month") == 4500
    assert figure(result, "Book value, end of year 5") == 30000
    assert ungrounded(result) == []


def test_the_double_declining_balance_takes_two_fifths_of_what_is_left_and_ends_in_equal_steps() -> None:
    # 100,000 over 5 years: 40,000, 24,000, 14,400, then 21,600 in two equal steps of 10,800
    result = depreciation(Money(100000), D(5), method="declining balance")
    assert result.table is not None
    assert [row[1] for row in result.table.rows] == [D(40000), D(24000), D(14400), D(10800), D(10800)]
    assert ungrounded(result) == []
    third = depreciation(Money(100000), D(5), method="declining balance", in_year=3)
    assert third.figures[0].value == 14400
    assert ungrounded(third) == []
    with pytest.raises(BadInput, match="no year 6"):
        depreciation(Money(100000), D(5), in_year=6)


def test_the_declining_balance_stops_at_the_residual_value() -> None:
    # 100,000 over 5 years with 20,000 left: 40,000, 24,000, 14,400, then only 1,600, and nothing in the fifth year
    result = depreciation(Money(100000), D(5), method="declining balance", residual_share=D("0.2"))
    assert result.table is not None
    assert [row[3] for row in result.table.rows] == [D(60000), D(36000), D(21600), D(20000), D(20000)]


@given(st.integers(1000, 10**7), st.integers(1, 20), shares, st.sampled_from(["straight line", "declining balance"]))
def test_what_is_written_off_and_what_is_left_add_up_to_the_cost(cost: int, years: int, left: D, method: str) -> None:
    share = left * D("0.9")
    result = depreciation(Money(cost), D(years), method=method, residual_share=share)  # type: ignore[arg-type]
    assert result.table is not None
    assert len(result.table.rows) == years
    assert figure(result, f"Book value, end of year {years}") == Money(cost).amount * share


@pytest.mark.parametrize(
    "wrong", [{"residual": Money(400000)}, {"residual_share": D("1.5")}, {"life_years": D(0)}, {"factor": D(9)}]
)
def test_a_schedule_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        depreciation(Money(300000), **wrong)  # type: ignore[arg-type]


def test_seventy_percent_coverage_at_forty_percent_off_saves_28_percent() -> None:
    # 0.70 x 0.60 + 0.30 = 0.72; $3.00 becomes $2.16
    result = blended_rate(D("0.7"), D("0.4"), on_demand=Price(Money("3.00")))
    assert result.figures[0].value == D("2.16")
    assert figure(result, "Effective savings rate") == 28
    assert ungrounded(result) == []


def test_an_unused_part_of_the_commitment_is_paid_as_well() -> None:
    # 0.70 x 0.60 / 0.90 + 0.30 = 0.76666...; of 100,000 it is 76,666.67
    result = blended_rate(D("0.7"), D("0.4"), utilisation=D("0.9"), bill=Money(100000))
    assert result.figures[0].value.quantize(D("0.01")) == D("76666.67")
    assert ungrounded(result) == []


@given(shares, shares)
def test_full_use_never_costs_more_than_on_demand(coverage: D, discount: D) -> None:
    assert blended_share(coverage, discount, D(1)) <= 1


def test_a_blend_without_a_coverage_asks_for_it() -> None:
    with pytest.raises(NeedsChoice):
        blended_rate(None)


def test_growth_of_eight_percent_a_month_over_a_year() -> None:
    # 50,000 x 1.08^12 = 125,908.51; ln 2 / ln 1.08 = 9.006 months to double
    result = compound(D(50000), D("0.08"), D(12), every="month", over="month")
    assert result.figures[0].value.quantize(D("0.01")) == D("125908.51")
    assert figure(result, "It doubles in").quantize(D("0.001")) == D("9.006")
    assert ungrounded(result) == []


def test_a_price_that_falls_a_quarter_a_year() -> None:
    # 2.47 x 0.75^3 = 1.04203125
    result = compound(D("2.47"), D("-0.25"), D(36), every="year", over="month", unit="USD per GPU hour")
    assert result.figures[0].value == D("1.04203125")


def test_the_compound_rate_between_two_amounts() -> None:
    # (180 / 100)^(1/3) - 1 = 21.644%
    result = compound(D(100), None, D(3), end=D(180))
    assert result.figures[0].value.quantize(D("0.001")) == D("21.644")
    assert ungrounded(result) == []


def test_when_an_amount_is_reached_and_when_never() -> None:
    # ln 2 / ln 1.05 = 14.207 months
    result = compound(D(100), D("0.05"), end=D(200), every="month")
    assert result.figures[0].value.quantize(D("0.001")) == D("14.207")
    with pytest.raises(BadInput, match="never"):
        compound(D(100), D("-0.05"), end=D(200))
    with pytest.raises(NeedsChoice):
        compound(D(100), D("0.05"))
