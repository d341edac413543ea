"""The hand-kept list prices against an independent package, and the arithmetic against worked examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.evaluation.rates import bill, rate, rates

model_prices = pytest.importorskip("model_prices", reason="the dev extra holds the independent price package")
AT = "2026-10-26T00:00:00Z"


LISTED = [
    (model, column)
    for model, row in rates().items()
    for column in ("input", "output", "cache_read", "cache_write")
    if row[column]
]


@pytest.mark.parametrize(("model", "column"), LISTED)
def test_a_list_price_is_what_the_independent_package_says(model: str, column: str) -> None:
    published = getattr(model_prices.rates(model, AT), column)
    assert rate(model, column) == Decimal(str(published))


@pytest.mark.parametrize("model", sorted(rates()))
@pytest.mark.parametrize("column", ["input", "output"])
def test_a_batch_price_is_what_the_independent_package_says(model: str, column: str) -> None:
    published = getattr(model_prices.rates(model, AT, mode="batch"), column)
    assert rate(model, f"batch_{column}") == Decimal(str(published))


def test_the_long_context_price_is_what_the_independent_package_says() -> None:
    (tier,) = model_prices.rates("gemini-2.5-pro", AT).tiers
    assert rate("gemini-2.5-pro", "long_above") == tier.above
    assert rate("gemini-2.5-pro", "long_input") == Decimal(str(tier.input))
    assert rate("gemini-2.5-pro", "long_output") == Decimal(str(tier.output))


def test_cached_input_is_billed_at_the_cache_price_and_the_rest_in_full() -> None:
    # 1.2M x 2.50 + 1.8M x 1.25 + 0.5M x 10.00 = 3.00 + 2.25 + 5.00
    assert bill("gpt-4o", 3_000_000, 500_000, cached=1_800_000) == Decimal("10.25")


def test_batch_input_and_output_have_their_own_prices() -> None:
    # 12M x 2.50 + 2M x 12.50 = 30 + 25
    assert bill("claude-opus-4-8", 12_000_000, 2_000_000, batch=True) == Decimal(55)
