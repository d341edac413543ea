"""Commitments, scenarios, rent or buy, energy: worked figures and laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.chips import A100, H100
from tests.calculators.grounded import ungrounded
from tools.calculators.break_even import break_even
from tools.calculators.commitment import break_even_utilisation, commitment_worth
from tools.calculators.energy import energy_cost, find_grid, grids
from tools.calculators.inputs import ChipSpec, Price
from tools.calculators.rent_or_buy import Option, break_even_hours, rent_or_buy
from tools.calculators.scenario import bill_after_change
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.money import Money
from tools.results import Result

HOUR = Price(Money(D("2.50")), "a price list", date(2026, 9, 6))
BOUGHT = Price(Money(D(30000)), "a price list", date(2026, 9, 6))
shares = st.integers(1, 100).map(lambda n: D(n) / 100)


def figure(result: Result, label: str) -> D:
    return next(f.value for f in result.figures if f.label == label)


def test_a_commitment_at_55_percent_breaks_even_only_above_45_percent_discount() -> None:
    result = commitment_worth(D("0.55"), term_months=12)
    assert figure(result, "Discount needed to break even") == 45
    assert figure(result, "Break-even utilisation") == 63
    # (0.55 - 0.63) / 0.55 = -14.545...%
    assert result.figures[0].value.quantize(D("0.01")) == D("-14.55")
    assert "not worth it" in result.summary
    assert any("37%" in said and "range 0.2 to 0.45" in said for said in result.assumptions)
    assert ungrounded(result) == []


def test_a_commitment_in_money_and_the_regret_when_usage_falls() -> None:
    # 8 units x 730 h x 12 x 2.50 = 175,200 a year; at 80% 140,160 on demand; committed at 30% off 122,640
    result = commitment_worth(
        D("0.8"), discount=D("0.3"), on_demand=HOUR, quantity=D(8), usage_falls_to=D("0.5"), term_months=12
    )
    assert result.figures[0].value == 140160 - 122640
    assert figure(result, "Saving over the term at 50% utilisation") == 87600 - 122640
    assert ungrounded(result) == []


@given(shares)
def test_at_the_break_even_utilisation_nothing_is_saved(discount: D) -> None:
    even = break_even_utilisation(discount)
    if even > 0:
        result = commitment_worth(even, discount=discount, on_demand=HOUR)
        assert result.figures[0].value == 0
        assert "breaks even" in result.summary


@given(shares, shares)
def test_more_use_saves_more(utilisation: D, discount: D) -> None:
    more = min(utilisation + D("0.01"), D(1))
    saved = [commitment_worth(at, discount=discount).figures[0].value for at in (utilisation, more)]
    assert saved[0] <= saved[1]


def test_a_commitment_without_utilisation_or_known_discount_asks_back() -> None:
    with pytest.raises(NeedsChoice):
        commitment_worth(None)
    with pytest.raises(NeedsChoice):
        commitment_worth(D("0.5"), term_months=7)


@pytest.mark.parametrize("utilisation", [D(55), D(0), D("-0.1")])
def test_a_utilisation_that_is_no_share_is_refused(utilisation: D) -> None:
    with pytest.raises(BadInput, match="Utilisation"):
        commitment_worth(utilisation)


def test_a_price_move_without_a_direction_is_shown_both_ways() -> None:
    result = bill_after_change(Money(D(120000)), D("0.10"), either_way=True, as_of=date(2026, 10, 31))
    assert [f.value for f in result.figures[:2]] == [132000, 108000]
    assert "no direction" in result.assumptions[0]
    assert ungrounded(result) == []


def test_growth_and_price_decline_compound_month_by_month() -> None:
    # 1000 x (1.05 x 0.98)^6 = 1187.11; the sum of the six months is 6639.30
    result = bill_after_change(
        Money(D(1000)), monthly_volume_growth=D("0.05"), monthly_price_change=D("-0.02"), months=6
    )
    assert result.figures[0].value.quantize(D("0.01")) == D("1187.11")
    assert figure(result, "Sum of 6 months").quantize(D("0.01")) == D("6639.30")
    assert result.chart is not None
    assert len(result.chart.labels) == 7
    assert ungrounded(result) == []


def test_a_price_move_on_a_part_of_the_bill_moves_that_part() -> None:
    result = bill_after_change(Money(D(1000)), D("0.10"), affected_share=D("0.4"))
    assert result.figures[0].value == 1040


def test_a_scenario_without_a_change_asks_back_and_a_fall_beyond_all_is_refused() -> None:
    with pytest.raises(NeedsChoice):
        bill_after_change(Money(D(1000)))
    with pytest.raises(BadInput):
        bill_after_change(Money(D(1000)), D("-1.5"))
    with pytest.raises(BadInput):
        bill_after_change(Money(D(1000)), D("0.1"), months=0)


@given(st.integers(0, 10**9).map(lambda n: D(n) / 100), shares)
def test_a_price_rise_and_the_fall_that_undoes_it_leave_the_bill_as_it_was(amount: D, rise: D) -> None:
    up = bill_after_change(Money(amount), rise).figures[0].value
    back = bill_after_change(Money(up), 1 / (1 + rise) - 1).figures[0].value
    assert abs(back - amount) < D("0.000001")


def test_break_even_hours_are_capex_over_the_gain_an_hour() -> None:
    # 30,000 / (2.50 - 0.50) = 15,000 hours
    assert break_even_hours(Money(D(30000)), Money(D("2.50")), Money(D("0.50"))) == 15000
    assert break_even_hours(Money(D(30000)), Money(D("0.50")), Money(D("0.50"))) is None


def plain_rent_or_buy(utilisation: D, **changed: object) -> Result:
    terms: dict[str, object] = {
        "pue": D(1),
        "electricity": Price(Money(D(0))),
        "network_share": D(0),
        "residual_share": D(0),
        "staff_per_year": Money(D(0)),
    }
    return rent_or_buy(H100, 64, 36, HOUR, BOUGHT, utilisation=utilisation, **{**terms, **changed})  # type: ignore[arg-type]


def test_rent_or_buy_without_extras_is_two_multiplications() -> None:
    # rent 64 x 730 x 36 x 0.8 x 2.50 = 3,363,840; buy 64 x 30,000 = 1,920,000; break-even 30,000 / 2.50 = 12,000 hours
    result = plain_rent_or_buy(D("0.8"))
    assert figure(result, "Cost to rent") == 3363840
    assert figure(result, "Cost to buy") == 1920000
    assert result.figures[0].value == 3363840 - 1920000
    assert figure(result, "Break-even hours per chip, without resale") == 12000
    assert ungrounded(result) == []


def test_at_the_break_even_hours_renting_and_buying_cost_the_same() -> None:
    # 12,000 hours of 730 x 36 = 26,280
    result = plain_rent_or_buy(D(12000) / 26280)
    assert abs(figure(result, "Break-even utilisation") - D(1200000) / 26280) < D("1e-20")
    assert abs(figure(result, "Cost to rent") - figure(result, "Cost to buy")) < D("0.000001")


@given(st.integers(0, 60).map(lambda n: D(n) / 100), st.integers(0, 10).map(lambda n: D(n) / 50))
def test_at_the_break_even_utilisation_renting_and_buying_cost_the_same(residual: D, discount: D) -> None:
    terms = {"residual_share": residual, "discount_rate": discount, "staff_per_year": Money(D(50000)), "pue": D("1.3")}
    even = figure(plain_rent_or_buy(D("0.5"), **terms), "Break-even utilisation") / 100
    if even <= 1:
        result = plain_rent_or_buy(even, **terms)
        assert abs(figure(result, "Cost to rent") - figure(result, "Cost to buy")) < D("0.000001")


def test_power_is_paid_by_the_hour_used_with_server_and_pue() -> None:
    # 0.7 kW x 1.82 x 1.5 x 0.10 = 0.1911 an hour; 64 x 730 x 36 x 0.5 x 0.1911 = 160,707.456
    result = plain_rent_or_buy(D("0.5"), pue=D("1.5"), electricity=Price(Money(D("0.10"))))
    assert figure(result, "Running cost per chip hour") == D("0.1911")
    assert figure(result, "Cost to buy") == 1920000 + D("160707.456")


def test_a_reserved_price_is_paid_for_every_hour() -> None:
    result = plain_rent_or_buy(D("0.5"), reserved=Price(Money(D("1.50"))))
    # 64 x 730 x 36 x 1.50 = 2,522,880
    assert figure(result, "Cost to reserve") == 2522880


def test_residual_value_by_default_is_what_five_years_leave() -> None:
    result = rent_or_buy(H100, 1, 36, HOUR, BOUGHT)
    assert figure(result, "Residual value") == 30000 * D("0.4")
    assert any("residual value: 40%" in said.casefold() for said in result.assumptions)
    assert "Staff and space" in result.warnings[0]


def test_discounting_follows_the_annuity_formula() -> None:
    # 12 payments of 100 at 1% a month: 100 x (1 - 1.01^-12) / 0.01 = 1125.51
    rate = D("1.01") ** 12 - 1
    option = Option("rent", Money(D(0)), Money(D(100)), Money(D(0)))
    assert option.total(12, rate).amount.quantize(D("0.01")) == D("1125.51")
    assert option.total(12, D(0)).amount == 1200


def test_a_chip_of_unknown_power_and_mixed_currencies_are_refused() -> None:
    unknown = ChipSpec("X", D(80), D("1e12"), D("1e15"))
    with pytest.raises(BadInput, match="power"):
        rent_or_buy(unknown, 1, 12, HOUR, BOUGHT)
    with pytest.raises(BadInput, match="one currency"):
        rent_or_buy(H100, 1, 12, HOUR, Price(Money(D(1), "EUR")))


def test_energy_is_kilowatts_times_pue_times_hours() -> None:
    # 100 kW x 1.2 x 720 h = 86,400 kWh; x 0.10 = 8,640; x 400 g = 34.56 t
    result = energy_cost(
        D(720), kilowatts=D(100), pue=D("1.2"), price_per_kwh=Price(Money(D("0.10"))), grams_per_kwh=D(400)
    )
    assert result.figures[0].value == 8640
    assert figure(result, "Energy") == 86400
    assert figure(result, "Emissions") == D("34.56")
    assert ungrounded(result) == []


def test_emissions_of_llama_31_405b_are_as_published() -> None:
    # Llama 3.1 model card: 30.84M hours at 700 W, 8,930 t CO2e by location; PUE 1.08 is Meta's published average
    result = energy_cost(
        D(30840000), chip=H100, chips=1, server_power=D(1), load=D(1), pue=D("1.08"), grid="United States"
    )
    assert abs(figure(result, "Emissions") / 8930 - 1) < D("0.05")


def test_energy_defaults_are_stated_with_source_and_both_facilities_are_shown() -> None:
    result = energy_cost(D(720), chip=A100, chips=8)
    assert any("Uptime Institute" in said for said in result.assumptions)
    assert any("no country was named" in said for said in result.assumptions)
    assert result.table is not None
    assert len(result.table.rows) == 2
    assert ungrounded(result) == []


def test_energy_without_power_asks_back_and_an_unknown_grid_names_the_nearest() -> None:
    with pytest.raises(NeedsChoice):
        energy_cost(D(1))
    with pytest.raises(Unknown) as error:
        energy_cost(D(1), kilowatts=D(1), grid="Swedn")
    assert "Sweden" in error.value.nearest
    with pytest.raises(BadInput, match="PUE"):
        energy_cost(D(1), kilowatts=D(1), pue=D("0.9"))


def test_every_grid_has_a_source_and_a_sensible_value() -> None:
    assert find_grid("UK").region == "United Kingdom"
    assert all(grid.source and 20 < grid.grams_per_kwh < 900 for grid in grids())


def test_the_break_even_of_several_gpus_is_told_in_hours_of_each_and_in_gpu_hours_of_all() -> None:
    # 30,000 / (2.50 - 0.40) = 14,285.714... hours of each; x 8 = 114,285.714... GPU hours
    result = break_even(Money(30000), Money("2.50"), Money("0.40"), D(8), "H100")
    assert result.figures[0].value.quantize(D("0.001")) == D("14285.714")
    assert result.figures[0].unit == "hours"
    assert figure(result, "Break-even of all 8").quantize(D("0.001")) == D("114285.714")
    assert figure(result, "Purchase price of all") == 240000
    assert ungrounded(result) == []
    assert result.chart is not None
    rented, bought = result.chart.series
    assert rented.values[4] == bought.values[4] == D("35714.29")  # 14,285.714 x 2.50
