"""How many tokens a budget buys."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from tools.calculators.inputs import positive
from tools.errors import BadInput, Unknown
from tools.money import Money
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import model_price
from tools.results import Figure, Result

Component = Literal["input", "cached", "output"]
LABELS: dict[Component, str] = {"input": "Input price", "cached": "Cached input price", "output": "Output price"}
MILLION = 10**6


def tokens_for_budget(budget: Money, model: ModelRef, component: Component, on: date, catalogue: Catalogue) -> Result:
    """Whole tokens of one kind that `budget` (USD) buys at list price. Unknown where that price is not known."""
    if budget.currency != "USD":
        raise BadInput(f"List prices are in USD, so the budget must be too, not {budget.currency}.")
    positive("the budget", budget.amount)
    prices = model_price(model, on, catalogue)
    price = next((figure for figure in prices.figures if figure.label == LABELS[component]), None)
    if price is None or not price.value:
        raise Unknown(f"No price of {component} tokens is known for {model.model}.")
    tokens = (budget.amount / price.value * MILLION).to_integral_value(ROUND_FLOOR)
    kind = "cached input" if component == "cached" else component
    dated = f" as of {day_shown(price.as_of)}" if price.as_of else ""
    return Result(
        summary=(
            f"{budget.shown()} buys {tokens:,} {kind} tokens of {model.model} at {Money(price.value).shown()} "
            f"per million, list price{dated}."
        ),
        figures=(
            Figure(f"{kind.capitalize()} tokens", tokens, "tokens", price.as_of),
            price,
            Figure.of("Budget", budget),
            Figure("Tokens priced together", Decimal(MILLION), "tokens"),
        ),
        assumptions=prices.assumptions,
        warnings=prices.warnings,
    )
