"""No input breaks a calculator: it answers with a grounded Result, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calculators.chips import H100, TWO_DOLLARS
from tests.calculators.grounded import ungrounded
from tools.calculators.architectures import find_architecture, model_of_size
from tools.calculators.commitment import commitment_worth
from tools.calculators.energy import energy_cost
from tools.calculators.fine_tuning import fine_tuning_cost
from tools.calculators.inputs import Price
from tools.calculators.projects import project_value
from tools.calculators.rent_or_buy import rent_or_buy
from tools.calculators.scenario import bill_after_change
from tools.calculators.self_host import self_host_or_api
from tools.calculators.serving import Load, serving_cost
from tools.calculators.training import training_cost
from tools.calculators.utilisation import model_flop_utilisation
from tools.errors import ToolError
from tools.money import Money
from tools.results import Result

LLAMA = find_architecture("llama 3 8b")
numbers = st.one_of(
    st.sampled_from([D(0), D(1), D("-1"), D("NaN"), D("Infinity"), D("1e999"), D("1e-999"), D("0.5"), D("1e15")]),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.integers(1, 10**14).map(D),
    st.integers(1, 99).map(lambda n: D(n) / 100),
)
prices = st.integers(0, 10**6).map(lambda n: Price(Money(D(n) / 100)))
counts = st.integers(-2, 200)

CALCULATORS: dict[str, Callable[[D, D, D, Price, int], Result]] = {
    "training": lambda a, b, c, p, n: training_cost(a, b, H100, p, mfu=c, chips=n),
    "training by the defaults": lambda a, b, c, p, n: training_cost(a, b, H100, p, overhead=c),
    "training by chip hours": lambda a, b, c, p, n: training_cost(a, b, H100, p, chip_hours=c),
    "fine-tuning": lambda a, b, c, p, n: fine_tuning_cost(a, b, H100, p, adapter_share=c, runs=n),
    "serving": lambda a, b, c, p, n: serving_cost(LLAMA, H100, p, a, load=Load(b, c, concurrency=n)),
    "serving a size": lambda a, b, c, p, n: serving_cost(model_of_size(a), H100, p, b, load=Load(utilisation=c)),
    "self-hosting": lambda a, b, c, p, n: self_host_or_api(LLAMA, H100, TWO_DOLLARS, p, p, a, load=Load(b, c)),
    "rent or buy": lambda a, b, c, p, n: rent_or_buy(H100, n, 36, p, p, utilisation=a, pue=b, residual_share=c),
    "rent or buy discounted": lambda a, b, c, p, n: rent_or_buy(H100, 8, n, p, p, discount_rate=a, network_share=b),
    "commitment": lambda a, b, c, p, n: commitment_worth(a, discount=b, on_demand=p, usage_falls_to=c, term_months=n),
    "scenario": lambda a, b, c, p, n: bill_after_change(p.money, a, b, monthly_volume_growth=c, months=n),
    "project": lambda a, b, c, p, n: project_value([-p.money, p.money * n, Money(D(n))], a),
    "energy": lambda a, b, c, p, n: energy_cost(a, kilowatts=b, pue=c, price_per_kwh=p),
    "energy of chips": lambda a, b, c, p, n: energy_cost(a, chip=H100, chips=n, load=b, grams_per_kwh=c),
    "utilisation": lambda a, b, c, p, n: model_flop_utilisation(H100, a, active_parameters=b, tokens=c),
}


@pytest.mark.parametrize("name", CALCULATORS)
@given(numbers, numbers, numbers, prices, counts)
@settings(max_examples=60, deadline=None)
def test_it_answers_with_grounded_numbers_or_refuses_with_a_sentence(
    name: str, a: D, b: D, c: D, price: Price, count: int
) -> None:
    try:
        result = CALCULATORS[name](a, b, c, price, count)
    except ToolError as refused:
        said = str(refused)
    else:
        said = result.summary
        assert ungrounded(result) == []
        assert result.figures
        assert result.table is not None
    assert said.endswith((".", "?"))
    assert len(said) < 600
