"""One model at the providers that sell it, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.period import day_shown
from tools.prices.candidates import is_makers
from tools.prices.catalogue import Catalogue, Entry, ModelRef
from tools.prices.compare import compare_models
from tools.prices.cost import PER_MILLION
from tools.prices.families import spoken_keys
from tools.prices.index import index_of
from tools.prices.ranked import COLUMNS, Component, Listed
from tools.prices.resolve import name_parts, one_entry, sold, split_provider
from tools.prices.sheet import LABELS, price_sheet
from tools.prices.usage import Usage
from tools.prices.vocabulary import provider_id
from tools.results import Cell, Figure, Result, Table, listed


def sellers_of(name: str, catalogue: Catalogue) -> list[Entry]:
    """The model's entry at each provider that sells it, deprecated ones left out; empty where no model is called so."""
    index = index_of(catalogue)
    found = sold(spoken_keys(name_parts(split_provider(name)[0])), index, None)
    if found is None:
        return []
    sellers = {provider: one_entry(entries, catalogue) for provider, entries in found[0].items()}
    for reseller in catalogue.providers():
        lister = next((maker for maker in catalogue.fallbacks(reseller) if maker in sellers), None)
        if reseller not in sellers and lister is not None:
            sellers[reseller] = catalogue.entry(ModelRef(reseller, sellers[lister].ref.model))
    return [entry for entry in sellers.values() if not catalogue.ending_soon(entry)]


def model_at_providers(
    name: str,
    on: date,
    catalogue: Catalogue,
    *,
    providers: Sequence[str] = (),
    component: Component | None = None,
    usage: Usage | None = None,
    dearest: bool = False,
) -> Result:
    """The list prices of one model at each of `providers`, or at all that sell it; the cheapest (or dearest) by the
    component, else by the input price, first. With a `usage` what that costs at each. Raises Unknown where the model is
    not known, and where it has no price at a provider that was named."""
    entries = sellers_of(name, catalogue)
    if not entries:
        raise Unknown(f"No provider of a model called {name.strip()!r} is in the price catalogue.")
    wanted = {provider_id(said): said for said in providers}
    missing = [said for ident, said in wanted.items() if ident not in {entry.ref.provider for entry in entries}]
    if missing:
        known = sorted(entry.provider_name for entry in entries)
        raise Unknown(
            f"No price of {name.strip()} at {listed(missing)} is on record. It is sold by {listed(known)}.", known
        )
    if wanted:
        entries = [entry for entry in entries if entry.ref.provider in wanted]
    if usage is not None:
        return compare_models(usage, [entry.ref for entry in entries], on, catalogue)
    by: Component = component or "input"
    found = [one for entry in entries if (one := _priced(entry, on, catalogue, by))]
    if not found:
        raise Unknown(f"No {LABELS[by].lower()} price of {name.strip()} is on record. It is unknown, not zero.")
    sign = -1 if dearest else 1
    found.sort(key=lambda one: (sign * one.price(by), not is_makers(one.entry), one.entry.provider_name))
    best, last, as_of = found[0], found[-1], min(one.sheet.as_of for one in found)
    figures = [_figure(one, by) for one in found]
    other: Component = "output" if by == "input" else "input"
    figures += [_figure(one, other) for one in found if other in one.sheet.rates]
    word = "dearest" if dearest else "cheapest"
    per = f"per million {LABELS[by].lower()} tokens"
    said = f"{best.entry.provider_name} is the {word} for {best.entry.name}: {_usd(best.price(by))} {per}"
    if other in best.sheet.rates:
        said += f" and {_usd(best.price(other))} per million {LABELS[other].lower()} tokens"
    if len(found) > 1:
        apart = abs(last.price(by) - best.price(by))
        figures.insert(1, Figure("Difference to the last", apart, PER_MILLION, as_of))
        level = [one.entry.provider_name for one in found[1:] if one.price(by) == best.price(by)]
        if level:
            said += f"; {listed(level)} {'asks' if len(level) == 1 else 'ask'} the same"
        if apart:
            more = "less" if dearest else "more"
            said += f"; {last.entry.provider_name} asks {_usd(last.price(by))}, {_usd(apart)} {more}"
    return Result(
        summary=f"{said}, at list prices as of {day_shown(as_of)}.",
        figures=tuple(figures),
        table=Table(f"{best.entry.name} by provider", COLUMNS, tuple(map(_row, found))),
        assumptions=(
            f"List prices without discounts or tax, from {catalogue.source}.",
            f"Providers in the price catalogue that sell it: {len(entries)}.",
        ),
        warnings=("Speed, limits and context windows differ between providers.",),
    )


def _priced(entry: Entry, on: date, catalogue: Catalogue, by: Component) -> Listed | None:
    try:
        sheet = price_sheet(entry.ref, on, catalogue)
    except Unknown:
        return None
    return Listed(entry, sheet) if by in sheet.rates and sheet.rates[by].base > 0 else None


def _usd(price: Decimal) -> str:
    exact = price * 100 == (price * 100).to_integral_value()
    return f"${price:,.2f}" if exact else f"${price.normalize():f}"


def _figure(one: Listed, component: Component) -> Figure:
    label = f"{LABELS[component]} price at {one.entry.provider_name}"
    return Figure(label, one.price(component), PER_MILLION, one.sheet.as_of)


def _row(one: Listed) -> tuple[Cell, ...]:
    rates = one.sheet.rates
    prices = (rates[c].base if c in rates else None for c in ("input", "cached_input", "output"))
    return (one.entry.shown, *prices, one.entry.context_window)
