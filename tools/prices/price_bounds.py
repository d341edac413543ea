"""Models whose list price keeps within a bound, and the mean of the list prices of a provider's models."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.money import Money, plain
from tools.period import day_shown
from tools.prices.candidates import candidates, is_makers, line_of
from tools.prices.catalogue import Catalogue
from tools.prices.cost import PER_MILLION
from tools.prices.ranked import COLUMNS, Component, figure_of, ordered, priced, row_of
from tools.prices.sheet import LABELS
from tools.prices.vocabulary import provider_id
from tools.results import Figure, Result, Table, listed

MOST_NAMED = 6


def prices_within(
    catalogue: Catalogue,
    on: date,
    component: Component = "input",
    *,
    below: Decimal | None = None,
    above: Decimal | None = None,
    average: bool = False,
    min_context: int | None = None,
    providers: Sequence[str] = (),
    without: Sequence[str] = (),
    families: Sequence[str] = (),
) -> Result:
    """The text models on sale whose list price of a million tokens of `component` is under `below` and over `above`
    (USD, exclusive), the cheapest first, and how many they are; with `average` the mean of their prices, each model
    once, first. Without `providers` a model counts as its maker sells it. Raises Unknown where no model is left before
    the bounds; where none keeps within, the result says so."""
    kept, left_out = candidates(
        catalogue, min_context=min_context, providers=providers, families=families, without=without
    )
    if not providers:
        made = {line_of(entry) for entry in kept if is_makers(entry)}
        kept = [entry for entry in kept if is_makers(entry) or line_of(entry) not in made]
    found = ordered([one for e in kept if (one := priced(e, on, catalogue, component)) is not None], component, False)
    names = catalogue.providers()
    where = f" at {listed([names.get(provider_id(said) or said, said) for said in providers])}" if providers else ""
    of = f" of the {' and '.join(families)} family" if families else ""
    of += f" with a context window of at least {min_context:,} tokens" if min_context else ""
    if not found:
        raise Unknown(f"No text model{of}{where} with a known {LABELS[component].lower()} price is on sale.")
    within = [one for one in found if _keeps(one.price(component), below, above)]
    bounds = [f"below {Money(below).shown()}"] if below is not None else []
    bounds += [f"above {Money(above).shown()}"] if above is not None else []
    as_of = min(one.sheet.as_of for one in found)
    what = f"{LABELS[component].lower()} price"
    article = "an" if what[0] in "aeio" else "a"
    count = Figure("Models", Decimal(len(within)), "models", as_of)
    dated = f"at list prices as of {day_shown(as_of)}"
    if not within:
        said = f"No model{of}{where} has {article} {what} {' and '.join(bounds)} per million tokens, {dated}."
        return Result(summary=said, figures=(count, figure_of(found[0], component)), assumptions=tuple(left_out))
    shown = [f"{one.entry.name} ${plain(one.price(component))}" for one in within]
    figures = [*(figure_of(one, component) for one in within[:50]), count]
    if average:
        mean = sum((one.price(component) for one in within), Decimal(0)) / len(within)
        figures.insert(0, Figure(f"Mean {what}{where}", mean, PER_MILLION, as_of))
        said = f"${mean:,.2f} per million tokens is the mean {what} of {len(within):,} models{of}{where}, {dated}."
    else:
        limits = f" {' and '.join(bounds)}" if bounds else ""
        many = "model has" if len(within) == 1 else "models have"
        many += f" {article}"
        said = f"{len(within):,} {many} {what}{limits} per million tokens{of}{where}: "
        said += f"{listed(shown, MOST_NAMED)}, {dated}."
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(f"Models by {what}", COLUMNS, tuple(map(row_of, within[:50]))),
        assumptions=(
            f"List prices without discounts or tax, from {catalogue.source}.",
            f"Each text model on sale counts once; {len(found):,} were looked at.",
            *left_out,
        ),
    )


def _keeps(price: Decimal, below: Decimal | None, above: Decimal | None) -> bool:
    return (below is None or price < below) and (above is None or price > above)
