"""What usage costs when a part of it is covered by commitments: the blended rate and the effective saving."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import COMMITMENT_DISCOUNTS
from tools.calculators.inputs import GIVEN, Price, chosen, share
from tools.calculators.wording import cell, money, percent
from tools.errors import NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

LEVELS = tuple(Decimal(tenth) / 10 for tenth in range(11))
FORMULA = (
    "Blended cost = covered share x (1 - discount) / utilisation of the commitment + uncovered share, of the on-demand "
    "cost; effective savings rate = 1 - that (FinOps Foundation, Effective Savings Rate)"
)


def blended_share(coverage: Decimal, discount: Decimal, utilisation: Decimal) -> Decimal:
    """The cost as a share of what all of it would be on demand; every committed hour is paid, used or not."""
    return coverage * (1 - discount) / utilisation + 1 - coverage


def blended_rate(
    coverage: Decimal | None,
    discount: Decimal | None = None,
    *,
    utilisation: Decimal = Decimal(1),
    on_demand: Price | None = None,
    bill: Money | None = None,
    unit: str = "hour",
) -> Result:
    """Shares 0 to 1: `coverage` of the usage is under commitments with `discount` off on demand, and `utilisation` of
    what is committed is used. `on_demand` is the rate of one `unit`, `bill` what all usage costs on demand in a period.
    Headline: the blended rate, or without a rate the effective savings rate. NeedsChoice without a coverage.
    """
    if coverage is None:
        raise NeedsChoice("What share of the usage do commitments cover?", ("50%", "70%", "90%"))
    share("the coverage", coverage)
    share("the utilisation of the commitment", utilisation, zero=False)
    rate = chosen(discount, COMMITMENT_DISCOUNTS[12])
    share("the discount", rate.value)
    paid = blended_share(coverage, rate.value, utilisation)
    saved = 1 - paid
    figures = [
        Figure("Effective savings rate", saved * 100, "%"),
        Figure("Coverage", coverage * 100, "%"),
        Figure("Discount", rate.value * 100, "%"),
        Figure("Utilisation of the commitment", utilisation * 100, "%"),
    ]
    said = f"The blended cost is {percent(paid)} of on demand, an effective saving of {percent(saved)}."
    figures.append(Figure("Blended cost of on demand", paid * 100, "%"))
    if bill is not None:
        figures[:0] = [Figure.of("Blended cost", bill * paid), Figure.of("Saving", bill * saved)]
        figures.append(Figure.of("Cost on demand", bill))
        said = f"{money(bill)} on demand becomes {money(bill * paid)}, {money(bill * saved)} less. {said}"
    if on_demand is not None:
        each = on_demand.money * paid
        currency = on_demand.money.currency
        figures[:0] = [Figure("Blended rate", each.amount, f"{currency} per {unit}", on_demand.as_of)]
        figures.append(Figure("On-demand rate", on_demand.money.amount, f"{currency} per {unit}", on_demand.as_of))
        said = f"The blended rate is {each.shown()} per {unit} against {on_demand.money.shown()} on demand. {said}"
    rows = sorted({*LEVELS, coverage})
    shares = [blended_share(level, rate.value, utilisation) for level in rows]
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(
            "Blended cost by coverage",
            ("Coverage (%)", "Cost (% of on demand)", "Effective savings rate (%)"),
            tuple(
                (cell(at * 100), cell(cost * 100), cell((1 - cost) * 100))
                for at, cost in zip(rows, shares, strict=True)
            ),
        ),
        chart=Chart(
            "line",
            "Blended cost by coverage",
            "% of on demand",
            tuple(percent(at) for at in rows),
            (
                Series("Blended", tuple(cell(cost * 100) for cost in shares)),
                Series("On demand", tuple(Decimal(100) for _ in rows)),
            ),
        ),
        assumptions=(
            FORMULA,
            rate.sentence,
            f"Utilisation of the commitment: {percent(utilisation)}"
            + ("" if utilisation != 1 else ", all of it used unless you say otherwise"),
            *((on_demand.stated(f"On-demand rate per {unit}"),) if on_demand else ()),
            *((f"Cost of all usage on demand: {bill.shown()}, {GIVEN}",) if bill else ()),
        ),
    )
