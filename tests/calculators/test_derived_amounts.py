"""What follows from one amount: each expected value is worked out in the test."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tools.calculators.derived import against, bought, changed, converted, for_each, grown, multiplied, share_of
from tools.errors import BadInput
from tools.money import Money

BILL = Money(Decimal(12000))


def test_each_of_a_number_is_told_its_part() -> None:
    assert for_each(BILL, Decimal(48), "employee").figures[0].value == 250  # 12000 / 48


def test_a_share_is_in_percent_of_the_whole() -> None:
    assert share_of(BILL, Decimal(96000)).figures[0].value == Decimal("12.5")  # 12000 / 96000


def test_a_conversion_takes_the_rate_given_and_tells_the_other_currency() -> None:
    figure = converted(BILL, Decimal("0.92"), "EUR").figures[0]
    assert (figure.value, figure.unit) == (Decimal("11040.00"), "EUR")  # 12000 x 0.92


def test_a_conversion_into_its_own_currency_is_refused() -> None:
    with pytest.raises(BadInput, match="already"):
        converted(BILL, Decimal(1), "USD")


def test_a_gap_says_on_which_side_it_is() -> None:
    over = against(BILL, Decimal(10000))
    assert over.figures[0].value == 2000
    assert "above" in over.summary
    assert "below" in against(BILL, Decimal(15000)).summary


def test_a_saving_leads_where_it_is_asked_for() -> None:
    assert changed(BILL, Decimal("-0.15"), saving=True).figures[0].value == 1800  # 15% of 12000
    assert changed(BILL, Decimal("-0.15")).figures[0].value == 10200


def test_growth_is_compounded_by_the_month_and_summed() -> None:
    result = grown(BILL, Decimal("0.10"), "month", Decimal(2), "month")
    assert result.figures[0].value == Decimal("14520")  # 12000 x 1.1 x 1.1
    assert result.figures[1].value == Decimal("27720")  # 13200 + 14520


def test_a_quarter_of_months_is_brought_to_one_month_first() -> None:
    result = grown(BILL, Decimal("0.10"), "month", Decimal(1), "month", held=Decimal(3))
    assert result.figures[0].value.quantize(Decimal("0.01")) == Decimal("4400.00")  # 12000 / 3 x 1.1


def test_so_many_of_a_thing_and_so_many_times() -> None:
    assert bought(BILL, Decimal(1500), "intern").figures[0].value == 8
    assert multiplied(BILL, Decimal(12)).figures[0].value == 144000


def test_nothing_is_divided_by_nobody() -> None:
    with pytest.raises(BadInput):
        for_each(BILL, Decimal(0))
