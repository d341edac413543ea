"""Chips for a deadline, for a sum and for a model's memory; tokens at a known throughput; a metered energy."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

import pytest

from tests.calculators.chips import H100
from tools.calculators.chip_budget import rent_for_budget
from tools.calculators.chip_time import used_hour_cost
from tools.calculators.deadline import chips_for_deadline
from tools.calculators.fit import chips_to_hold
from tools.calculators.inputs import Price
from tools.calculators.metered_energy import cost_of_energy
from tools.calculators.own_throughput import cost_at_throughput
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.hardware.names import find_accelerator
from tools.hardware.purchase import bought_for
from tools.hardware.rent_history import rent_history
from tools.hardware.value import value_for_money
from tools.money import Money

D = Decimal
TODAY = date(2026, 11, 23)
TWO_DOLLARS = Price(Money("2"))


def test_the_chips_for_a_deadline_are_the_flop_over_what_one_chip_does_by_then() -> None:
    # 6 x 30e9 x 600e9 = 1.08e23 FLOP; one H100 at 38% does 989.4e12 x 0.38 x 30 x 86400 = 9.745e20: 110.8, so 111
    result = chips_for_deadline(D("30e9"), D("600e9"), H100, D(30), mfu=D("0.38"))
    assert result.figures[0].value == 111
    assert {f.label: f.value for f in result.figures}["Nodes of 8"] == 14  # 111 / 8 = 13.9
    nodes = chips_for_deadline(D("30e9"), D("600e9"), H100, D(30), mfu=D("0.38"), chips_a_node=4, nodes=True)
    assert nodes.figures[0].value == (D(111) / 4).to_integral_value(ROUND_CEILING)


def test_without_an_mfu_the_chips_are_shown_over_its_range() -> None:
    labels = [figure.label for figure in chips_for_deadline(D("7e9"), D("1e12"), H100, D(14)).figures]
    assert "Chips needed, high utilisation" in labels
    assert "Chips needed, low utilisation" in labels


def test_a_model_of_140_gb_takes_two_chips_of_80_and_does_not_fit_on_one() -> None:
    result = chips_to_hold(D(140), H100, chips=1)  # 140 / (80 x 0.9) = 1.94
    assert result.figures[0].value == 2
    assert result.summary.startswith("It does not fit on 1")


def test_what_fits_without_room_to_spare_is_said_to_fit_only_just() -> None:
    result = chips_to_hold(D(158), H100, chips=2)  # 158 / 160 is more than 90%: three by the default, two at the least
    assert [figure.value for figure in result.figures[:2]] == [3, 2]
    assert "fits only just" in result.summary


def test_a_budget_buys_hours_chips_or_the_answer_that_it_does_not_suffice() -> None:
    budget = Money("25000")
    assert rent_for_budget(budget, TWO_DOLLARS).figures[0].value == 12500
    assert rent_for_budget(budget, TWO_DOLLARS, chips=D(8)).figures[0].value == D("1562.5")
    assert rent_for_budget(budget, TWO_DOLLARS, hours=D(730)).figures[0].value == 17  # 12500 / 730 = 17.1
    assert rent_for_budget(budget, TWO_DOLLARS, hours=D(730), chips_an_instance=8).figures[0].value == 16
    short = rent_for_budget(budget, TWO_DOLLARS, hours=D(730), chips=D(20))  # 20 x 730 x 2 = 29,200
    assert "not enough" in short.summary
    assert short.figures[0].value == 4200
    with pytest.raises(BadInput):
        rent_for_budget(Money("100", "EUR"), TWO_DOLLARS)


def test_a_million_tokens_cost_the_hour_over_the_tokens_of_an_hour() -> None:
    result = cost_at_throughput(TWO_DOLLARS, D(1), tokens_a_second=D(1000), utilisation=D("0.5"))
    assert result.figures[0].value == D(2) / (D(1000) * D("0.5") * 3600 / 10**6)


def test_the_tokens_that_beat_an_api_are_the_day_over_its_price() -> None:
    result = cost_at_throughput(TWO_DOLLARS, D(4), api_price_per_million=Money("0.5"))
    assert result.figures[0].value == 384_000_000  # 4 x 2 x 24 / 0.5 million
    with pytest.raises(NeedsChoice):
        cost_at_throughput(TWO_DOLLARS, D(4))
    with pytest.raises(BadInput):
        cost_at_throughput(TWO_DOLLARS, tokens_a_second=D(1), tokens_a_day=D(10**9))


def test_a_used_hour_costs_the_price_over_the_share_used() -> None:
    assert used_hour_cost(Price(Money("2.80")), D("0.8"), chips=D(16)).figures[0].value == D("3.5")


def test_a_metered_energy_gets_no_pue_unless_one_is_given() -> None:
    result = cost_of_energy(D(350_000), grid="Sweden")
    assert {f.label: f.value for f in result.figures}["Emissions"] == D("12.355")  # 350 MWh x 35.3 g
    more = cost_of_energy(D(1000), pue=D("1.2"), price_per_kwh=Price(Money("0.10")), grams_per_kwh=D(400))
    assert [figure.value for figure in more.figures[:3]] == [D("120.00"), D(1200), D("0.48")]


def test_value_for_money_ranks_by_the_price_of_a_gigabyte_and_names_what_is_not_known() -> None:
    chips = [find_accelerator(name) for name in ("H100", "H200", "Gaudi 3")]
    result = value_for_money(chips, TODAY, "memory")
    assert result.figures[0].value == D("2.67") / 141  # the cheapest H200 on record, Nebius
    assert "Gaudi 3" in result.warnings[0]
    with pytest.raises(Unknown):
        value_for_money([find_accelerator("Gaudi 3")], TODAY, "memory")


def test_a_rent_seen_on_one_day_only_has_no_history() -> None:
    seen = rent_history(find_accelerator("H100 SXM"), TODAY, provider="Lambda")
    assert [figure.value for figure in seen.figures[2:]] == [D("3.14"), D("3.29")]  # 16 November, 28 February 2025
    with pytest.raises(Unknown):
        rent_history(find_accelerator("L40S"), TODAY)


def test_a_sum_buys_as_many_as_the_median_price_allows() -> None:
    result = bought_for(find_accelerator("H200"), TODAY, Money("1000000"))
    assert result.figures[0].value == 25  # 1,000,000 / 39,083.38 = 25.6
    with pytest.raises(BadInput):
        bought_for(find_accelerator("H200"), TODAY, Money("0"))
