"""The small calculator, MFU from a log, sensitivity, and how numbers are said."""

from __future__ import annotations

import contextlib
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.chips import A100, H100, H800, TWO_DOLLARS
from tests.calculators.grounded import ungrounded
from tools.calculators import defaults, wording
from tools.calculators.arithmetic import calculate
from tools.calculators.inputs import ChipSpec, Default, Price
from tools.calculators.sensitivity import sensitivity
from tools.calculators.training import training_cost
from tools.calculators.utilisation import model_flop_utilisation
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Figure, Result


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1 + 0.2", "0.3"),
        ("(12,128.99 - 10k) / 10k", "0.212899"),
        ("200 * 15%", "30"),
        ("2 ** 10", "1024"),
        ("2^10", "1024"),
        ("-3 - -4", "1"),
        ("$1,234.50 − $0.50", "1234"),
        ("3M * 0.15 / 1M", "0.45"),
        ("1.2bn / 500k", "2400"),
        ("15T tokens / 70bn parameters", "214.28571428571428571428571428571428571428571428571"),
        ("64 GPUs × 24 hours", "1536"),
        ("1e3 + 1", "1001"),
        ("5 million * 10 percent", "500000"),
        (".5 + 0.5", "1"),
        ("0.30000000000000000000000000000000000001 - 0.3", "0.00000000000000000000000000000000000001"),
    ],
)
def test_sums_are_exact(expression: str, value: str) -> None:
    assert calculate(expression).figures[0].value == D(value)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 +",
        "1 / 0",
        "9 ** 9 ** 9",
        "2 ** 1e9",
        "10 ** 61",
        "(-8) ** 0.5",
        "0 ** -1",
        "__import__('os')",
        "a + 1",
        "[1, 2]",
        "1 if 1 else 2",
        "True + 1",
        "1 // 2",
        "(1)(2)",
        "1 < 2",
        "'a' * 3",
        "(" * 100 + "1" + ")" * 100 + " + " + "-" * 100 + "1",
        "1 + " * 200 + "1",
        "lambda: 1",
        "1, 2",
        "nan",
        "12,34 + 1",
        "1.234,50 + 1",
    ],
)
def test_anything_else_is_refused_with_a_sentence(expression: str) -> None:
    with pytest.raises(BadInput):
        calculate(expression)


def test_dropped_units_and_rounding_are_said() -> None:
    assert calculate("64 GPUs * 2").assumptions == ("Units left out: GPUs",)
    assert "rounded at 50 digits" in calculate("1 / 3").warnings[0]
    assert calculate("1 / 4").warnings == ()
    assert ungrounded(calculate("12.5 * 4")) == []


@given(st.decimals(-(10**9), 10**9, places=4), st.decimals(-(10**9), 10**9, places=4))
def test_a_sum_is_decimals_own_and_its_difference_undoes_it(left: D, right: D) -> None:
    total = calculate(f"({left}) + ({right})").figures[0].value
    assert total == left + right
    assert calculate(f"({total}) - ({right})").figures[0].value == left


@given(st.text(max_size=40))
def test_no_text_breaks_the_calculator(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert calculate(text).figures[0].value.is_finite()


@pytest.mark.parametrize(
    ("parameters", "tokens", "chip", "hours", "percent"),
    [
        ("6.74e9", "2e12", A100, 184320, "39"),  # arXiv:2307.09288 Table 2
        ("13e9", "2e12", A100, 368640, "38"),
        ("69e9", "2e12", A100, 1720320, "43"),
        ("37e9", "14.8e12", H800, 2664000, "35"),  # arXiv:2412.19437: 3.2856e24 / (2.664e6 x 3600 x 989.4e12) = 34.6%
    ],
)
def test_mfu_from_the_published_hours(parameters: str, tokens: str, chip: ChipSpec, hours: int, percent: str) -> None:
    result = model_flop_utilisation(chip, D(hours), active_parameters=D(parameters), tokens=D(tokens))
    assert result.figures[0].value.quantize(D(1)) == D(percent)
    assert ungrounded(result) == []


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 100))
def test_utilisation_is_the_inverse_of_training_cost(billions: int, tokens: int, percent: int) -> None:
    mfu = D(percent) / 100
    cost = training_cost(D(billions) * 10**9, D(tokens) * 10**9, H100, TWO_DOLLARS, mfu=mfu)
    hours = next(f.value for f in cost.figures if f.label == "Chip hours")
    back = model_flop_utilisation(
        H100, hours, active_parameters=D(billions) * 10**9, tokens=D(tokens) * 10**9, price_per_chip_hour=TWO_DOLLARS
    )
    assert abs(back.figures[0].value / 100 - mfu) < D("1e-20")


