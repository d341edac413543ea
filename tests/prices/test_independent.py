"""Our prices against an independent table: every component of every model that both list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.errors import Unknown
from tools.prices.catalogue import Catalogue
from tools.prices.sheet import price_sheet

DAY = date(2026, 10, 26)
THEIR_NAMES = {"x-ai": "xai", "aws": "amazon-bedrock"}
COMPONENTS = {"input": "input", "output": "output", "cached_input": "cache_read", "cache_write": "cache_write"}
PICTURES = "both are right: theirs is the price of the pictures put out, ours of the text"
TURBO = "ours is right: Moonshot lowered it on 6 November 2025, theirs is of 8 August 2025"
SONAR = "ours is right for the Sonar API, which ended on 27 September 2026; theirs is its namesake in the Agent API"
DIFFERENCES = {
    ("google", "gemini-2.5-flash-image", "output"): PICTURES,
    ("google", "gemini-3-pro-image-preview", "output"): PICTURES,
    ("google", "gemini-3.1-flash-image-preview", "output"): PICTURES,
    ("google", "gemini-3.1-flash-lite-image", "output"): PICTURES,
    ("google", "gemini-nano-banana-2.1", "output"): PICTURES,
    ("google", "gemini-omni-1.1-flash", "output"): "both are right: theirs is the price of video put out, ours of text",
    ("google", "gemini-omni-flash-preview", "output"): "both are right: theirs is of video put out, ours of text",
    (
        "mistral",
        "mistral-embed",
        "output",
    ): "theirs is right: an embedding puts out no tokens, so ours is not charged",
    ("moonshotai", "kimi-k2-turbo-preview", "input"): TURBO,
    ("moonshotai", "kimi-k2-turbo-preview", "output"): TURBO,
    ("moonshotai", "kimi-k2-turbo-preview", "cached_input"): TURBO,
    ("perplexity", "sonar", "input"): SONAR,
    ("perplexity", "sonar", "output"): SONAR,
}
"""Provider, model and component whose two prices differ: which is right, and why."""


def compared(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str, str], Decimal, Decimal]]:
    """Each component that both tables price for the same provider and model name: its key, our price, theirs."""
    model_prices: Any = pytest.importorskip("model_prices")
    for entry in catalogue:
        provider, model = THEIR_NAMES.get(entry.ref.provider, entry.ref.provider), entry.ref.model
        if provider not in model_prices.LAB_PROVIDERS or model_prices.resolve_details(model, provider) is None:
            continue
        theirs = model_prices.rates(model, at=f"{DAY}T12:00:00Z", provider=provider)
        if theirs is None or theirs.removed_suffix or theirs.provider != provider:
            continue
        try:
            ours = price_sheet(entry.ref, DAY, catalogue).rates
        except Unknown:
            continue
        for component, name in COMPONENTS.items():
            their_price = getattr(theirs, name)
            if component in ours and their_price is not None:
                yield (entry.ref.provider, model, component), ours[component].base, Decimal(str(their_price))


@pytest.fixture(scope="module")
def pairs(catalogue: Catalogue) -> list[tuple[tuple[str, str, str], Decimal, Decimal]]:
    return list(compared(catalogue))


def test_every_price_that_both_list_agrees_or_the_difference_is_explained(
    pairs: list[tuple[tuple[str, str, str], Decimal, Decimal]],
) -> None:
    differing = {key: f"{ours} here, {theirs} there" for key, ours, theirs in pairs if ours != theirs}
    assert set(differing) == set(DIFFERENCES), differing


def test_the_comparison_reaches_the_makers_and_the_components_that_people_ask_for(
    pairs: list[tuple[tuple[str, str, str], Decimal, Decimal]],
) -> None:
    models = Counter(provider for provider, _, component in (key for key, _, _ in pairs) if component == "input")
    for provider, least in (("openai", 50), ("anthropic", 19), ("google", 30), ("mistral", 15), ("x-ai", 15)):
        assert models[provider] >= least, models
    assert Counter(component for (_, _, component), _, _ in pairs).keys() == COMPONENTS.keys()
    assert len(pairs) >= 550
