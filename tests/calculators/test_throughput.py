"""What a volume of tokens needs a second, what memory bandwidth allows, energy of tokens, memory to train, rents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.agent.toolbox.told_currency import relabelled
from tools.calculators.decode_speed import decode_speed
from tools.calculators.inputs import Price
from tools.calculators.needed_throughput import needed_throughput
from tools.calculators.token_energy import energy_per_million_tokens
from tools.calculators.training_memory import training_memory
from tools.errors import BadInput, Unknown
from tools.hardware.names import find_accelerator
from tools.hardware.offered import or_later
from tools.hardware.rent import rent_price
from tools.hardware.rent_range import rent_range
from tools.money import Money
from tools.results import Figure, Result

D = Decimal


def test_a_days_tokens_are_spread_over_its_seconds() -> None:
    rate = needed_throughput(D(86_400_000)).figures[0]
    assert (rate.value, rate.unit) == (D(1000), "tokens per second")  # 86.4 million / 86,400 s


def test_accelerators_are_rounded_up_at_the_speed_that_is_used() -> None:
    result = needed_throughput(D(86_400_000), tokens_a_second_each=D(600), utilisation=D("0.5"), name="L40S")
    assert result.figures[0].value == 4  # 1000 / (600 x 0.5) = 3.33
    with pytest.raises(BadInput):
        needed_throughput(D(0))


def test_one_request_reads_all_weights_for_each_token() -> None:
    assert decode_speed(D("70e9"), 8, D(4900)).figures[0].value == 70  # 4,900 GB/s / 70 GB
    assert decode_speed(D("70e9"), 8, D(4900), chips=D(2)).figures[0].value == 140
    with pytest.raises(BadInput):
        decode_speed(D("70e9"), 7, D(4900))


def test_energy_of_a_million_tokens_is_power_over_tokens_an_hour() -> None:
    result = energy_per_million_tokens(D(720), D(2000), pue=D("1.25"), price_per_kwh=Price(Money("0.2")))
    kwh, cost = result.figures[0].value, next(f for f in result.figures if f.unit.startswith("USD"))
    assert kwh == D("0.125")  # 0.72 kW x 1.25 / 7.2 million tokens an hour
    assert cost.value == D("0.025")


def test_full_training_takes_sixteen_bytes_a_parameter() -> None:
    """Rajbhandari et al. 2020, arXiv:1910.02054, section 3.1: 1.5B parameters take at least 24 GB."""
    assert training_memory(D("1.5e9")).figures[0].value == 24
    assert training_memory(D("1.5e9"), "qlora").figures[0].value < 2


def test_amounts_in_another_currency_keep_their_values_and_change_their_name() -> None:
    told = relabelled(Result(summary="$5.00 in all", figures=(Figure("Cost", D(5), "USD per hour"),)), "GBP")
    assert (told.summary, told.figures[0].unit, told.figures[0].value) == ("£5.00 in all", "GBP per hour", D(5))
    assert relabelled(Result(summary="$5.00 in all"), "CHF").summary == "CHF 5.00 in all"


NOVEMBER = date(2026, 11, 23)


def test_rents_within_a_price_are_told_and_where_none_is_the_nearest() -> None:
    spot = rent_range(find_accelerator("H100"), NOVEMBER, pricing_model="spot", below=D(2))
    assert all(figure.value < 2 for figure in spot.figures if figure.unit == "USD per GPU hour")
    none = rent_range(find_accelerator("H100"), NOVEMBER, pricing_model="spot", below=D("0.01"))
    assert none.summary.startswith("No rent of H100 spot below $0.01")


def test_a_price_seen_only_after_the_day_asked_of_is_told_as_such() -> None:
    chip = find_accelerator("B300")
    with pytest.raises(Unknown):
        rent_price(chip, date(2026, 1, 1))
    result, later = or_later(date(2026, 1, 1), lambda day: rent_price(chip, day))
    assert result.figures[0].value == D("17.802")  # tools/hardware/rent_offers.csv, p6-b300.48xlarge, 2026-07-20
    assert "seen later" in later
    assert or_later(NOVEMBER, lambda day: rent_price(chip, day))[1] == ""