def test_utilisation_without_a_workload_asks_back_and_beyond_the_peak_warns() -> None:
    with pytest.raises(NeedsChoice):
        model_flop_utilisation(H100, D(100))
    assert "cannot be" in model_flop_utilisation(H100, D(1), flop=D("1e21")).warnings[0]


def tornado(**ranges: tuple[object, object]) -> Result:
    given_inputs = {
        "parameters": D("70e9"),
        "tokens": D("15e12"),
        "chip": H100,
        "price_per_chip_hour": Price(Money(D(2))),
        "mfu": D("0.4"),
    }
    return sensitivity(training_cost, given_inputs, ranges)


def test_a_tornado_is_sorted_by_swing_and_each_end_is_the_calculators_own() -> None:
    # cost = 6.3e24 / (989.4e12 x mfu x 3600) x price: at MFU 0.4 and 2 dollars 8,843,743.68
    result = tornado(mfu=(D("0.3"), D("0.5")), price_per_chip_hour=(Price(Money(D(1))), Price(Money(D(4)))))
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == ["Price per chip hour", "MFU"]
    # from half to double: 4,421,871.84 and 17,687,487.37, a swing of 13,265,615.52
    assert result.figures[0].value.quantize(D("0.01")) == D("13265615.52")
    assert list(result.table.rows[1][3:5]) == [D("11791658.24"), D("7074994.95")]
    assert result.chart is not None
    assert result.chart.kind == "bar"
    assert ungrounded(result) == []


def test_an_end_that_the_calculator_refuses_is_blank_and_said() -> None:
    result = tornado(mfu=(D("0.3"), D("0.5")), tokens=(D(0), D("20e12")))
    assert result.table is not None
    assert result.table.rows[1][3] is None
    assert "Tokens at 0" in result.warnings[0]


def test_a_tornado_without_ranges_or_of_a_missing_figure_is_refused() -> None:
    with pytest.raises(BadInput):
        tornado()
    with pytest.raises(BadInput, match="no figure"):
        sensitivity(lambda x: Result("x", (Figure("A", x, ""),)), {"x": D(1)}, {"x": (D(1), D(2))}, figure="B")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Money(D("11054679.60")), "$11.1 million"),
        (Money(D("-2500000000"), "EUR"), "-€2.5 billion"),
        (Money(D("999999.99")), "$999,999.99"),
        (Money(D("1.5")), "$1.50"),
        (Money(D("3e12"), "CHF"), "CHF 3 trillion"),
    ],
)
def test_money_is_said_in_three_digits_from_a_million_on(amount: Money, said: str) -> None:
    assert wording.money(amount) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("4421871.8", "4.42 million"), ("12345.6", "12,346"), ("3.14159", "3.14"), ("0", "0"), ("0.00123", "0.00123")],
)
def test_numbers_are_said_in_three_digits(value: str, said: str) -> None:
    assert wording.number(D(value)) == said


def test_every_default_has_a_source_and_holds_its_value_in_its_range() -> None:
    held = [d for d in vars(defaults).values() if isinstance(d, Default)]
    held += list(defaults.COMMITMENT_DISCOUNTS.values())
    assert len(held) >= 15
    for default in held:
        assert len(default.source) > 20
        assert default.low <= default.value <= default.high
        assert default.what in default.stated()
