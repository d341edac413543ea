"""By how much a provider's batch or cached tokens are cheaper, over its models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.calculators.wording import percent
from tools.errors import BadInput, Unknown
from tools.money import plain
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, Entry
from tools.prices.sheet import price_sheet
from tools.prices.vocabulary import provider_id
from tools.results import Figure, Result, Table

Kind = Literal["batch", "cache"]
SHOWN = {"batch": "the Batch API", "cache": "cached input"}
MOST_ROWS = 60


def provider_discounts(providers: Sequence[str], kind: Kind, on: date, catalogue: Catalogue) -> Result:
    """`provider_discount` of each provider, in the order given. BadInput where none is."""
    results = [provider_discount(name, kind, on, catalogue) for name in providers]
    if not results:
        raise BadInput("Name a provider whose discount is asked for.")
    return replace(
        results[0],
        summary=" ".join(result.summary for result in results),
        figures=tuple(figure for result in results for figure in result.figures),
        table=results[0].table if len(results) == 1 else None,
        assumptions=tuple(dict.fromkeys(line for result in results for line in result.assumptions)),
    )


def provider_discount(provider: str, kind: Kind, on: date, catalogue: Catalogue) -> Result:
    """What most current text models of a provider take off the standard input price, in percent, for a batch or for
    input read from the cache; the range where they differ. Raises Unknown where no such price of the provider is known.
    """
    ident = provider if provider in catalogue.providers() else provider_id(provider)
    if ident is None or ident not in catalogue.providers():
        raise Unknown(f"The price catalogue has no provider {provider!r}.", sorted(catalogue.providers().values())[:8])
    shown = catalogue.providers()[ident]
    models = [e for e in catalogue.sold_by(ident) if e.kind == "text" and not catalogue.ending_soon(e)]
    found = [(entry, *one) for entry in models if (one := _discount(entry, kind, on, catalogue)) is not None]
    if not found:
        raise Unknown(f"No price of {shown} for {SHOWN[kind]} is on record, so its discount is not known.")
    counted = Counter(off for _, off, _, _ in found)
    usual, many = max(counted.items(), key=lambda item: (item[1], item[0]))
    least, most = min(counted), max(counted)
    as_of = min(on, catalogue.data_date)
    figures = [
        Figure(f"Usual discount for {SHOWN[kind]}", usual, "%", as_of),
        Figure("Models with it", Decimal(many), "models", as_of),
        Figure("Models with such a price", Decimal(len(found)), "models", as_of),
    ]
    said = f"{shown} takes {percent(usual / 100)} off the standard input price for {SHOWN[kind]}"
    if least == most:
        said += f" on all {len(found)} models with such a price"
    else:
        said += f" on {many} of {len(found)} models with such a price; the others take "
        said += f"{percent(least / 100)} to {percent(most / 100)}"
        figures += [Figure("Least discount", least, "%", as_of), Figure("Largest discount", most, "%", as_of)]
    rows = tuple((entry.name, plain_, cut, off) for entry, off, plain_, cut in found[:MOST_ROWS])
    return Result(
        summary=f"{said}, at list prices as of {day_shown(as_of)}.",
        figures=tuple(figures),
        table=Table(
            f"{shown}: {SHOWN[kind]}",
            ("Model", "Standard (USD per million)", f"With {SHOWN[kind]} (USD per million)", "Discount (%)"),
            rows,
        ),
        assumptions=(
            f"List prices of a million input tokens, from {catalogue.source}.",
            f"Models of {shown} without such a price, and deprecated ones, are left out.",
        ),
    )


def _discount(entry: Entry, kind: Kind, on: date, catalogue: Catalogue) -> tuple[Decimal, Decimal, Decimal] | None:
    """The discount in percent, the standard price and the lower one; None where one of the two is not known."""
    try:
        standard = price_sheet(entry.ref, on, catalogue).rates["input"].base
        if kind == "batch":
            lower = price_sheet(entry.ref, on, catalogue, batch=True).rates["input"].base
        else:
            lower = price_sheet(entry.ref, on, catalogue).rates["cached_input"].base
    except (Unknown, KeyError):
        return None
    if standard <= 0:
        return None
    off = ((1 - lower / standard) * 100).quantize(Decimal("0.1"))
    return Decimal(plain(off)), standard, lower
