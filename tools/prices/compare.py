"""The same usage on several models, cheapest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.period import day_shown
from tools.prices.candidates import candidates
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import Bill, bill, list_price_note
from tools.prices.usage import Usage
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

MOST_TOLD = 6
COLUMNS = ("Model", "Cost (USD)", "More than the cheapest (USD)", "Times the cheapest", "Context window (tokens)")


def compare_models(usage: Usage, models: Sequence[ModelRef], on: date, catalogue: Catalogue) -> Result:
    """Cheapest first, with the difference to the cheapest in USD and as a multiple.

    A model that cannot be priced for this usage is left out, with a warning that says why. Raises NeedsChoice with
    fewer than two models, and the pricing error when none can be priced.
    """
    wanted = list(dict.fromkeys(models))
    if len(wanted) < 2:
        raise NeedsChoice("Which models should I compare? Name at least two.")
    bills: list[Bill] = []
    refused: list[Unknown] = []
    for model in wanted:
        try:
            bills.append(bill(usage, model, on, catalogue))
        except Unknown as error:
            refused.append(error)
    if not bills:
        raise refused[0]
    bills.sort(key=_by_cost)
    best, dearest = bills[0], bills[-1]
    as_of = min(priced.sheet.as_of for priced in bills)
    figures = [figure for priced in bills for figure in _figures(priced, best)]
    if len(bills) == 1:
        said = f"Only {best.entry.shown} could be priced: {best.total.shown()} for {usage.shown()}"
    else:
        times = dearest.total.ratio(best.total)
        others = [f"{one.entry.shown} {one.total.shown()}" for one in bills[1:-1]] if len(bills) <= MOST_TOLD else []
        between = f"then {listed(others)}; " if others else ""
        said = (
            f"{best.entry.shown} is the cheapest at {best.total.shown()} for {usage.shown()}; {between}"
            f"{dearest.entry.shown} costs {dearest.total.shown()}, {(dearest.total - best.total).shown()} more "
            f"({times.quantize(Decimal('0.1'))} times as much)"
        )
        figures.append(Figure("Dearest against cheapest", times, "times", as_of))
    return Result(
        summary=f"{said}, at {'batch' if usage.batch else 'list'} prices as of {day_shown(as_of)}.",
        figures=tuple(figures),
        table=Table(f"Cost of {usage.shown()}", COLUMNS, tuple(_row(priced, best) for priced in bills)),
        chart=_chart(usage, bills),
        assumptions=_once([list_price_note(bills), *(line for priced in bills for line in priced.assumptions)]),
        warnings=_once([*(str(error) for error in refused), *(line for p in bills for line in p.warnings)]),
    )


def cheapest(
    usage: Usage,
    catalogue: Catalogue,
    on: date,
    *,
    min_context: int | None = None,
    providers: Sequence[str] = (),
    families: Sequence[str] = (),
    without: Sequence[str] = (),
    exclude: Collection[ModelRef] = (),
    top: int = 5,
) -> Result:
    """The `top` cheapest models for this usage, from those that a company can start on today.

    Without `providers` these are the makers' own APIs and the big clouds; with them, only those (as people name them).
    `families` keeps models with these words in their name ("claude", "gemini flash"), `without` those that none of
    these providers makes or sells. Left out, and counted in the
    assumptions: models without a paid price or a known context window, deprecated or withdrawn ones, previews, free
    tiers, and whatever is not a text model.
    """
    if top < 1:
        raise BadInput("the number of models to show must be at least one")
    kept, left_out = candidates(
        catalogue,
        min_context=min_context,
        providers=providers,
        families=families,
        without=without,
        exclude=exclude,
        needed_context=usage.tokens_per_request,
    )
    bills: list[Bill] = []
    for entry in kept:
        try:
            priced = bill(usage, entry.ref, on, catalogue)
        except Unknown:
            continue
        if all(line.usd_per_million > 0 for line in priced.lines):
            bills.append(priced)
    wanted = f" with a context window of at least {min_context:,} tokens" if min_context else ""
    where = f" at {listed(list(providers))}" if providers else ""
    but = f" not of {listed(list(without))}" if without else ""
    wanted = f"{but}{wanted}"
    if not bills:
        raise Unknown(f"No model{wanted} with a known price fits that usage{where}.")
    bills.sort(key=_by_cost)
    best, shown = bills[0], bills[:top]
    as_of = min(priced.sheet.as_of for priced in shown)
    runner_up = f" Next is {shown[1].entry.shown} at {shown[1].total.shown()}." if len(shown) > 1 else ""
    figures = [figure for priced in shown for figure in _figures(priced, best)]
    figures.append(Figure("Models compared", Decimal(len(bills)), "models", as_of))
    if min_context:
        figures.append(Figure("Least context window", Decimal(min_context), "tokens"))
    where = where or " at their makers' own APIs, AWS Bedrock, Azure and Google"
    assumptions = [f"Compared {len(bills):,} text models{wanted}{where}.", *left_out]
    if unpriced := len(kept) - len(bills):
        assumptions.append(f"Left out: {unpriced:,} models without a known price for a part of this usage.")
    return Result(
        summary=(
            f"{best.entry.shown} is the cheapest{wanted}: {best.total.shown()} for {usage.shown()}, "
            f"at {'batch' if usage.batch else 'list'} prices as of {day_shown(as_of)}.{runner_up}"
        ),
        figures=tuple(figures),
        table=Table(f"Cheapest for {usage.shown()}{wanted}", COLUMNS, tuple(_row(priced, best) for priced in shown)),
        chart=_chart(usage, shown),
        assumptions=_once([list_price_note(shown), *assumptions, *(line for p in shown for line in p.assumptions)]),
        warnings=_once(
            ["Price alone does not say whether a model is good enough: try it on your own work.", *best.warnings]
        ),
    )


def _by_cost(priced: Bill) -> tuple[Decimal, bool, str]:
    return priced.total.amount, priced.entry.ref.provider in ("aws", "azure"), priced.entry.name


def _figures(priced: Bill, best: Bill) -> list[Figure]:
    cost = Figure.of(f"Cost on {priced.entry.shown}", priced.total, priced.sheet.as_of)
    if priced is best:
        return [cost]
    more = Figure.of(f"{priced.entry.shown} above the cheapest", priced.total - best.total, priced.sheet.as_of)
    return [cost, more]


def _row(priced: Bill, best: Bill) -> tuple[Cell, ...]:
    return (
        priced.entry.shown,
        priced.total.amount,
        (priced.total - best.total).amount,
        priced.total.ratio(best.total).quantize(Decimal("0.01")),
        priced.entry.context_window,
    )


def _chart(usage: Usage, bills: Sequence[Bill]) -> Chart | None:
    if len(bills) < 2:
        return None
    names = tuple(priced.entry.shown for priced in bills)
    series = Series("Cost", tuple(priced.total.amount for priced in bills))
    return Chart("bar", f"Cost of {usage.shown()}", "USD", names, (series,))


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
