"""The same usage on several models."""

from datetime import date
from decimal import Decimal

import pytest

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.prices.candidates import candidates
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.compare import cheapest, compare_models
from tools.prices.usage import Usage, with_cached_share

DAY = date(2026, 11, 20)
WORK = with_cached_share(3_000_000, 500_000, Decimal("0.6"))
GPT_4O = ModelRef("openai", "gpt-4o")
MINI = ModelRef("openai", "gpt-4o-mini")


def test_models_come_cheapest_first_with_the_difference(catalogue: Catalogue) -> None:
    # gpt-4o: 1.2 x 2.50 + 1.8 x 1.25 + 0.5 x 10 = 10.25
    # gpt-4o-mini: 1.2 x 0.15 + 1.8 x 0.075 + 0.5 x 0.60 = 0.18 + 0.135 + 0.30 = 0.615
    result = compare_models(WORK, [GPT_4O, MINI], DAY, catalogue)
    assert result.table is not None
    assert [row[:3] for row in result.table.rows] == [
        ("gpt-4o-mini (OpenAI)", Decimal("0.615"), Decimal(0)),
        ("gpt-4o (OpenAI)", Decimal("10.25"), Decimal("9.635")),
    ]
    assert result.figures[0].value == Decimal("0.615")
    assert result.summary.startswith("gpt-4o-mini (OpenAI) is the cheapest at $0.62")
    assert "16.7 times as much" in result.summary  # 10.25 / 0.615 = 16.67


def test_a_model_that_cannot_be_priced_is_named_and_left_out(catalogue: Catalogue) -> None:
    batch = Usage(1_000_000, 1_000_000, batch=True)
    result = compare_models(batch, [GPT_4O, ModelRef("azure", "gpt-4o")], DAY, catalogue)
    assert "Only gpt-4o (OpenAI) could be priced: $6.25" in result.summary
    assert any("No batch price is known for gpt-4o (Azure" in line for line in result.warnings)


def test_a_comparison_needs_two_models_and_at_least_one_price(catalogue: Catalogue) -> None:
    with pytest.raises(NeedsChoice):
        compare_models(WORK, [GPT_4O, GPT_4O], DAY, catalogue)
    with pytest.raises(Unknown):
        compare_models(WORK, [ModelRef("openai", "gpt-9"), ModelRef("openai", "gpt-10")], DAY, catalogue)


def test_the_cheapest_over_200k_context_has_that_context_and_a_price_for_every_part(catalogue: Catalogue) -> None:
    result = cheapest(WORK, catalogue, DAY, min_context=200_000, top=20)
    assert result.table is not None
    costs = [row[1] for row in result.table.rows]
    assert costs == sorted(costs)  # type: ignore[type-var]
    assert all(isinstance(cost, Decimal) and cost > 0 for cost in costs)
    assert all(isinstance(row[4], int) and row[4] >= 200_000 for row in result.table.rows)
    # nova-lite: 1.2 x 0.06 + 1.8 x 0.015 + 0.5 x 0.24 = 0.072 + 0.027 + 0.12 = 0.219
    # gpt-5-nano: 1.2 x 0.05 + 1.8 x 0.005 + 0.5 x 0.40 = 0.06 + 0.009 + 0.20 = 0.269
    assert result.table.rows[0][:2] == ("Nova Lite (AWS Bedrock)", Decimal("0.219"))
    assert result.table.rows[1][:2] == ("gpt-5-nano (OpenAI)", Decimal("0.269"))


def test_the_cheapest_can_be_asked_of_some_providers_and_families(catalogue: Catalogue) -> None:
    only = cheapest(WORK, catalogue, DAY, providers=["Anthropic", "bedrock"], families=["claude"], top=50)
    assert only.table is not None
    assert all("Claude" in str(row[0]) for row in only.table.rows)
    with pytest.raises(Unknown):
        cheapest(WORK, catalogue, DAY, providers=["Acme"])


def test_a_request_that_does_not_fit_the_context_window_rules_a_model_out(catalogue: Catalogue) -> None:
    result = cheapest(Usage(900_000, 1_000, requests=1), catalogue, DAY, top=50)
    assert result.table is not None
    assert all(isinstance(row[4], int) and row[4] >= 900_000 for row in result.table.rows)


def test_nothing_unfit_for_production_is_recommended(catalogue: Catalogue) -> None:
    kept, left_out = candidates(catalogue)
    ids = [entry.ref.model.lower() for entry in kept]
    assert len(kept) > 100
    assert not [i for i in ids if any(word in i for word in (":free", "preview", "embed", "image", "whisper", "tts"))]
    for gone in ("claude-3-haiku", "gemini-2.0-flash", "gemini-1.5-flash", "gemini-2.5-flash", "deepseek-chat"):
        assert gone not in ids
    assert not [entry for entry in kept if entry.ref.provider == "openai" and "oss" in entry.ref.model]
    assert any("deprecated or withdrawn" in line for line in left_out)


def test_the_cheapest_of_nothing_is_unknown(catalogue: Catalogue) -> None:
    with pytest.raises(Unknown):
        cheapest(WORK, catalogue, DAY, min_context=10**9)
    with pytest.raises(BadInput):
        cheapest(WORK, catalogue, DAY, top=0)
