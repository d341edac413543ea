"""Many list prices at once: ranked, at several providers, discounts; text as tokens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.prices.catalogue import load_catalogue
from tools.prices.discounts import provider_discount
from tools.prices.hosts import model_at_providers
from tools.prices.ranked import ranked_prices
from tools.prices.text_tokens import text_tokens

TODAY = date(2026, 11, 20)


def test_the_dearest_of_a_provider_leads_by_the_price_asked_for() -> None:
    result = ranked_prices(load_catalogue(), TODAY, "output", dearest=True, providers=("anthropic",))
    assert result.figures[0].value == Decimal(50)  # Claude Fable 5 and 5.1
    prices = [row[3] for row in result.table.rows] if result.table else []
    assert prices == sorted(prices, reverse=True)  # type: ignore[type-var]


def test_one_model_is_told_at_the_providers_named_the_cheapest_first() -> None:
    result = model_at_providers("llama 3.3 70b", TODAY, load_catalogue(), providers=("together", "groq"))
    assert result.figures[0].value == Decimal("0.59")
    assert result.figures[1].value == Decimal("0.29")  # Together's 0.88 less Groq's 0.59


def test_a_batch_at_openai_is_half_the_price() -> None:
    assert provider_discount("openai", "batch", TODAY, load_catalogue()).figures[0].value == Decimal(50)


def test_a_hundred_tokens_are_about_75_words() -> None:
    assert text_tokens(Decimal(75), "words").figures[0].value == Decimal(100)
    assert text_tokens(Decimal(100), "tokens").figures[0].value == Decimal(75)
