"""Training cost against published runs, and the laws that it keeps."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.toolbox.chips import chip_of
from tests.calculators.chips import A100, H100, H800, TWO_DOLLARS
from tests.calculators.grounded import ungrounded
from tools.calculators.inputs import ChipSpec, Price
from tools.calculators.training import training_cost, training_flop
from tools.errors import BadInput
from tools.hardware.names import find_accelerator
from tools.money import Money
from tools.results import Result

PUBLISHED_HOURS = (
    # arXiv:2307.09288 Table 2 (GPU hours); MFU as worked out from the same table
    ("Llama 2 7B", D("6.74e9"), D("2e12"), A100, D("0.39"), D(184320)),
    ("Llama 2 13B", D("13e9"), D("2e12"), A100, D("0.38"), D(368640)),
    ("Llama 2 70B", D("69e9"), D("2e12"), A100, D("0.43"), D(1720320)),
)
whole_billions = st.integers(1, 2000).map(lambda n: D(n) * 10**9)


def figure(result: Result, label: str) -> D:
    return next(f.value for f in result.figures if f.label == label)


def within(got: D, published: D, share: str) -> bool:
    return abs(got / published - 1) <= D(share)


@pytest.mark.parametrize(("name", "parameters", "tokens", "chip", "mfu", "hours"), PUBLISHED_HOURS)
def test_gpu_hours_of_llama_2_are_met_within_five_percent(
    name: str, parameters: D, tokens: D, chip: ChipSpec, mfu: D, hours: D
) -> None:
    result = training_cost(parameters, tokens, chip, TWO_DOLLARS, mfu=mfu)
    assert within(figure(result, "Chip hours"), hours, "0.05"), name
    assert result.figures[0].value == figure(result, "Chip hours") * 2


@pytest.mark.parametrize(
    ("hours", "stated"),
    [(2664000, 5328000), (2788000, 5576000)],  # arXiv:2412.19437 Table 1: pre-training, and in total
)
def test_deepseek_v3_costs_its_hours_at_two_dollars(hours: int, stated: int) -> None:
    result = training_cost(
        D("671e9"), D("14.8e12"), H800, TWO_DOLLARS, active_parameters=D("37e9"), chip_hours=D(hours)
    )
    assert result.figures[0].value == stated
    assert result.figures[0].unit == "USD"


def test_deepseek_v3_pretraining_took_under_two_months_on_2048_chips() -> None:
    # arXiv:2412.19437 section 1: "less than two months"; 2,664,000 / 2,048 / 24 = 54.199...
    result = training_cost(
        D("671e9"), D("14.8e12"), H800, TWO_DOLLARS, active_parameters=D("37e9"), chip_hours=D(2664000), chips=2048
    )
    assert figure(result, "Days on 2,048 chips").quantize(D("0.1")) == D("54.2")


def test_llama_31_405b_needs_the_published_flop_and_its_hours_imply_34_percent() -> None:
    # arXiv:2407.21783: 3.8e25 FLOP; Llama 3.1 model card: 30.84M H100 hours. The 38 to 43% MFU of the paper is of the
    # running job; over all hours billed it is 3.7908e25 / (30.84e6 x 3600 x 989.4e12) = 34.5%.
    result = training_cost(D("405e9"), D("15.6e12"), H100, TWO_DOLLARS, chip_hours=D(30840000))
    assert within(figure(result, "Training compute"), D("3.8e25"), "0.01")
    assert figure(result, "MFU").quantize(D("0.1")) == D("34.5")


def test_llama_31_405b_hours_are_met_with_its_long_context_mfu_and_its_time_lost() -> None:
    # arXiv:2407.21783: 38% MFU at 131,072 tokens (Table 4, the lowest of the three), over 90% effective training time.
    # 3.7908e25 / (989.4e12 x 0.38 x 3600) / 0.9 = 31.1M hours; the model card states 30.84M.
    result = training_cost(D("405e9"), D("15.6e12"), H100, TWO_DOLLARS, mfu=D("0.38"), overhead=1 / D("0.9") - 1)
    assert within(figure(result, "Chip hours"), D(30840000), "0.05")


def test_gpt_3_needs_the_published_flop() -> None:
    # arXiv:2005.14165 Table D.1: 3.14e23 FLOP for 174.6B parameters and 300B tokens
    assert within(training_flop(D("174.6e9"), D("300e9")), D("3.14e23"), "0.01")


def test_without_an_mfu_the_default_and_its_range_are_shown_with_their_source() -> None:
    result = training_cost(D("70e9"), D("15e12"), H100, Price(Money("2.50")))
    # 6.3e24 / (989.4e12 x 0.4 x 3600) = 4,421,871.84 hours; x 2.50 = 11,054,679.60
    assert result.figures[0].value.quantize(D("0.01")) == D("11054679.60")
    assert figure(result, "Cost, high utilisation").quantize(D("0.01")) == D("8843743.68")
    assert figure(result, "Cost, low utilisation").quantize(D("0.01")) == D("14739572.81")
    assert any("0.4 by default, range 0.3 to 0.5" in said and "arXiv" in said for said in result.assumptions)
    assert result.chart is not None
    assert ungrounded(result) == []


def test_hours_beyond_the_chips_peak_are_warned_about() -> None:
    result = training_cost(D("70e9"), D("15e12"), H100, TWO_DOLLARS, chip_hours=D(1000))
    assert "too few" in result.warnings[0]


@pytest.mark.parametrize("mfu", [D(0), D("-0.1"), D(40), D("NaN")])
def test_an_mfu_that_is_no_share_is_refused(mfu: D) -> None:
    with pytest.raises(BadInput, match="MFU"):
        training_cost(D("7e9"), D("1e12"), H100, TWO_DOLLARS, mfu=mfu)


@pytest.mark.parametrize(("parameters", "tokens"), [(D(0), D("1e12")), (D("7e9"), D(-1))])
def test_no_parameters_or_tokens_are_refused(parameters: D, tokens: D) -> None:
    with pytest.raises(BadInput):
        training_cost(parameters, tokens, H100, TWO_DOLLARS)


@given(whole_billions, whole_billions, st.integers(2, 9))
def test_cost_grows_in_proportion_to_tokens_and_to_parameters(parameters: D, tokens: D, factor: int) -> None:
    def cost(n: D, d: D) -> D:
        return training_cost(n, d, H100, TWO_DOLLARS).figures[0].value

    base = cost(parameters, tokens) * factor
    assert abs(cost(parameters * factor, tokens) - base) < base * D("1e-20")
    assert abs(cost(parameters, tokens * factor) - base) < base * D("1e-20")


@given(whole_billions, st.integers(10, 90))
def test_a_higher_mfu_never_costs_more(parameters: D, percent: int) -> None:
    def cost(mfu: D) -> D:
        return training_cost(parameters, D("1e12"), H100, TWO_DOLLARS, mfu=mfu).figures[0].value

    assert cost(D(percent + 1) / 100) < cost(D(percent) / 100)


THROUGHPUT = (
    # Chowdhery et al. 2022, arXiv:2204.02311, Table 3: parameters, tokens a second of so many chips, MFU
    ("PaLM 540B", "TPU v4", D("540e9"), D("238.3e3"), 6144, D("0.462")),
    ("Megatron-Turing NLG 530B", "A100", D("530e9"), D("65.43e3"), 2240, D("0.302")),
)


@pytest.mark.parametrize(("name", "chip", "parameters", "tokens_a_second", "chips", "mfu"), THROUGHPUT)
def test_chip_hours_of_published_throughput_are_met_within_five_percent(
    name: str, chip: str, parameters: D, tokens_a_second: D, chips: int, mfu: D
) -> None:
    tokens = D("1e12")
    hours = tokens / tokens_a_second / 3600 * chips
    result = training_cost(parameters, tokens, chip_of(find_accelerator(chip)), None, mfu=mfu)
    assert result.figures[0].label == "Chip hours"
    assert within(result.figures[0].value, hours, "0.05"), name


LOGGED = (
    # GPU hours as published, and the MFU that they imply, worked out here: 6 x N x D / (hours x 3600 x peak)
    # Touvron et al. 2023, arXiv:2302.13971, Table 15: 5.477e23 / (1,022,362 x 3600 x 312e12) = 47.7%
    ("LLaMA 65B", "A100 80GB", D("65.2e9"), D("1.4e12"), D(1022362), D("47.7")),
    # Luccioni et al. 2022, arXiv:2211.02001: 3.865e23 / (1,082,990 x 3600 x 312e12) = 31.8%
    ("BLOOM 176B", "A100 80GB", D("176e9"), D("366e9"), D(1082990), D("31.8")),
    # Llama 3.1 model card: 6.354e24 / (7,000,000 x 3600 x 989.4e12) = 25.5%
    ("Llama 3.1 70B", "H100", D("70.6e9"), D("15e12"), D(7000000), D("25.5")),
    # arXiv:2412.19437: 6 x 37e9 x 14.8e12 = 3.2856e24 / (2,664,000 x 3600 x 989.4e12) = 34.6%
    ("DeepSeek-V3", "H800", D("37e9"), D("14.8e12"), D(2664000), D("34.6")),
    # Epoch's hours for GPT-3 on V100, whose peak is of fp16: 3.143e23 / (3,552,000 x 3600 x 125e12) = 19.7%
    ("GPT-3", "V100", D("174.6e9"), D("300e9"), D(3552000), D("19.7")),
)


@pytest.mark.parametrize(("name", "chip", "parameters", "tokens", "hours", "mfu"), LOGGED)
def test_hours_from_a_log_imply_their_mfu_and_that_mfu_gives_the_hours_back(
    name: str, chip: str, parameters: D, tokens: D, hours: D, mfu: D
) -> None:
    spec = chip_of(find_accelerator(chip))
    logged = training_cost(parameters, tokens, spec, TWO_DOLLARS, chip_hours=hours)
    assert figure(logged, "MFU").quantize(D("0.1")) == mfu, name
    assert logged.figures[0].value == hours * 2
    again = training_cost(parameters, tokens, spec, TWO_DOLLARS, mfu=mfu / 100, asked="hours")
    assert within(again.figures[0].value, hours, "0.05"), name


def test_an_hfu_counts_the_forward_pass_that_recomputation_repeats() -> None:
    # 8 FLOP a parameter and token at an HFU of 0.48 take the hours of 6 at an MFU of 0.36
    by_hfu = training_cost(D("70e9"), D("1e12"), A100, TWO_DOLLARS, hfu=D("0.48"))
    assert figure(by_hfu, "MFU") == 36
    assert (
        by_hfu.figures[0].value
        == training_cost(D("70e9"), D("1e12"), A100, TWO_DOLLARS, mfu=D("0.36")).figures[0].value
    )
    with pytest.raises(BadInput, match="either"):
        training_cost(D("70e9"), D("1e12"), A100, TWO_DOLLARS, mfu=D("0.4"), hfu=D("0.5"))


def test_a_run_on_a_chip_without_a_price_has_hours_and_no_cost() -> None:
    result = training_cost(D("7e9"), D("2e12"), A100, None, mfu=D("0.4"))
    # 6 x 7e9 x 2e12 / (312e12 x 0.4 x 3600) = 186,965.8
    assert result.figures[0].value.quantize(D("0.1")) == D("186965.8")
    assert not [f for f in result.figures if f.unit == "USD"]
    assert ungrounded(result) == []
