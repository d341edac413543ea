"""Serving, self-hosting and fine-tuning: FACTS' sizes, worked rooflines, break-even equality."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calculators.chips import A100, H100
from tests.calculators.grounded import ungrounded
from tools.calculators.architectures import architectures, find_architecture, model_of_size
from tools.calculators.defaults import ADAPTER_SHARE
from tools.calculators.fine_tuning import fine_tuning_cost, tuning_flop
from tools.calculators.inputs import Price
from tools.calculators.roofline import (
    Efficiency,
    Request,
    cache_bytes_per_token,
    decode_ceiling,
    largest_batch,
    replicas_of,
    weight_bytes,
)
from tools.calculators.self_host import api_price_per_million, break_even_tokens, self_host_or_api
from tools.calculators.serving import Load, plan, serving_cost
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.money import Money
from tools.results import Result

HOUR = Price(Money(D("2.50")))
ALL = Efficiency(D(1), D(1), D(1), 10**6)
LLAMA_8B = find_architecture("llama 3 8b")


def figure(result: Result, label: str) -> D:
    return next(f.value for f in result.figures if f.label == label)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("Llama 3 70B", 327_680),  # 2 x 80 x 8 x 128 x 2
        ("Llama 3 8B", 131_072),  # 2 x 32 x 8 x 128 x 2
        ("Llama 2 7B", 524_288),  # 2 x 32 x 32 x 128 x 2, no shared heads
        ("Llama 3.1 405B", 516_096),  # 2 x 126 x 8 x 128 x 2
        ("Mistral 7B", 131_072),
        ("Qwen2.5 7B", 57_344),  # 2 x 28 x 4 x 128 x 2
        ("DeepSeek-V3", 70_272),  # 61 x 576 x 2, published as 70 KB
    ],
)
def test_the_cache_a_token_is_as_the_configuration_says(model: str, expected: int) -> None:
    assert cache_bytes_per_token(find_architecture(model)) == expected


def test_weights_are_parameters_times_bits_over_eight() -> None:
    assert weight_bytes(D("70e9"), 16) == D("140e9")
    assert weight_bytes(D("70e9"), 4) == D("35e9")
    with pytest.raises(BadInput):
        weight_bytes(D("70e9"), 5)


def test_one_request_is_bound_by_bandwidth_over_weights() -> None:
    # 3.35e12 / 16.06e9 = 208.6 tokens a second; with a short cache the model comes within 1% of it and never above
    ceiling = decode_ceiling(H100, weight_bytes(LLAMA_8B.parameters, 16))
    assert ceiling.quantize(D("0.1")) == D("208.6")
    [one, *_] = replicas_of(LLAMA_8B, H100, Request(D(10), D(10)), ALL, bits=16, cache_bits=16)
    assert ceiling * D("0.99") < one.single_stream_tokens_a_second <= ceiling
    assert one.chips == 1


def test_the_batch_that_fits_is_the_room_left_over_the_cache_of_a_request() -> None:
    # 80e9 x 0.9 - 16.06e9 = 55.94e9 bytes; a request of 4,000 tokens keeps 4,000 x 131,072 = 524.288e6; 106.69 fit
    assert largest_batch(LLAMA_8B, H100, 1, Request(D(3000), D(1000)), 16, 16, D("0.9")) == 106


def test_a_model_too_large_for_a_chip_takes_more_and_too_large_for_all_is_refused() -> None:
    request = Request(D(1000), D(100))
    llama = find_architecture("Llama 3 70B")
    sizes = [r.chips for r in replicas_of(llama, H100, request, ALL, bits=16, cache_bits=16)]
    assert sizes == [2, 4, 8]  # 141 GB of weights: 1 chip of 80 GB is too few
    with pytest.raises(BadInput, match="does not fit"):
        replicas_of(llama, H100, request, ALL, bits=16, cache_bits=16, chips=1)
    with pytest.raises(BadInput, match="does not fit"):
        replicas_of(model_of_size(D("10e12")), H100, request, ALL, bits=16, cache_bits=16)


def test_a_step_of_a_large_batch_is_worked_out_by_hand() -> None:
    # Llama 3 8B, 256 requests of mean context 1,000: cache 256 x 1,000 x 131,072 = 33.554e9, weights 16.06e9:
    # 49.614e9 / 3.35e12 = 14.81 ms; compute 256 x 2 x 8.03e9 / 989.4e12 = 4.16 ms, so memory decides.
    [one, *_] = replicas_of(
        LLAMA_8B, H100, Request(D(900), D(200)), Efficiency(D(1), D(1), D(1), 256), bits=16, cache_bits=16, chips=1
    )
    assert one.batch == 256
    assert one.memory_bound
    assert (one.step_seconds * 1000).quantize(D("0.01")) == D("14.81")


def test_serving_shows_cost_chips_and_the_range_of_the_roofline() -> None:
    result = serving_cost(find_architecture("llama-3.3-70b"), H100, HOUR, D("1e9"))
    assert result.figures[0].unit == "USD per million tokens"
    assert figure(result, "Cost per million tokens, low") < result.figures[0].value
    assert result.figures[0].value < figure(result, "Cost per million tokens, high")
    # chips x 24 x 2.50 a day over 1,000 million tokens
    assert result.figures[0].value == figure(result, "Chips needed") * 24 * D("2.50") / 1000
    assert any("Azure" in said for said in result.assumptions)
    assert ungrounded(result) == []


def test_published_throughput_of_llama_3_8b_on_an_a100_lies_within_the_range() -> None:
    # A published sweep on an A100 40GB (1.555e12 bytes/s) decodes one request at about 75 tokens a second, 77% of the
    # ceiling of 1.555e12 / 16.06e9 = 96.8.
    from dataclasses import replace

    a100 = replace(A100, memory_gb=D(40), bandwidth_bytes_s=D("1.555e12"))
    good, bad = (
        plan(LLAMA_8B, a100, HOUR, None, Load(D(1024), D(128), chips_per_replica=1), pessimism=p) for p in (-1, 1)
    )
    assert bad.replica.single_stream_tokens_a_second < 75 < good.replica.single_stream_tokens_a_second


@given(st.integers(1, 10**6), st.integers(2, 50))
@settings(max_examples=40)
def test_more_tokens_never_need_fewer_chips_and_never_cost_less_in_all(millions: int, factor: int) -> None:
    less, more = (plan(LLAMA_8B, H100, HOUR, D(t) * 10**6, Load()) for t in (millions, millions * factor))
    assert less.cost_a_day <= more.cost_a_day
    assert less.chips <= more.chips


def test_an_unknown_model_is_unknown_and_its_size_stands_in_with_a_word() -> None:
    with pytest.raises(Unknown) as error:
        find_architecture("Llama 9 900B")
    assert error.value.nearest
    said = model_of_size(D("30e9")).stated()
    assert "not known" in said
    assert "4 to 8 times" in said


def test_every_architecture_has_a_source_and_a_cache() -> None:
    for model in architectures():
        assert model.source
        assert model.cache_elements > 0
        assert model.active_parameters <= model.parameters


def test_the_api_price_is_mixed_by_the_tokens_of_a_request() -> None:
    # (3 x 0.50 + 1 x 1.50) / 4 = 0.75
    assert api_price_per_million(Money(D("0.50")), Money(D("1.50")), D(3000), D(1000)) == Money(D("0.75"))


def test_below_the_break_even_the_api_is_cheaper_and_above_ones_own_chips() -> None:
    # One H100 a day is 60 dollars; at 0.20 a million that is 300 million tokens a day.
    api = Price(Money(D("0.20")))
    low = self_host_or_api(LLAMA_8B, H100, HOUR, api, api, D("50e6"))
    high = self_host_or_api(LLAMA_8B, H100, HOUR, api, api, D("500e6"))
    assert figure(low, "Break-even") == D("300e6")
    assert "the API is cheaper" in low.summary
    assert "self-hosting is cheaper by" in high.summary
    # 365/12 days: 60 x 30.41666 = 1,825 against 10 x 30.41666 = 304.17
    assert low.figures[0].value.quantize(D("0.01")) == D("1520.83")
    assert ungrounded(low) == []
    assert ungrounded(high) == []


@given(st.integers(5, 500).map(lambda n: D(n) / 100), st.integers(0, 20000))
@settings(max_examples=40)
def test_at_the_break_even_both_cost_the_same(price: D, staff: int) -> None:
    even = break_even_tokens(LLAMA_8B, H100, HOUR, Money(price), Load(), Money(D(staff)))
    if even is not None:
        own = plan(LLAMA_8B, H100, HOUR, even, Load()).cost_a_day + Money(D(staff)) / (D(730) / 24)
        assert abs(own.amount - price * even / 10**6) < D("0.000001")


def test_an_api_cheaper_than_a_full_chip_is_never_beaten() -> None:
    api = Price(Money(D("0.001")))
    result = self_host_or_api(LLAMA_8B, H100, HOUR, api, api, D("1e12"))
    assert all(f.label != "Break-even" for f in result.figures)
    assert "At no volume" in result.summary


def test_self_hosting_without_a_volume_asks_back_and_mixed_currencies_are_refused() -> None:
    api = Price(Money(D("0.20")))
    with pytest.raises(NeedsChoice):
        self_host_or_api(LLAMA_8B, H100, HOUR, api, api, None)
    with pytest.raises(BadInput):
        self_host_or_api(LLAMA_8B, H100, HOUR, Price(Money(D(1), "EUR")), api, D("1e6"))


def test_lora_takes_about_two_thirds_of_full_fine_tuning() -> None:
    full, lora = (tuning_flop(way, D("8e9"), D("1e8"), D("0.005")) for way in ("full", "lora"))
    assert full == D("6") * D("8e9") * D("1e8")
    assert (lora / full).quantize(D("0.001")) == D("0.672")  # (4 + 6 x 0.005) / 6 = 0.67167


def test_full_fine_tuning_of_7b_needs_16_bytes_a_parameter() -> None:
    # Rajbhandari et al. 2020: 16 bytes a parameter, 7.5B -> 120 GB; 20% for activations on top
    result = fine_tuning_cost(D("7.5e9"), D("1e8"), H100, HOUR, method="full")
    assert figure(result, "Memory") == 120 * D("1.2")
    assert figure(result, "Chips to hold it") == 2  # 144 / (80 x 0.9)
    # 6 x 7.5e9 x 1e8 / (989.4e12 x 0.4 x 3600) = 3.1585 hours, x 2.50
    assert result.figures[0].value.quantize(D("0.01")) == D("7.90")
    assert ungrounded(result) == []


def test_the_default_adapter_is_rank_16_on_every_linear_layer_of_llama_3_8b() -> None:
    # hidden 4096, KV 1024, feed-forward 14336: a rank-r adapter of an a x b layer has r x (a + b) parameters
    widths = 2 * (4096 + 4096) + 2 * (4096 + 1024) + 3 * (4096 + 14336)
    assert (D(16 * 32 * widths) / D("8.03e9")).quantize(D("0.0001")) == ADAPTER_SHARE.value


def test_epochs_and_runs_multiply_the_cost() -> None:
    once = fine_tuning_cost(D("8e9"), D("1e8"), H100, HOUR).figures[0].value
    many = fine_tuning_cost(D("8e9"), D("1e8"), H100, HOUR, epochs=D(3), runs=2).figures[0].value
    assert abs(many - 6 * once) < D("1e-20")


def test_a_frozen_70b_in_four_bits_fits_on_one_chip() -> None:
    # 0.5 x 70e9 + 16 x 0.0052 x 70e9 = 40.8 GB, with a fifth more 49.0
    result = fine_tuning_cost(D("70e9"), D("1e8"), H100, HOUR, method="qlora")
    assert figure(result, "Chips to hold it") == 1
    assert figure(result, "Memory").quantize(D("0.1")) == D("49.0")


@pytest.mark.parametrize("changed", [{"method": "magic"}, {"epochs": D(0)}, {"mfu": D(2)}, {"adapter_share": D(3)}])
def test_senseless_fine_tuning_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        fine_tuning_cost(D("8e9"), D("1e8"), H100, HOUR, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "bytes_a_token"),
    [
        # 2 x layers x KV heads x head size x 2 bytes
        ("GPT-3 175B", 2 * 96 * 96 * 128 * 2),  # every head keeps its own: 4,718,592
        ("meta-llama/Llama-3.1-70B-Instruct", 2 * 80 * 8 * 128 * 2),  # 8 groups: 327,680
        ("llama_3_8b", 2 * 32 * 8 * 128 * 2),  # 131,072
        ("Falcon 7B", 2 * 32 * 1 * 64 * 2),  # one for all heads: 8,192
        ("DeepSeek-V3", 61 * 576 * 2),  # a latent of 512 and 64: 70,272
        ("Kimi-K2-Instruct", 61 * 576 * 2),
    ],
)
def test_the_cache_of_each_kind_of_attention(name: str, bytes_a_token: int) -> None:
    assert cache_bytes_per_token(find_architecture(name)) == bytes_a_token


@pytest.mark.parametrize(("bits", "gigabytes"), [(32, "700"), (16, "350"), (8, "175"), (4, "87.5")])
def test_weights_take_their_bits(bits: int, gigabytes: str) -> None:
    assert weight_bytes(D("175e9"), bits) == D(gigabytes) * 10**9
