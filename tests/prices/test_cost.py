"""Costs, against published prices and arithmetic written out here."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue, ModelRef, load_catalogue
from tools.prices.cost import bill, model_price, price_usage
from tools.prices.usage import Usage, with_cached_share

GPT_4O = ModelRef("openai", "gpt-4o")
GEMINI_PRO = ModelRef("google", "gemini-2.5-pro")
DAY = date(2026, 11, 20)
counts = st.integers(1, 10**10)


def cost(usage: Usage, ref: ModelRef, catalogue: Catalogue, on: date = DAY) -> Decimal:
    return bill(usage, ref, on, catalogue).total.amount


def test_three_million_tokens_with_sixty_percent_cached_on_gpt_4o(catalogue: Catalogue) -> None:
    # published: $2.50 input, $1.25 cached input, $10 output per million
    # 1.2 x 2.50 + 1.8 x 1.25 + 0.5 x 10 = 3.00 + 2.25 + 5.00
    result = price_usage(with_cached_share(3_000_000, 500_000, Decimal("0.6")), GPT_4O, DAY, catalogue)
    assert result.figures[0].value == Decimal("10.25")
    assert result.figures[0].unit == "USD"
    assert {f.label: f.value for f in result.figures}["Cached input cost"] == Decimal("2.25")
    assert result.figures[0].as_of == date(2026, 11, 4)
    assert result.summary.startswith("$10.25 for 3,000,000 input tokens (1,800,000 cached) and 500,000 output tokens")


@pytest.mark.parametrize(
    ("ref", "usage", "expected"),
    [
        # claude-sonnet-4-5: $3 input, $15 output, $0.30 cache read, $3.75 cache write
        (ModelRef("anthropic", "claude-sonnet-4-5"), Usage(1_000_000, 100_000), "4.50"),
        (
            ModelRef("anthropic", "claude-sonnet-4-5"),
            Usage(1_000_000, 0, cached_input_tokens=400_000, cache_write_tokens=100_000),
            # 0.5 x 3 + 0.4 x 0.30 + 0.1 x 3.75 = 1.5 + 0.12 + 0.375
            "1.995",
        ),
        # claude-haiku-4-5: $1 and $5; 20 x 1 + 2 x 5, halved as a batch
        (ModelRef("anthropic", "claude-haiku-4-5"), Usage(20_000_000, 2_000_000), "30"),
        (ModelRef("anthropic", "claude-haiku-4-5"), Usage(20_000_000, 2_000_000, batch=True), "15"),
        # gpt-4o-mini: $0.15 and $0.60
        (ModelRef("openai", "gpt-4o-mini"), Usage(10_000_000, 1_000_000), "2.10"),
        # gemini-2.5-flash: $0.30 text input, $1.00 audio input, $2.50 output
        (ModelRef("google", "gemini-2.5-flash"), Usage(1_000_000, 0, input_audio_tokens=250_000), "0.475"),
        # Azure Global deployments follow OpenAI's list price
        (ModelRef("azure", "gpt-4o"), Usage(1_000_000, 1_000_000), "12.50"),
        # one token of gpt-4o input
        (GPT_4O, Usage(1, 0), "0.0000025"),
    ],
)
def test_costs_by_hand(catalogue: Catalogue, ref: ModelRef, usage: Usage, expected: str) -> None:
    assert cost(usage, ref, catalogue) == Decimal(expected)


def test_a_long_context_tier_follows_one_request_and_never_the_month_s_sum(catalogue: Catalogue) -> None:
    # gemini-2.5-pro: $1.25 and $10 up to 200,000 input tokens a request, $2.50 and $15 above
    assert cost(Usage(300_000, 1_000, requests=1), GEMINI_PRO, catalogue) == Decimal("0.765")  # 0.3 x 2.5 + 0.001 x 15
    assert cost(Usage(300_000, 1_000, requests=3), GEMINI_PRO, catalogue) == Decimal("0.385")  # 0.3 x 1.25 + 0.001 x 10
    assert cost(Usage(300_000, 1_000), GEMINI_PRO, catalogue) == Decimal("0.385")
    unsaid = price_usage(Usage(300_000, 1_000), GEMINI_PRO, DAY, catalogue)
    assert any("at or under 200,000 input tokens" in line for line in unsaid.assumptions)


def test_the_tier_starts_above_its_threshold(catalogue: Catalogue) -> None:
    assert cost(Usage(200_000, 0, requests=1), GEMINI_PRO, catalogue) == Decimal("0.25")
    assert cost(Usage(200_001, 0, requests=1), GEMINI_PRO, catalogue) == Decimal("0.5000025")


def test_prices_of_a_day_come_from_the_dated_history(catalogue: Catalogue) -> None:
    # o3 went from $10/$40 to $2/$8 on 10 June 2025
    o3 = ModelRef("openai", "o3")
    assert cost(Usage(1_000_000, 1_000_000), o3, catalogue, date(2025, 6, 9)) == 50
    assert cost(Usage(1_000_000, 1_000_000), o3, catalogue, date(2025, 6, 10)) == 10
    early = price_usage(Usage(1_000_000, 0), o3, date(2025, 6, 9), catalogue)
    assert any("before the first dated price" in line for line in early.warnings)


def test_an_undated_price_used_for_a_day_long_past_says_so(catalogue: Catalogue) -> None:
    result = price_usage(Usage(1_000_000, 0), GPT_4O, date(2025, 1, 15), catalogue)
    assert any("no price changes" in line for line in result.warnings)
    assert result.figures[0].as_of == date(2025, 1, 15)


def test_our_correction_replaces_a_stale_price(catalogue: Catalogue) -> None:
    # DeepSeek's list from V3.2-Exp on: $0.28 input, $0.028 cached, $0.42 output
    chat = ModelRef("deepseek", "deepseek-chat")
    usage = Usage(2_000_000, 1_000_000, cached_input_tokens=1_000_000)
    assert cost(usage, chat, catalogue, date(2026, 1, 15)) == Decimal("0.728")
    gone = price_usage(usage, chat, DAY, catalogue)
    assert any("withdrawn on 24 July 2026" in line for line in gone.warnings)


def test_cached_input_without_a_cached_price_is_charged_in_full_and_said(catalogue: Catalogue) -> None:
    # mistral-large: $2 input, no cached price
    priced = bill(
        Usage(1_000_000, 0, cached_input_tokens=1_000_000), ModelRef("mistral", "mistral-large"), DAY, catalogue
    )
    assert priced.total.amount == 2
    assert any("No cached input price is known" in line for line in priced.warnings)


@pytest.mark.parametrize(
    ("ref", "usage"),
    [
        (ModelRef("aws", "amazon.nova-lite-v1:0"), Usage(1_000, 1_000, batch=True)),
        (ModelRef("azure", "gpt-4o"), Usage(1_000, 1_000, batch=True)),
        (GPT_4O, Usage(1_000, 0, input_audio_tokens=1_000)),
        (GPT_4O, Usage(0, 1_000, output_audio_tokens=1_000)),
        (ModelRef("openai", "text-embedding-3-small"), Usage(1_000, 1_000)),
        (ModelRef("google", "gemma-3"), Usage(1_000, 1_000)),
        (ModelRef("openai", "gpt-9"), Usage(1_000, 1_000)),
        (ModelRef("nobody", "gpt-4o"), Usage(1_000, 1_000)),
    ],
)
def test_what_has_no_known_price_is_unknown_and_never_zero(catalogue: Catalogue, ref: ModelRef, usage: Usage) -> None:
    with pytest.raises(Unknown):
        bill(usage, ref, DAY, catalogue)


def test_a_usage_without_tokens_asks_for_them(catalogue: Catalogue) -> None:
    with pytest.raises(NeedsChoice):
        price_usage(Usage(), GPT_4O, DAY, catalogue)


def test_a_batch_price_recorded_later_is_used_only_where_the_standard_price_was_the_same(catalogue: Catalogue) -> None:
    priced = bill(Usage(1_000_000, 0, batch=True), GPT_4O, date(2026, 9, 30), catalogue)
    assert priced.total.amount == Decimal("1.25")
    assert any("on record from 14 October 2026" in line for line in priced.warnings)
    with pytest.raises(Unknown):
        bill(Usage(1_000_000, 0, batch=True), ModelRef("openai", "o3"), date(2025, 6, 9), catalogue)


def test_other_prices_at_peak_hours_are_told(catalogue: Catalogue) -> None:
    # deepseek-v4-flash since 10 September 2026: $0.15/$0.60, and $0.30/$1.20 at peak
    result = price_usage(Usage(1_000_000, 1_000_000), ModelRef("deepseek", "deepseek-v4-flash"), DAY, catalogue)
    assert result.figures[0].value == Decimal("0.75")
    assert any("$1.50" in line for line in result.warnings)


def test_a_request_fee_is_added_when_the_requests_are_known(catalogue: Catalogue) -> None:
    # sonar: $1 and $1 per million and $12 per 1,000 requests
    sonar = ModelRef("perplexity", "sonar")
    assert cost(Usage(1_000_000, 1_000_000, requests=500), sonar, catalogue) == 8
    unsaid = bill(Usage(1_000_000, 1_000_000), sonar, DAY, catalogue)
    assert unsaid.total.amount == 2
    assert any("not included" in line for line in unsaid.warnings)


def test_the_price_list_of_a_model_starts_with_input_and_output(catalogue: Catalogue) -> None:
    result = model_price(GPT_4O, DAY, catalogue)
    assert [(f.label, f.value) for f in result.figures[:2]] == [("Input price", Decimal("2.5")), ("Output price", 10)]
    values = {f.label: f.value for f in result.figures}
    assert values["Input, batch price"] == Decimal("1.25")
    assert values["Context window"] == 128_000
    tiers = {f.label: f.value for f in model_price(GEMINI_PRO, DAY, catalogue).figures}
    assert tiers["Input, requests above 200,000 input tokens price"] == Decimal("2.5")


@settings(max_examples=60, deadline=None)
@given(first=counts, second=counts, more=counts)
def test_cost_grows_with_every_token_and_adds_up_without_tiers(first: int, second: int, more: int) -> None:
    catalogue = load_catalogue()
    one, two = Usage(first, second), Usage(second, more)
    together = Usage(first + second, second + more)
    assert cost(one, GPT_4O, catalogue) + cost(two, GPT_4O, catalogue) == cost(together, GPT_4O, catalogue)
    assert cost(Usage(first + more, second), GPT_4O, catalogue) > cost(one, GPT_4O, catalogue)
    assert cost(Usage(first, second + 1), GPT_4O, catalogue) > cost(one, GPT_4O, catalogue)


@settings(max_examples=40, deadline=None)
@given(tokens=st.integers(1, 10**9), share=st.integers(0, 100))
def test_caching_never_costs_more_on_gpt_4o(tokens: int, share: int) -> None:
    catalogue = load_catalogue()
    cached = with_cached_share(tokens, 0, Decimal(share) / 100)
    assert cost(cached, GPT_4O, catalogue) <= cost(Usage(tokens, 0), GPT_4O, catalogue)


def test_no_model_of_the_catalogue_costs_nothing(catalogue: Catalogue) -> None:
    for entry in catalogue:
        try:
            assert cost(Usage(1_000, 1_000), entry.ref, catalogue) > 0, entry.ref
        except Unknown:
            continue


def test_every_model_costs_what_the_price_library_itself_calculates(catalogue: Catalogue) -> None:
    from datetime import UTC, datetime

    import genai_prices
    from genai_prices.data_snapshot import get_snapshot

    providers = {provider.id: provider for provider in get_snapshot().providers}
    compared = 0
    at = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    for entry in catalogue:
        fees = "requests_kcount" in getattr(entry.info.prices, "__dict__", {})
        corrected = catalogue.corrections.in_force(entry.ref.provider, entry.ref.model, DAY, batch=False)
        if entry.kind != "text" or fees or corrected:
            continue
        usage = Usage(90_000, 10_000, cached_input_tokens=30_000, requests=1)
        try:
            ours = cost(usage, entry.ref, catalogue)
        except Unknown:
            continue
        theirs = entry.info.calc_price(
            genai_prices.Usage(input_tokens=90_000, output_tokens=10_000, cache_read_tokens=30_000),
            providers[entry.ref.provider],
            genai_request_timestamp=at,
        )
        assert ours == theirs.total_price, entry.ref
        compared += 1
    assert compared > 1_500
