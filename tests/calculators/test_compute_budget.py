"""What a training compute is enough for. Expected: C = 6ND; 20 tokens a parameter (Hoffmann et al. 2022)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.calculators.chips import H100
from tools.calculators.compute_budget import (
    compute_optimal,
    days_for,
    flop_of_hours,
    optimal_parameters,
    optimal_tokens,
    parameters_for,
    tokens_for,
)
from tools.errors import BadInput


def test_chinchilla_itself_is_compute_optimal() -> None:
    # 70B parameters on 1.4T tokens took 5.88e23 FLOP by 6ND.
    result = compute_optimal(Decimal("5.88e23"))
    assert abs(result.figures[0].value / Decimal("70e9") - 1) < Decimal("0.0001")
    assert optimal_tokens(Decimal("70e9")).figures[0].value == Decimal("1.4e12")
    assert optimal_parameters(Decimal("1.4e12")).figures[0].value == Decimal("70e9")


def test_hours_buy_tokens_and_parameters() -> None:
    # 50,000 h x 3,600 s x 989.4e12 FLOP/s x 0.4 = 7.12368e22 FLOP; / (6 x 3e9) = 3.9576e12 tokens
    flop, _ = flop_of_hours(Decimal(50_000), H100, Decimal("0.4"))
    assert flop == Decimal("7.12368e22")
    assert tokens_for(flop, Decimal("3e9")).figures[0].value == Decimal("3.9576e12")
    assert parameters_for(flop, Decimal("3.9576e12")).figures[0].value == Decimal("3e9")


def test_days_on_chips() -> None:
    # 2e24 / (1,000 x 989.4e12 x 0.4 x 86,400) = 58.49 days
    figure = days_for(Decimal("2e24"), H100, Decimal(1000), Decimal("0.4")).figures[0]
    assert round(figure.value, 2) == Decimal("58.49")


def test_no_compute_is_refused() -> None:
    with pytest.raises(BadInput, match="compute"):
        compute_optimal(Decimal(0))
