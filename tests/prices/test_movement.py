"""Prices that moved, and what a cost becomes when they move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from tools.errors import BadInput, Unknown
from tools.prices.catalogue import Catalogue
from tools.prices.cost import model_price, price_usage
from tools.prices.movement import after_price_change, as_share_of, price_movement, price_per
from tools.prices.names import find_model
from tools.prices.usage import Usage

TODAY = date(2026, 11, 23)


def test_the_movement_is_that_of_the_librarys_dated_prices(catalogue: Catalogue) -> None:
    """xAI's Grok 4.20: $2 and $6 until 29 April 2026, $1.25 and $2.50 from the 30th on."""
    result = price_movement(find_model("grok-4.20", catalogue), TODAY, catalogue)
    assert [figure.value for figure in result.figures[:2]] == [D("-37.5"), (D("2.5") / 6 - 1) * 100]
    assert "30 April 2026" in result.summary


def test_one_price_on_record_shows_no_movement(catalogue: Catalogue) -> None:
    with pytest.raises(Unknown, match="Only one list price"):
        price_movement(find_model("gpt-4o", catalogue), TODAY, catalogue)


def test_a_price_change_moves_the_cost_by_as_much(catalogue: Catalogue) -> None:
    """3M input at $2.50 and 1M output at $10 are $17.50; 10% more $19.25."""
    priced = price_usage(Usage(3_000_000, 1_000_000), find_model("gpt-4o", catalogue), TODAY, catalogue)
    dearer, cheaper = after_price_change(priced, D(10)), after_price_change(priced, D(-20))
    assert [figure.value for figure in dearer.figures[:3]] == [D("19.25"), D("1.75"), D("17.5")]
    assert cheaper.figures[0].value == 14
    with pytest.raises(BadInput):
        after_price_change(priced, D(-101))


def test_a_share_needs_a_bill_above_zero(catalogue: Catalogue) -> None:
    priced = price_usage(Usage(4_000_000), find_model("gpt-4o", catalogue), TODAY, catalogue)
    assert as_share_of(priced, D(40)).figures[0].value == 25
    with pytest.raises(Unknown):
        as_share_of(priced, D(0))


def test_a_price_for_a_thousand_tokens_is_a_thousandth(catalogue: Catalogue) -> None:
    result = price_per(model_price(find_model("gpt-4o", catalogue), TODAY, catalogue), D(1000))
    assert (result.figures[0].value, result.figures[0].unit) == (D("0.0025"), "USD per 1,000 tokens")
