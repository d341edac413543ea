"""Our prices against an independent table, where both list a model."""

from datetime import date
from decimal import Decimal

import pytest

from tools.errors import Unknown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.sheet import price_sheet

DAY = date(2026, 10, 26)
PAIRS = [
    ("openai", "gpt-4o"),
    ("openai", "gpt-4o-mini"),
    ("openai", "gpt-4.1"),
    ("openai", "gpt-4.1-mini"),
    ("openai", "gpt-5"),
    ("openai", "gpt-5-mini"),
    ("openai", "gpt-5-nano"),
    ("openai", "o3"),
    ("openai", "o4-mini"),
    ("anthropic", "claude-sonnet-4-5"),
    ("anthropic", "claude-sonnet-5"),
    ("anthropic", "claude-haiku-4-5"),
    ("anthropic", "claude-opus-4-5"),
    ("anthropic", "claude-opus-5-5"),
    ("google", "gemini-2.5-flash"),
    ("google", "gemini-2.5-flash-lite"),
    ("mistral", "mistral-large-2512"),
    ("x-ai", "grok-4.5"),
    ("deepseek", "deepseek-chat"),
]


@pytest.mark.parametrize(("provider", "model"), PAIRS)
def test_input_output_and_cached_prices_agree(catalogue: Catalogue, provider: str, model: str) -> None:
    model_prices = pytest.importorskip("model_prices")
    day = date(2026, 1, 15) if model == "deepseek-chat" else DAY
    theirs = model_prices.rates(model, at=f"{day}T12:00:00Z", provider={"x-ai": "xai"}.get(provider, provider))
    assert theirs is not None, "the independent table no longer lists it"
    ours = price_sheet(ModelRef(provider, model), day, catalogue).rates
    assert ours["input"].base == Decimal(str(theirs.input))
    assert ours["output"].base == Decimal(str(theirs.output))
    if theirs.cache_read:
        assert ours["cached_input"].base == Decimal(str(theirs.cache_read))


def test_most_models_that_both_list_have_the_same_price(catalogue: Catalogue) -> None:
    model_prices = pytest.importorskip("model_prices")
    same = different = 0
    for entry in catalogue:
        if entry.ref.provider not in ("openai", "anthropic", "google", "mistral") or entry.kind != "text":
            continue
        theirs = model_prices.rates(entry.ref.model, at=f"{DAY}T12:00:00Z", provider=entry.ref.provider)
        try:
            ours = price_sheet(entry.ref, DAY, catalogue).rates
        except Unknown:
            continue
        if theirs is None or "input" not in ours or "output" not in ours:
            continue
        agree = (ours["input"].base, ours["output"].base) == (Decimal(str(theirs.input)), Decimal(str(theirs.output)))
        same, different = same + agree, different + (not agree)
    assert same >= 60
    assert different <= same // 10
