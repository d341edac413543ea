"""Models ranked by one list price: the cheapest, or the dearest, of all, of some providers or families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput, Unknown
from tools.money import plain
from tools.period import day_shown
from tools.prices.candidates import candidates, is_makers, line_of
from tools.prices.catalogue import Catalogue, Entry
from tools.prices.cost import PER_MILLION
from tools.prices.sheet import LABELS, PriceSheet, price_sheet
from tools.prices.vocabulary import provider_id
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

Component = Literal["input", "cached_input", "output"]
COLUMNS = ("Model", "Input (USD per million)", "Cached input (USD per million)", "Output (USD per million)", "Context")


@dataclass(frozen=True, slots=True)
class Listed:
    entry: Entry
    sheet: PriceSheet

    def price(self, component: str) -> Decimal:
        return self.sheet.rates[component].base


def ranked_prices(
    catalogue: Catalogue,
    on: date,
    component: Component | None = None,
    *,
    dearest: bool = False,
    min_context: int | None = None,
    providers: Sequence[str] = (),
    without: Sequence[str] = (),
    families: Sequence[str] = (),
    top: int = 5,
) -> Result:
    """Text models by the list price of a million tokens of one component, the cheapest or the dearest first. Without a
    component by the input price, and the output price's first is told, too, where it is another model.

    Without `providers` a model counts as its maker sells it, where he does. Kept and left out are the models that
    `cheapest` keeps and leaves out. Raises Unknown where none is left.
    """
    if top < 1:
        raise BadInput("the number of models to show must be at least one")
    kept, left_out = candidates(
        catalogue, min_context=min_context, providers=providers, families=families, without=without
    )
    if not providers:
        made = {line_of(entry) for entry in kept if is_makers(entry)}
        kept = [entry for entry in kept if is_makers(entry) or line_of(entry) not in made]
    by: Component = component or "input"
    found = [one for entry in kept if (one := priced(entry, on, catalogue, by)) is not None]
    names = catalogue.providers()
    where = f" at {listed([names.get(provider_id(said) or said, said) for said in providers])}" if providers else ""
    of = f" of the {' and '.join(families)} family" if families else ""
    wanted = f"{of}{f' with a context window of at least {min_context:,} tokens' if min_context else ''}{where}"
    if not found:
        raise Unknown(f"No text model{wanted} with a known {LABELS[by].lower()} price is on sale.")
    word = "dearest" if dearest else "cheapest"
    shown = ordered(found, by, dearest)[:top]
    best, as_of = shown[0], min(one.sheet.as_of for one in shown)
    figures = [figure_of(one, by) for one in shown]
    said = f"{best.entry.shown} is the {word} by {LABELS[by].lower()} price{wanted}: {_usd(best, by)}"
    other: Component = "output" if by == "input" else "input"
    if component is None:
        first = ordered([one for one in found if other in one.sheet.rates], other, dearest)[0]
        figures.insert(1, figure_of(first, other))
        same = first.entry is best.entry
        by_other = f"{LABELS[other].lower()} price"
        said += (
            f", and by {by_other}, too: {_usd(first, other)}"
            if same
            else f"; by {by_other} it is " + (f"{first.entry.shown}: {_usd(first, other)}")
        )
    elif other in best.sheet.rates:
        said += f" ({_usd(best, other)})"
        figures.insert(1, figure_of(best, other))
    said += f", at list prices as of {day_shown(as_of)}."
    if len(shown) > 1:
        said += f" Next is {shown[1].entry.shown} at {_usd(shown[1], by)}."
    ended, _ = candidates(
        catalogue, min_context=min_context, providers=providers, families=families, without=without, ended=True
    )
    past = [one for entry in ended if (one := priced(entry, on, catalogue, by)) is not None]
    beyond = ordered([best, *past], by, dearest)[0]
    if beyond.price(by) != best.price(by):
        figures.append(figure_of(beyond, by))
        said += f" {beyond.entry.shown}, deprecated or withdrawn, is at {_usd(beyond, by)}."
    figures.append(Figure("Models compared", Decimal(len(found)), "models", as_of))
    scope = where or " at their makers' own APIs, AWS Bedrock, Azure and Google"
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(f"{word.capitalize()} by {LABELS[by].lower()} price", COLUMNS, tuple(map(row_of, shown))),
        chart=_chart(shown, by),
        assumptions=(
            f"List prices without discounts or tax, from {catalogue.source}.",
            f"Compared {len(found):,} text models{scope}.",
            *left_out,
        ),
        warnings=("Price alone does not say whether a model is good enough: try it on your own work.",),
    )


def priced(entry: Entry, on: date, catalogue: Catalogue, by: Component) -> Listed | None:
    """The model's prices where it has one above zero of each side and the one that is ranked by."""
    try:
        sheet = price_sheet(entry.ref, on, catalogue)
    except Unknown:
        return None
    needed = {by, "input", "output"}
    return Listed(entry, sheet) if all(c in sheet.rates and sheet.rates[c].base > 0 for c in needed) else None


def ordered(found: Sequence[Listed], by: Component, dearest: bool) -> list[Listed]:
    """The makers' own before a cloud that resells them at the same price."""
    return sorted(
        found,
        key=lambda one: (
            -one.price(by) if dearest else one.price(by),
            one.entry.ref.provider in ("aws", "azure"),
            -one.price("output") if dearest else one.price("output"),
            one.entry.name,
        ),
    )


def _usd(one: Listed, component: Component) -> str:
    return f"${_plain(one.price(component))} per million {LABELS[component].lower()} tokens"


def _plain(price: Decimal) -> str:
    return f"{price:,.2f}" if price * 100 == (price * 100).to_integral_value() else plain(price)


def figure_of(one: Listed, component: Component) -> Figure:
    label = f"{LABELS[component]} price of {one.entry.shown}"
    return Figure(label, one.price(component), PER_MILLION, one.sheet.as_of)


def row_of(one: Listed) -> tuple[Cell, ...]:
    rates = one.sheet.rates
    prices = (rates[c].base if c in rates else None for c in ("input", "cached_input", "output"))
    return (one.entry.shown, *prices, one.entry.context_window)


def _chart(shown: Sequence[Listed], by: Component) -> Chart | None:
    if len(shown) < 2:
        return None
    series = Series(f"{LABELS[by]} price", tuple(one.price(by) for one in shown))
    return Chart("bar", f"{LABELS[by]} price", PER_MILLION, tuple(one.entry.name for one in shown), (series,))
