"""Is a project worth its money: ROI, NPV, IRR and payback of a row of yearly (or monthly) cash flows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from tools.calculators.discounting import HIGHEST_RATE, LOWEST_RATE, TIMES_A_YEAR, irrs, npv, payback, running
from tools.calculators.inputs import between, positive
from tools.calculators.wording import cell, cents, money, number, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

Measure = Literal["npv", "irr", "roi", "payback", "discounted payback", "net benefit"]
LABELS: dict[Measure, str] = {
    "npv": "Net present value",
    "irr": "Internal rate of return",
    "roi": "Return on investment",
    "payback": "Payback",
    "discounted payback": "Discounted payback",
    "net benefit": "Net benefit",
}
OF_A_RATE = frozenset({"Net present value", "Discounted payback", "Discount rate"})
OF_A_PAYBACK = frozenset({"Payback", "Discounted payback", "Discount rate", "Total paid in"})


def project_value(
    flows: Sequence[Money],
    discount_rate: Decimal | None = None,
    *,
    period: str = "year",
    name: str = "The project",
    measures: Sequence[Measure] = ("npv",),
    yearly: Decimal | None = None,
    endless: bool = False,
) -> Result:
    """The `measures` of `flows`, the first one now, one each `period` after; the first measure is the headline.

    `discount_rate` is a share a period (0.10 is 10%); `yearly` is the rate a year that it comes from, where that was
    told. `endless`: nobody said how long the flows go on, so only a payback is told. NeedsChoice when a measure needs
    the rate and it is missing: a company's cost of capital is its own. BadInput on mixed currencies, fewer than two
    flows, or a rate below -99%.
    """
    if len(flows) < 2:
        raise BadInput(f"{name} needs an outlay and at least one later amount.")
    if len({flow.currency for flow in flows}) > 1:
        raise BadInput(f"{name} mixes currencies; give every amount in one of them.")
    if discount_rate is None and {"npv", "discounted payback"} & set(measures):
        raise NeedsChoice(f"Which discount rate a {period} should {name.lower()} be held to?", ("8%", "10%", "12%"))
    rate = discount_rate or Decimal(0)
    between("the discount rate", rate, LOWEST_RATE, HIGHEST_RATE)
    currency, amounts = flows[0].currency, [flow.amount for flow in flows]
    rates = irrs(amounts)
    shown = rate if yearly is None else yearly
    held = f"{percent(shown)} a {period if yearly is None else 'year'}"
    every = _figures(amounts, rate, shown, rates, currency, period)
    if discount_rate is None:
        every = [figure for figure in every if figure.label not in OF_A_RATE]
    if endless:
        every = [figure for figure in every if figure.label in OF_A_PAYBACK]
    asked = [figure for measure in measures for figure in every if figure.label == LABELS[measure]]
    told = _told(measures, {figure.label: figure for figure in every}, rates, name, held, period, len(amounts) - 1)
    if discount_rate is None and not asked:
        return Result(summary=told[0], figures=tuple(every), warnings=_warnings(rates, amounts))
    return Result(
        summary=" ".join(told),
        figures=(*asked, *(figure for figure in every if figure not in asked)),
        table=_table(flows, rate, name, period),
        chart=Chart(
            "bar",
            f"{name}: running sum of cash",
            currency,
            tuple(f"{period} {t}" for t in range(len(flows))),
            (Series("Running sum", tuple(cell(value) for value in running(amounts))),),
        ),
        assumptions=(
            f"The first amount falls now, each later one a {period} after the one before",
            *(
                (f"Discount rate: {percent(shown, 2)} a {period if yearly is None else 'year'}, as given",)
                if discount_rate is not None
                else ()
            ),
            *(("ROI is (returned - paid in) / paid in, not discounted",) if not endless else ()),
        ),
        warnings=() if endless else _warnings(rates, amounts),
    )


def _figures(
    amounts: Sequence[Decimal], rate: Decimal, shown: Decimal, rates: Sequence[Decimal], currency: str, period: str
) -> list[Figure]:
    """Every figure of the flows, the present value first."""
    outlay = -sum((flow for flow in amounts if flow < 0), Decimal(0))
    income = sum((flow for flow in amounts if flow > 0), Decimal(0))
    back = payback(amounts, rate)
    figures = [Figure("Net present value", npv(rate, amounts), currency)]
    if outlay > 0:
        figures.append(Figure("Return on investment", (income - outlay) / outlay * 100, "%"))
        figures.append(Figure("Net benefit", income - outlay, currency))
    if len(rates) == 1:
        figures.append(Figure("Internal rate of return", rates[0] * 100, "%"))
        if (times := TIMES_A_YEAR[period]) != 1:
            figures.append(Figure("Internal rate of return a year", ((1 + rates[0]) ** times - 1) * 100, "%"))
    if back.simple is not None:
        figures.append(Figure("Payback", back.simple, f"{period}s"))
    if back.discounted is not None:
        figures.append(Figure("Discounted payback", back.discounted, f"{period}s"))
    return [
        *figures,
        Figure("Total paid in", outlay, currency),
        Figure("Total returned", income, currency),
        Figure("Discount rate", shown * 100, "%"),
    ]


def _told(
    measures: Sequence[Measure],
    found: dict[str, Figure],
    rates: Sequence[Decimal],
    name: str,
    held: str,
    period: str,
    count: int,
) -> list[str]:
    """A sentence for each measure, in order; one asked for alone at a rate is told with what goes with it."""
    alone = len(measures) == 1
    wanted: list[Measure] = list(measures)
    if LABELS["npv"] in found:
        wanted += [m for m in ("npv", *(("irr", "payback") if alone else ())) if m not in wanted]
    told: list[str] = []
    for measure in wanted:
        figure = found.get(LABELS[measure])
        subject = name if not told else "It"
        if measure == "irr" and figure is not None:
            a_year = found.get("Internal rate of return a year")
            also = f" ({percent(a_year.value / 100, 2)} a year)" if a_year is not None else ""
            whose = "The" if not told else "Its"
            told.append(f"{whose} internal rate of return is {percent(figure.value / 100, 2)} a {period}{also}.")
        elif measure == "irr" and measure in measures:
            why = "the flows never cross zero" if not rates else "there are several, so none of them is meaningful"
            told.append(f"There is no one internal rate of return: {why}.")
        elif measure == "npv" and figure is not None:
            value, unit = figure.value, figure.unit
            worth = "creates" if value > 0 else "loses" if value < 0 else "neither creates nor loses:"
            told.append(f"{subject} {worth} {money(Money(abs(value), unit))} in present value at {held}.")
        elif measure == "roi" and figure is not None:
            told.append(f"The return on investment is {percent(figure.value / 100, 2)} over {_long(count, period)}.")
        elif measure == "net benefit" and figure is not None:
            told.append(f"The net benefit is {money(Money(figure.value, figure.unit))} over {_long(count, period)}.")
        elif measure == "payback":
            told.append(
                f"{subject} pays back in {number(figure.value)} {figure.unit}."
                if figure
                else f"{subject} never pays back."
            )
        elif measure == "discounted payback" and figure is not None:
            told.append(f"Discounted at {held}, it pays back in {number(figure.value)} {figure.unit}.")
        elif measure == "discounted payback":
            told.append(f"Discounted at {held}, it does not pay back.")
    return told


def _long(count: int, period: str) -> str:
    return f"{count} {period}{'s' if count != 1 else ''}"


def _table(flows: Sequence[Money], rate: Decimal, name: str, period: str) -> Table:
    currency, amounts = flows[0].currency, [flow.amount for flow in flows]
    sums = running(amounts)
    discounted = [npv(rate, (Decimal(0),) * t + (flow,)) for t, flow in enumerate(amounts)]
    return Table(
        f"{name}: cash flows",
        (period.capitalize(), f"Flow ({currency})", f"Present value ({currency})", f"Running sum ({currency})"),
        tuple(
            (t, cents(flow), cents(Money(discounted[t], currency)), cents(Money(sums[t], currency)))
            for t, flow in enumerate(flows)
        ),
    )


def roi(cost: Money, benefit: Money) -> Result:
    """Return on investment, (benefit - cost) / cost in percent, not discounted."""
    positive("the cost", cost.amount)
    gain = benefit - cost
    share = gain.ratio(cost)
    return Result(
        summary=f"The return on investment is {percent(share)}: {money(gain)} on {money(cost)} spent.",
        figures=(
            Figure("Return on investment", share * 100, "%"),
            Figure.of("Gain", gain),
            Figure.of("Cost", cost),
            Figure.of("Benefit", benefit),
        ),
        table=Table(
            "Return on investment",
            ("Item", f"Amount ({cost.currency})"),
            (("Benefit", cents(benefit)), ("Cost", cents(cost)), ("Gain", cents(gain))),
        ),
        assumptions=("ROI is (benefit - cost) / cost; when the money falls due is not counted",),
    )


def _warnings(rates: Sequence[Decimal], amounts: Sequence[Decimal]) -> tuple[str, ...]:
    if not rates:
        why = (
            "the amounts never change sign" if min(amounts) >= 0 or max(amounts) <= 0 else "its NPV never crosses zero"
        )
        return (f"There is no internal rate of return: {why}.",)
    if len(rates) > 1:
        said = ", ".join(percent(rate, 2) for rate in rates)
        return (
            f"There are {len(rates)} internal rates of return ({said}), so none of them is meaningful; use the NPV.",
        )
    return ()
