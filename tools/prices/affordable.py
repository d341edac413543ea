"""What a budget buys on a model: tokens of one kind, tokens of a mix of input and output, requests of one size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from tools.calculators.inputs import positive
from tools.errors import BadInput, Unknown
from tools.money import Money, plain
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import PER_MILLION, Bill, bill, list_price_note, model_price
from tools.prices.usage import Usage
from tools.results import Figure, Result, Table

Component = Literal["input", "cached", "output"]
LABELS: dict[Component, str] = {"input": "Input", "cached": "Cached input", "output": "Output"}
MILLION = 10**6


def tokens_for_budget(
    budget: Money, model: ModelRef, component: Component, on: date, catalogue: Catalogue, *, batch: bool = False
) -> Result:
    """Whole tokens of one kind that `budget` (USD) buys at list price, or at the batch price. Unknown where that price
    is not known."""
    _checked(budget)
    prices = model_price(model, on, catalogue)
    label = f"{LABELS[component]}{', batch' if batch else ''} price"
    price = next((figure for figure in prices.figures if figure.label == label), None)
    if price is None or not price.value:
        raise Unknown(f"No {'batch ' if batch else ''}price of {component} tokens is known for {model.model}.")
    tokens = (budget.amount / price.value * MILLION).to_integral_value(ROUND_FLOOR)
    kind = "cached input" if component == "cached" else component
    dated = f" as of {day_shown(price.as_of)}" if price.as_of else ""
    return Result(
        summary=(
            f"{budget.shown()} buys {int(tokens):,} {kind} tokens of {model.model} at {Money(price.value).shown()} "
            f"per million, {'batch' if batch else 'list'} price{dated}."
        ),
        figures=(
            Figure(f"{kind.capitalize()} tokens", tokens, "tokens", price.as_of),
            Figure("In millions", tokens / MILLION, "million tokens", price.as_of),
            price,
            Figure.of("Budget", budget),
            Figure("Tokens priced together", Decimal(MILLION), "tokens"),
        ),
        assumptions=prices.assumptions,
        warnings=prices.warnings,
    )


def tokens_of_a_mix(budget: Money, mix: Usage, model: ModelRef, on: date, catalogue: Catalogue) -> Result:
    """Whole tokens, input and output together in the proportions of `mix`, that `budget` (USD) buys."""
    _checked(budget)
    priced = bill(mix, model, on, catalogue)
    both = mix.input_tokens + mix.output_tokens
    tokens = (budget.amount / priced.total.amount * both).to_integral_value(ROUND_FLOOR)
    sent = (tokens * mix.input_tokens / both).to_integral_value(ROUND_FLOOR)
    a_million = priced.total.amount / both * MILLION
    as_of = priced.sheet.as_of
    return Result(
        summary=(
            f"{budget.shown()} buys {int(tokens):,} tokens of {priced.entry.shown}: {int(sent):,} input and "
            f"{int(tokens - sent):,} output, at {_shown(a_million)} per million of both together, list prices as of "
            f"{day_shown(as_of)}."
        ),
        figures=(
            Figure("Tokens, input and output", tokens, "tokens", as_of),
            Figure("Input tokens", sent, "tokens", as_of),
            Figure("Output tokens", tokens - sent, "tokens", as_of),
            Figure("Price of both together", a_million, PER_MILLION, as_of),
            Figure.of("Budget", budget),
        ),
        assumptions=(list_price_note([priced]), *priced.assumptions),
        warnings=priced.warnings,
    )


def requests_for_budget(
    budget: Money, one: Usage, what: str, model: ModelRef, on: date, catalogue: Catalogue
) -> Result:
    """Whole requests (called `what`) of the size of `one` that `budget` (USD) buys, and what one costs."""
    _checked(budget)
    priced: Bill = bill(replace(one, requests=1), model, on, catalogue)
    count = (budget.amount / priced.total.amount).to_integral_value(ROUND_FLOOR)
    if count == 0:
        raise Unknown(f"{budget.shown()} buys none: one costs {priced.total.shown()} on {priced.entry.shown}.")
    as_of = priced.sheet.as_of
    prices = "batch" if one.batch else "list"
    return Result(
        summary=(
            f"{budget.shown()} buys {int(count):,} {what} of {one.shown()} on {priced.entry.shown}, each at "
            f"{_shown(priced.total.amount)}, {prices} prices as of {day_shown(as_of)}."
        ),
        figures=(
            Figure(what.capitalize(), count, what, as_of),
            Figure("Cost of one", priced.total.amount, "USD", as_of),
            Figure.of("Budget", budget),
            Figure("Input tokens of one", Decimal(one.input_tokens), "tokens"),
            Figure("Output tokens of one", Decimal(one.output_tokens), "tokens"),
        ),
        table=Table(
            f"What one costs on {priced.entry.shown}",
            ("Component", "Tokens", "Price (USD per million tokens)", "Cost (USD)"),
            tuple((line.component, line.tokens, line.usd_per_million, line.cost.amount) for line in priced.lines),
        ),
        assumptions=(list_price_note([priced]), *priced.assumptions),
        warnings=priced.warnings,
    )


def _checked(budget: Money) -> None:
    if budget.currency != "USD":
        raise BadInput(f"List prices are in USD, so the budget must be too, not {budget.currency}.")
    positive("the budget", budget.amount)


def _shown(price: Decimal) -> str:
    """To four digits below a dollar, in cents from there upward."""
    return Money(price).shown() if price >= 1 else f"${plain(Decimal(f'{price:.4g}'))}"
